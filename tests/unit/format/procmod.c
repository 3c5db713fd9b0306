/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/procmod.h"
#include "util/buf.h"
#include "util/cleanup.h"

static struct tn_procmod parse(struct span line)
{
        struct tn_procmod mod;

        assert_int_equal(tn_procmod_parse(line, &mod), 0);
        return mod;
}

static void assert_holders(struct span holders, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct span name;

        while (tn_procmod_holder(&holders, &name))
                tn_buf_addf(&got, "%.*s ", SPAN_FMT(name));
        assert_string_equal(tn_buf_str(&got), expected);
        assert_int_equal(holders.len, 0);
}

CHECK(procmod_has_all_fields)
{
        struct tn_procmod mod = parse(SPAN("fat 86016 2 msdos,vfat, Live 0x0000000000000000\n"));

        assert_span(mod.name, "fat");
        assert_int_equal(mod.size, 86016);
        assert_int_equal(mod.refcnt, 2);
        assert_span(mod.holders, "msdos,vfat,");
        assert_span(mod.state, "Live");
        assert_holders(mod.holders, "msdos vfat ");
}

CHECK(procmod_without_holders_has_none)
{
        struct tn_procmod mod = parse(SPAN("vfat 24576 0 - Live 0xffffffffc0a00000"));

        assert_int_equal(mod.refcnt, 0);
        assert_holders(mod.holders, "");
}

CHECK(procmod_may_have_taint_flags)
{
        struct tn_procmod mod = parse(SPAN("dummy 16384 1 - Unloading 0x0000000000000000 (OE)"));

        assert_span(mod.state, "Unloading");
        mod = parse(SPAN("dummy 16384 1 - Loading 0x0000000000000000 (POE+)\n"));
        assert_span(mod.state, "Loading");
}

static void assert_taints(struct span line, const char *expected)
{
        struct tn_procmod mod = parse(line);

        assert_span(tn_procmod_taints(&mod, line), expected);
}

CHECK(procmod_taints_are_the_letters_behind_the_address)
{
        assert_taints(SPAN("a 1 0 - Live 0x0 (OE)"), "OE");
        assert_taints(SPAN("a 1 0 - Loading 0x0 (POE+)\nb 1 0 - Live 0x0 (C)\n"), "POE");
        assert_taints(SPAN("a 1 0 - Unloading 0x0 (-)\n"), "");
        assert_taints(SPAN("a 1 0 - Live 0x0\nb 1 0 - Live 0x0 (C)\n"), "");
        assert_taints(SPAN("a 1 0 - Live"), "");
        assert_taints(SPAN("a 1"), "");
        assert_taints(SPAN("a 1 0 - Live 0x0 ("), "");
}

CHECK(procmod_permanent_is_no_holder)
{
        struct tn_procmod mod = parse(SPAN("a 1 1 [permanent], Live 0x0"));

        assert_int_equal(mod.holders.len, 0);
        mod = parse(SPAN("a 1 2 b,[permanent], Live 0x0"));
        assert_holders(mod.holders, "b ");
        mod = parse(SPAN("a 1 2 [permanent],b, Live 0x0"));
        assert_holders(mod.holders, "b ");
}

CHECK(procmod_without_unload_support_has_no_count)
{
        struct tn_procmod mod = parse(SPAN("a 16384 - - Live 0x0"));

        assert_int_equal(mod.refcnt, -1);
        assert_int_equal(mod.holders.len, 0);
        assert_span(mod.state, "Live");
}

CHECK(procmod_count_may_be_negative)
{
        assert_int_equal(parse(SPAN("a 16384 -1 - Unloading 0x0")).refcnt, -1);
}

CHECK(procmod_line_may_end_early)
{
        struct tn_procmod mod = parse(SPAN("a 16384"));

        assert_int_equal(mod.size, 16384);
        assert_int_equal(mod.refcnt, -1);
        assert_int_equal(mod.holders.len, 0);
        assert_int_equal(mod.state.len, 0);
        assert_int_equal(parse(SPAN("a 16384 3\n")).refcnt, 3);
        assert_span(parse(SPAN("a 16384 3 b,")).holders, "b,");
}

CHECK(procmod_line_may_be_long)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        struct tn_procmod mod;
        struct span name;
        unsigned n = 0;

        tn_buf_add_str(&line, "core 4096 5000 ");
        for (unsigned i = 0; i < 5000; i++)
                tn_buf_addf(&line, "holder_%u,", i);
        tn_buf_add_str(&line, " Live 0x0\n");
        mod = parse(tn_buf_span(&line));
        while (tn_procmod_holder(&mod.holders, &name))
                n++;
        assert_int_equal(n, 5000);
        assert_span(name, "holder_4999");
        assert_span(mod.state, "Live");
}

CHECK(procmod_without_name_or_size_is_rejected)
{
        struct tn_procmod mod = { .size = 42 };

        assert_int_equal(tn_procmod_parse(SPAN(""), &mod), -EINVAL);
        assert_int_equal(tn_procmod_parse(SPAN("\n"), &mod), -EINVAL);
        assert_int_equal(tn_procmod_parse(SPAN("a"), &mod), -EINVAL);
        assert_int_equal(tn_procmod_parse(SPAN("a \n"), &mod), -EINVAL);
        assert_int_equal(tn_procmod_parse(SPAN("a Live"), &mod), -EINVAL);
        assert_int_equal(mod.size, 42);
}

CHECK(procmod_numbers_are_checked)
{
        struct tn_procmod mod;

        assert_int_equal(tn_procmod_parse(SPAN("a -1 0 - Live 0x0"), &mod), -EINVAL);
        assert_int_equal(tn_procmod_parse(SPAN("a 18446744073709551616 0 - Live 0x0"), &mod), -EINVAL);
        assert_int_equal(tn_procmod_parse(SPAN("a 1 9223372036854775808 - Live 0x0"), &mod), -EINVAL);
        assert_int_equal(tn_procmod_parse(SPAN("a 1 2x - Live 0x0"), &mod), -EINVAL);
        assert_int_equal(tn_procmod_parse(SPAN("a 1 -- - Live 0x0"), &mod), -EINVAL);
        assert_int_equal(parse(SPAN("a 18446744073709551615 -9223372036854775807 -")).refcnt, -INT64_MAX);
}

CHECK(procmod_name_with_nul_is_rejected)
{
        struct tn_procmod mod;

        assert_int_equal(tn_procmod_parse(SPAN("\0a 1 0 - Live 0x0"), &mod), -EINVAL);
        assert_int_equal(tn_procmod_parse(SPAN("a\0 1 0 - Live 0x0"), &mod), -EINVAL);
}

CHECK(procmod_holders_may_lack_commas_or_have_too_many)
{
        assert_holders(SPAN("a,b"), "a b ");
        assert_holders(SPAN(",,a,,"), "a ");
        assert_holders(SPAN(""), "");
}

CHECK(procmod_lines_that_are_none_are_passed_over)
{
        struct span text = SPAN("\na x 0 -\nb 1 0 - Live\nc\nb 2 0 - Live\nd 3 0 -");
        struct tn_procmod mod = { 0 };

        assert_true(tn_procmod_find(text, SPAN("b"), &mod));
        assert_int_equal(mod.size, 1);
        assert_false(tn_procmod_find(text, SPAN("a"), &mod));
        assert_span(mod.name, "b");
        assert_true(tn_procmod_next(&text, &mod));
        assert_int_equal(mod.size, 1);
        assert_true(tn_procmod_next(&text, &mod));
        assert_int_equal(mod.size, 2);
        assert_true(tn_procmod_next(&text, &mod));
        assert_span(mod.name, "d");
        assert_false(tn_procmod_next(&text, &mod));
}
