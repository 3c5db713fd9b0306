/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/modinfo.h"
#include "util/buf.h"
#include "util/cleanup.h"

CHECK(modinfo_copy_outlives_the_section)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_modinfos_fini) struct tn_modinfos infos = { 0 };
        char bytes[] = "license=GPL\0\0\0flag\0parm=a:b=c\0=x\0last=";

        assert_int_equal(tn_modinfo_copy((struct span){ bytes, sizeof(bytes) - 1 }, &arena, &infos), 0);
        memset(bytes, 'x', sizeof(bytes));
        assert_int_equal(infos.n, 5);
        assert_string_equal(infos.v[0].key.ptr, "license");
        assert_string_equal(infos.v[0].value.ptr, "GPL");
        assert_string_equal(infos.v[1].key.ptr, "flag");
        assert_string_equal(infos.v[1].value.ptr, "");
        assert_string_equal(infos.v[2].key.ptr, "parm");
        assert_string_equal(infos.v[2].value.ptr, "a:b=c");
        assert_string_equal(infos.v[3].key.ptr, "");
        assert_string_equal(infos.v[3].value.ptr, "x");
        assert_string_equal(infos.v[4].key.ptr, "last");
        assert_string_equal(infos.v[4].value.ptr, "");
}

CHECK(modinfo_copy_appends)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_modinfos_fini) struct tn_modinfos infos = { 0 };

        assert_int_equal(tn_modinfo_copy(SPAN("a=1\0b"), &arena, &infos), 0);
        assert_int_equal(tn_modinfo_copy(SPAN(""), &arena, &infos), 0);
        assert_int_equal(tn_modinfo_copy(SPAN("c=2"), &arena, &infos), 0);
        assert_int_equal(infos.n, 3);
        assert_string_equal(infos.v[1].key.ptr, "b");
        assert_string_equal(infos.v[1].value.ptr, "");
        assert_string_equal(infos.v[2].key.ptr, "c");
        assert_string_equal(infos.v[2].value.ptr, "2");
}

CHECK(modinfo_copy_of_far_too_many_is_refused)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_modinfos_fini) struct tn_modinfos infos = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };

        for (unsigned i = 0; i < 1000001; i++)
                tn_buf_add(&bytes, "x", 2);
        assert_int_equal(tn_modinfo_copy(tn_buf_span(&bytes), &arena, &infos), -EFBIG);
        assert_int_equal(infos.n, 0);
}
