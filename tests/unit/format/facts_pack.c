/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "check.h"
#include "format/facts_pack.h"
#include "util/cleanup.h"

static struct tn_modinfo infos[] = {
        { { "license", 7 }, { "GPL", 3 } },
        { { "flag", 4 }, { "", 0 } },
};

static struct tn_modsym exports[] = {
        { { "one", 3 }, 0x123456789abcdef0, 'G', false },
        { { "two", 3 }, 0, 'G', false },
};

static struct tn_exportrule rules[] = {
        { { "SPACE", 5 }, true, true },
        { { "", 0 }, false, false },
};

static struct tn_modsym needs[] = {
        { { "printk", 6 }, 7, 'U', false },
        { { "maybe", 5 }, 0, 'W', false },
};

static struct tn_modsym versions[] = {
        { { "printk", 6 }, 7, 'U', false },
        { { "long", 4 }, 8, 'U', true },
};

/* Of everything something; the arena is empty, and nothing of it is to be freed. */
static const struct tn_facts full = {
        .parts = TN_FACTS_ALL,
        .file = {
                .device = 0x8000000000000001,
                .inode = 2,
                .size = 3,
                .mtime = { -4, 999999999 },
                .ctime = { 5, 6 },
                .codec = { "xz", 2 },
        },
        .elf = { true, false, EM_X86_64 },
        .info = { .v = infos, .n = 2 },
        .exports = { .v = exports, .n = 2 },
        .export_rules = { .v = rules, .n = 2 },
        .needs = { .v = needs, .n = 2 },
        .versions = { .v = versions, .n = 2 },
        .build_id = { "\1\0\2", 3 },
        .signature = { { "PKCS#7", 6 }, { "Si\0er", 5 }, { "\0", 1 }, { "sha256", 6 }, { "sig", 3 } },
        .layout = { 896, 0x8000000000000002, 7 },
        .excess = { "bytes of needs", 11, 10 },
};

static void pack(const struct tn_facts *facts, struct tn_buf *buf)
{
        assert_int_equal(tn_facts_pack(facts, buf), 0);
}

static int unpack(struct span bytes)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

        return tn_facts_unpack(bytes, &facts);
}

/* What was read of it is what was written. */
static void assert_comes_back(const struct tn_facts *facts)
{
        _cleanup_(tn_buf_fini) struct tn_buf first = { 0 }, second = { 0 };
        _cleanup_(tn_facts_fini) struct tn_facts back = { 0 };

        pack(facts, &first);
        assert_int_equal(tn_facts_unpack(tn_buf_span(&first), &back), 0);
        assert_int_equal(back.parts, facts->parts);
        pack(&back, &second);
        assert_true(tn_span_eq(tn_buf_span(&first), tn_buf_span(&second)));
}

static void assert_symbols(const struct tn_modsyms *syms, const struct tn_modsym *expected, size_t n)
{
        assert_int_equal(syms->n, n);
        for (size_t i = 0; i < n; i++) {
                assert_string_equal(syms->v[i].name.ptr, expected[i].name.ptr);
                assert_int_equal(syms->v[i].name.len, expected[i].name.len);
                assert_int_equal(syms->v[i].crc, expected[i].crc);
                assert_int_equal(syms->v[i].bind, expected[i].bind);
                assert_int_equal(syms->v[i].extended, expected[i].extended);
        }
}

static void assert_lists(const struct tn_facts *facts)
{
        assert_int_equal(facts->info.n, 2);
        assert_string_equal(facts->info.v[0].key.ptr, "license");
        assert_string_equal(facts->info.v[0].value.ptr, "GPL");
        assert_string_equal(facts->info.v[1].key.ptr, "flag");
        assert_string_equal(facts->info.v[1].value.ptr, "");
        assert_symbols(&facts->exports, exports, 2);
        assert_symbols(&facts->needs, needs, 2);
        assert_symbols(&facts->versions, versions, 2);
        assert_int_equal(facts->export_rules.n, 2);
        assert_string_equal(facts->export_rules.v[0].space.ptr, "SPACE");
        assert_true(facts->export_rules.v[0].known);
        assert_true(facts->export_rules.v[0].gpl_only);
        assert_int_equal(facts->export_rules.v[1].space.len, 0);
        assert_false(facts->export_rules.v[1].known);
        assert_false(facts->export_rules.v[1].gpl_only);
}

CHECK(packed_facts_come_back_whole)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

        pack(&full, &buf);
        assert_int_equal(tn_facts_unpack(tn_buf_span(&buf), &facts), 0);
        tn_buf_fini(&buf);
        assert_int_equal(facts.parts, TN_FACTS_ALL);
        assert_lists(&facts);
        assert_int_equal(facts.file.device, 0x8000000000000001);
        assert_int_equal(facts.file.inode, 2);
        assert_int_equal(facts.file.size, 3);
        assert_int_equal(facts.file.mtime.sec, -4);
        assert_int_equal(facts.file.mtime.nsec, 999999999);
        assert_int_equal(facts.file.ctime.sec, 5);
        assert_int_equal(facts.file.ctime.nsec, 6);
        assert_string_equal(facts.file.codec.ptr, "xz");
        assert_true(facts.elf.is64);
        assert_false(facts.elf.big_endian);
        assert_int_equal(facts.elf.machine, EM_X86_64);
        assert_true(tn_span_eq(facts.build_id, SPAN("\1\0\2")));
        assert_string_equal(facts.signature.id.ptr, "PKCS#7");
        assert_true(tn_span_eq(facts.signature.signer, SPAN("Si\0er")));
        assert_true(tn_span_eq(facts.signature.key, SPAN("\0")));
        assert_string_equal(facts.signature.hash.ptr, "sha256");
        assert_string_equal(facts.signature.signature.ptr, "sig");
        assert_int_equal(facts.layout.module_struct, 896);
        assert_int_equal(facts.layout.memory, 0x8000000000000002);
        assert_int_equal(facts.layout.parameters, 7);
        assert_string_equal(facts.excess.what, "bytes of needs");
        assert_int_equal(facts.excess.found, 11);
        assert_int_equal(facts.excess.bound, 10);
}

/* As docs/facts-format.md has it: the same bytes on every machine. */
CHECK(packed_facts_are_these_bytes)
{
        static const struct tn_facts facts = {
                .parts = TN_FACTS_ELF | TN_FACTS_EXPORTS | TN_FACTS_NEEDS,
                .elf = { true, true, EM_S390 },
                .exports = { .v = exports, .n = 1 },
                .needs_err = -EINVAL,
        };
        static const char expected[] = "tnfacts\n"
                                       "\2\0\0\0"
                                       "\x49\0\0\0"
                                       "\x15\0\0\0"
                                       "\0\0\0\0\0"
                                       "\0\0\0\0\0\0\0\0"
                                       "\0\0\0\0\0\0\0\0"
                                       "\1\1\x16\0"
                                       "\0\1\0\0\0"
                                       "\xf0\xde\xbc\x9a\x78\x56\x34\x12"
                                       "G\0"
                                       "\3\0\0\0one\0"
                                       "\2\0\0\0\0";
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        pack(&facts, &buf);
        assert_int_equal(buf.len, sizeof(expected) - 1);
        assert_memory_equal(buf.ptr, expected, buf.len);
}

CHECK(packed_facts_have_the_parts_that_were_read_and_no_others)
{
        for (unsigned parts = 0; parts <= TN_FACTS_ALL; parts++) {
                struct tn_facts facts = full;

                facts.parts = parts;
                if (parts & TN_FACTS_EXPORT_RULES && !(parts & TN_FACTS_EXPORTS))
                        continue;
                assert_comes_back(&facts);
        }
}

CHECK(packed_facts_keep_why_a_list_is_empty)
{
        static const int errors[] = { 0, -ENODATA, -EINVAL, -EFBIG };

        for (size_t i = 0; i < ARRAY_SIZE(errors); i++) {
                const struct tn_facts facts = {
                        .parts = TN_FACTS_ALL,
                        .info_err = errors[i],
                        .exports_err = errors[(i + 1) % 4],
                        .export_rules_err = errors[(i + 2) % 4],
                        .needs_err = errors[(i + 3) % 4],
                        .versions_err = errors[i],
                };
                _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
                _cleanup_(tn_facts_fini) struct tn_facts back = { 0 };

                pack(&facts, &buf);
                assert_int_equal(tn_facts_unpack(tn_buf_span(&buf), &back), 0);
                assert_int_equal(back.info_err, facts.info_err);
                assert_int_equal(back.exports_err, facts.exports_err);
                assert_int_equal(back.export_rules_err, facts.export_rules_err);
                assert_int_equal(back.needs_err, facts.needs_err);
                assert_int_equal(back.versions_err, facts.versions_err);
        }
}

CHECK(packed_facts_that_are_cut_off_do_not_unpack)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        pack(&full, &buf);
        for (size_t len = 0; len < buf.len; len++)
                assert_int_equal(unpack(tn_span_head(tn_buf_span(&buf), len)), -EINVAL);
        tn_buf_add_char(&buf, '\0');
        assert_int_equal(unpack(tn_buf_span(&buf)), -EINVAL);
}

/* Cut off, with a length that says so: every reader meets its end. */
CHECK(packed_facts_with_a_wrong_length_do_not_unpack)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        pack(&full, &buf);
        for (size_t len = 16; len < buf.len; len++) {
                buf.ptr[12] = (char)len;
                buf.ptr[13] = (char)(len >> 8);
                assert_int_equal(unpack(tn_span_head(tn_buf_span(&buf), len)), -EINVAL);
        }
}

/* A byte that is another makes another record, or none. */
CHECK(packed_facts_with_another_byte_are_other_facts_or_none)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        pack(&full, &buf);
        for (size_t i = 0; i < buf.len; i++) {
                for (unsigned bit = 0; bit < 8; bit++) {
                        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
                        _cleanup_(tn_buf_fini) struct tn_buf again = { 0 };

                        buf.ptr[i] = (char)(buf.ptr[i] ^ 1 << bit);
                        if (tn_facts_unpack(tn_buf_span(&buf), &facts) == 0) {
                                pack(&facts, &again);
                                assert_true(tn_span_eq(tn_buf_span(&again), tn_buf_span(&buf)));
                        }
                        buf.ptr[i] = (char)(buf.ptr[i] ^ 1 << bit);
                }
        }
}

CHECK(packed_facts_of_another_version_are_told_from_what_is_no_record)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        pack(&full, &buf);
        buf.ptr[8]++;
        assert_int_equal(unpack(tn_buf_span(&buf)), -EPROTONOSUPPORT);
        buf.ptr[0]++;
        assert_int_equal(unpack(tn_buf_span(&buf)), -EINVAL);
}

/* A record that says it has these facts, whatever they are. */
static int comes_back(const struct tn_facts *facts)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        pack(facts, &buf);
        return unpack(tn_buf_span(&buf));
}

CHECK(packed_facts_that_no_module_can_have_do_not_unpack)
{
        struct tn_modinfo bad_info = { { "a\0b", 3 }, { "", 0 } };
        struct tn_modsym bad_bind = { { "a", 1 }, 0, 'W', false };
        struct tn_modsym extended_need = { { "a", 1 }, 0, 'U', true };
        struct tn_exportrule unknown_gpl = { { "", 0 }, true, false };
        struct tn_facts facts = { .parts = TN_FACTS_INFO, .info = { .v = &bad_info, .n = 1 } };

        assert_int_equal(comes_back(&facts), -EINVAL);
        facts = (struct tn_facts){ .parts = TN_FACTS_INFO,
                                   .info = { .v = infos, .n = 1 },
                                   .info_err = -ENODATA };
        assert_int_equal(comes_back(&facts), -EINVAL);
        facts = (struct tn_facts){ .parts = TN_FACTS_EXPORTS, .exports = { .v = &bad_bind, .n = 1 } };
        assert_int_equal(comes_back(&facts), -EINVAL);
        facts = (struct tn_facts){ .parts = TN_FACTS_NEEDS, .needs = { .v = &extended_need, .n = 1 } };
        assert_int_equal(comes_back(&facts), -EINVAL);
        facts = (struct tn_facts){ .parts = TN_FACTS_EXPORT_RULES };
        assert_int_equal(comes_back(&facts), -EINVAL);
        facts = (struct tn_facts){ .parts = TN_FACTS_EXPORTS | TN_FACTS_EXPORT_RULES,
                                   .exports = { .v = exports, .n = 1 } };
        assert_int_equal(comes_back(&facts), -EINVAL);
        facts.export_rules.v = &unknown_gpl;
        facts.export_rules.n = 1;
        assert_int_equal(comes_back(&facts), -EINVAL);
        facts = (struct tn_facts){ .parts = TN_FACTS_SIGNATURE, .signature = { .key = { "a", 1 } } };
        assert_int_equal(comes_back(&facts), -EINVAL);
        facts = (struct tn_facts){ .parts = TN_FACTS_FILE, .file = { .mtime = { 0, 1000000000 } } };
        assert_int_equal(comes_back(&facts), -EINVAL);
        facts = (struct tn_facts){ .excess = { .found = 1 } };
        assert_int_equal(comes_back(&facts), -EINVAL);
}

CHECK(packed_facts_that_name_an_endless_excess_do_not_unpack)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        char *end;

        tn_buf_add_span(&buf, SPAN("tnfacts\n\2\0\0\0\xc9\x0f\0\0\0\0\0\0\xa0\x0f\0\0"));
        end = tn_buf_reserve(&buf, 4000 + 17);
        memset(end, 'x', 4000);
        memset(end + 4000, 0, 17);
        buf.len += 4000 + 17;
        assert_int_equal(buf.len, 0xfc9);
        assert_int_equal(unpack(tn_buf_span(&buf)), -EINVAL);
}

/* A list of four thousand million entries in a record of a few bytes. */
CHECK(packed_facts_take_no_more_memory_than_their_bytes_can_fill)
{
        static const struct tn_facts facts = { .parts = TN_FACTS_NEEDS };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        pack(&facts, &buf);
        memset(buf.ptr + buf.len - 4, 0xff, 4);
        assert_int_equal(unpack(tn_buf_span(&buf)), -EINVAL);
}
