/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/facts.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static int load(struct span bytes, struct tn_facts *facts)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write_bytes(&dir, "a.ko", bytes.ptr, bytes.len);
        return tn_facts_load(dir.fd, "a.ko", facts);
}

/* The bytes in one uncompressed block of one zstd frame (RFC 8878, 3.1.1). */
static struct span stored_zstd(struct span bytes, struct tn_buf *buf)
{
        uint32_t block = (uint32_t)bytes.len << 3 | 1;

        assert_in_range(bytes.len, 1, 128 * 1024);
        tn_buf_add_span(buf, SPAN("\x28\xb5\x2f\xfd\xa0"));
        for (unsigned i = 0; i < 4; i++)
                tn_buf_add_char(buf, (char)(bytes.len >> 8 * i));
        for (unsigned i = 0; i < 3; i++)
                tn_buf_add_char(buf, (char)(block >> 8 * i));
        tn_buf_add_span(buf, bytes);
        return tn_buf_span(buf);
}

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

                assert_int_equal(load(mkelf_span(&made), &facts), 0);
                mkelf_fini(&made);
                assert_facts_of_everything(&facts);
        }
}

CHECK(facts_of_a_compressed_module_are_the_same)
{
        _cleanup_(mkelf_fini) struct mkelf made = everything(true, false);
        _cleanup_(tn_buf_fini) struct tn_buf zst = { 0 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        int r = load(stored_zstd(mkelf_span(&made), &zst), &facts);

        if (r == -ENOSYS)
                return; /* not built in */
        assert_int_equal(r, 0);
        assert_facts_of_everything(&facts);
}

CHECK(facts_may_be_few)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

        made.stripped = true;
        assert_int_equal(load(mkelf_span(&made), &facts), 0);
        assert_int_equal(facts.info.n, 0);
        assert_int_equal(facts.exports.n, 0);
        assert_int_equal(facts.needs.n, 0);
        assert_int_equal(facts.needs_err, -EINVAL);
}

CHECK(facts_of_what_is_no_module_are_refused)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct tn_facts facts;

        assert_int_equal(load(SPAN("#!/bin/sh\n"), &facts), -ENOEXEC);
        assert_int_equal(load(SPAN(""), &facts), -EINVAL);
        assert_int_equal(load(tn_span_head(mkelf_span(&made), 100), &facts), -EINVAL);
        assert_int_equal(load(SPAN("\x28\xb5\x2f\xfd"), &facts) < 0, true);
        assert_int_equal(tn_facts_load(-1, "/nonexistent/a.ko", &facts), -ENOENT);
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
        assert_int_equal(load(mkelf_span(&made), &facts), 0);
        assert_int_equal(facts.needs.n, 0);
        assert_string_equal(facts.excess.what, "bytes of needs");
        assert_int_equal(facts.excess.found, 20001 * 4001);
}
