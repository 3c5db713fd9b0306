/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/devname.h"

CHECK(devname_has_all_fields)
{
        struct tn_devname dev;

        assert_int_equal(tn_devname_parse(SPAN("snd_seq snd/seq c116:1"), &dev), 0);
        assert_span(dev.module, "snd_seq");
        assert_span(dev.node, "snd/seq");
        assert_int_equal(dev.type, 'c');
        assert_int_equal(dev.major, 116);
        assert_int_equal(dev.minor, 1);
        assert_int_equal(tn_devname_parse(SPAN("x  y\tb4294967295:0 "), &dev), 0);
        assert_int_equal(dev.type, 'b');
        assert_int_equal(dev.major, UINT32_MAX);
        assert_int_equal(dev.minor, 0);
}

static void assert_refused(struct span line)
{
        struct tn_devname dev = { .major = 7 };

        assert_int_equal(tn_devname_parse(line, &dev), -EINVAL);
        assert_int_equal(dev.major, 7);
}

CHECK(devname_with_other_than_three_words_is_refused)
{
        assert_refused(SPAN(""));
        assert_refused(SPAN("fuse"));
        assert_refused(SPAN("fuse fuse"));
        assert_refused(SPAN("fuse fuse c10:229 x"));
        assert_refused(SPAN("# fuse fuse"));
}

CHECK(devname_with_bad_numbers_is_refused)
{
        assert_refused(SPAN("fuse fuse 10:229"));
        assert_refused(SPAN("fuse fuse x10:229"));
        assert_refused(SPAN("fuse fuse c"));
        assert_refused(SPAN("fuse fuse c10"));
        assert_refused(SPAN("fuse fuse c10:"));
        assert_refused(SPAN("fuse fuse c:229"));
        assert_refused(SPAN("fuse fuse c10:229x"));
        assert_refused(SPAN("fuse fuse c10:229:1"));
        assert_refused(SPAN("fuse fuse c-1:+1"));
        assert_refused(SPAN("fuse fuse c4294967296:0"));
}

CHECK(devname_outside_of_dev_is_refused)
{
        assert_refused(SPAN("fuse /fuse c10:229"));
        assert_refused(SPAN("fuse ../etc/fuse c10:229"));
        assert_refused(SPAN("fuse a/../../fuse c10:229"));
        assert_refused(SPAN("fuse a/./fuse c10:229"));
        assert_refused(SPAN("fuse a//fuse c10:229"));
        assert_refused(SPAN("fuse fuse/ c10:229"));
        assert_refused(SPAN("fuse .. c10:229"));
}

CHECK(devname_that_needs_quoting_is_refused)
{
        struct tn_devname dev;

        assert_refused(SPAN("fuse %h c10:229"));
        assert_refused(SPAN("fuse \"fuse\" c10:229"));
        assert_refused(SPAN("fuse f\\x20e c10:229"));
        assert_refused(SPAN("fuse f\xc3\xa4 c10:229"));
        assert_refused(SPAN("fuse f\0e c10:229"));
        assert_refused(SPAN("f\x1b fuse c10:229"));
        assert_int_equal(tn_devname_parse(SPAN("a-b.c !@#+,:=_~ c1:1"), &dev), 0);
        assert_span(dev.node, "!@#+,:=_~");
}
