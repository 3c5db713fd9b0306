/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/facts_parse.h"
#include "mkelf.h"
#include "util/cleanup.h"

#define SYMBOLS (TN_FACTS_EXPORTS | TN_FACTS_NEEDS)
#define DEPMODS (TN_FACTS_INFO | SYMBOLS)

static void assert_facts_of_everything(const struct tn_facts *facts)
{
        assert_int_equal(facts->info.n, 3);
        assert_string_equal(facts->info.v[0].key.ptr, "license");
        assert_string_equal(facts->info.v[0].value.ptr, "GPL");
        assert_string_equal(facts->info.v[1].key.ptr, "alias");
        assert_string_equal(facts->info.v[1].value.ptr, "of:N*T*=x");
        assert_string_equal(facts->info.v[2].key.ptr, "flag");
        assert_string_equal(facts->info.v[2].value.ptr, "");
        assert_int_equal(facts->exports.n, 1);
        assert_string_equal(facts->exports.v[0].name.ptr, "mine");
        assert_int_equal(facts->exports.v[0].crc, 0x12345678);
        assert_int_equal(facts->needs_err, 0);
        assert_int_equal(facts->needs.n, 2);
        assert_string_equal(facts->needs.v[0].name.ptr, "printk");
        assert_int_equal(facts->needs.v[0].crc, 7);
        assert_int_equal(facts->needs.v[0].bind, 'W');
        assert_string_equal(facts->needs.v[1].name.ptr, "module_layout");
}

static struct mkelf everything(bool is64, bool big_endian)
{
        struct mkelf made = mkelf_of(is64, big_endian);

        mkelf_info(&made, "license=GPL");
        mkelf_info(&made, "alias=of:N*T*=x");
        mkelf_info(&made, "flag");
        mkelf_export_section(&made, "mine", 0x12345678);
        mkelf_need(&made, "printk", true);
        mkelf_version(&made, "module_layout", 1);
        mkelf_version(&made, "printk", 7);
        return made;
}

CHECK(facts_hold_all_that_a_module_says)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = everything(kind & 1, kind & 2);
                _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

                assert_int_equal(tn_facts_parse(mkelf_span(&made), DEPMODS, &facts), 0);
                mkelf_fini(&made);
                assert_facts_of_everything(&facts);
        }
}

CHECK(facts_are_those_parts_that_are_asked_for)
{
        _cleanup_(mkelf_fini) struct mkelf made = everything(true, false);

        for (unsigned parts = 0; parts <= DEPMODS; parts++) {
                _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

                assert_int_equal(tn_facts_parse(mkelf_span(&made), parts, &facts), 0);
                assert_int_equal(facts.parts, parts);
                assert_int_equal(facts.info.n, parts & TN_FACTS_INFO ? 3 : 0);
                assert_int_equal(facts.exports.n, parts & TN_FACTS_EXPORTS ? 1 : 0);
                assert_int_equal(facts.needs.n, parts & TN_FACTS_NEEDS ? 2 : 0);
        }
}

CHECK(facts_may_be_few)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

        made.stripped = true;
        assert_int_equal(tn_facts_parse(mkelf_span(&made), DEPMODS, &facts), 0);
        assert_int_equal(facts.info.n, 0);
        assert_int_equal(facts.info_err, -ENODATA);
        assert_int_equal(facts.exports.n, 0);
        assert_int_equal(facts.exports_err, 0);
        assert_int_equal(facts.needs.n, 0);
        assert_int_equal(facts.needs_err, -EINVAL);
}

CHECK(facts_of_what_is_no_module_are_refused)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct tn_facts facts;

        assert_int_equal(tn_facts_parse(SPAN("#!/bin/sh\n"), DEPMODS, &facts), -ENOEXEC);
        assert_int_equal(tn_facts_parse(SPAN(""), DEPMODS, &facts), -EINVAL);
        assert_int_equal(tn_facts_parse(tn_span_head(mkelf_span(&made), 100), DEPMODS, &facts), -EINVAL);
}

/* Many symbols, all with the one long name that the string table has: far more bytes of names than the file has. */
CHECK(facts_of_overlapping_names_do_not_explode)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(false, false);
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        char name[4001];

        memset(name, 'x', sizeof(name) - 1);
        name[sizeof(name) - 1] = '\0';
        mkelf_need(&made, name, false);
        for (unsigned i = 0; i < 20000; i++) {
                made.strtab.len = 1;
                mkelf_need(&made, name, false);
        }
        assert_int_equal(tn_facts_parse(mkelf_span(&made), DEPMODS, &facts), 0);
        assert_int_equal(facts.needs.n, 0);
        assert_int_equal(facts.needs_err, -EFBIG);
        assert_string_equal(facts.excess.what, "bytes of needs");
        assert_int_equal(facts.excess.found, 20001 * 4001);
}
