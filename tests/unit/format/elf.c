/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "check.h"
#include "format/elf.h"
#include "format/elfsym.h"
#include "format/modinfo.h"
#include "mkelf.h"
#include "util/cleanup.h"

/* Overwrites a field of a 64-bit little-endian object. */
static void poke(char *at, uint64_t val, size_t size)
{
        for (size_t i = 0; i < size; i++)
                at[i] = (char)(val >> 8 * i);
}

CHECK(elf_of_each_class_and_byte_order_is_read)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);
                struct tn_elf elf;
                struct tn_elf_section sec;
                uint32_t word;

                mkelf_export_section(&made, "a", 0x12345678);
                mkelf_info(&made, "license=GPL");
                assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
                assert_int_equal(elf.is64, made.is64);
                assert_int_equal(elf.big_endian, made.big_endian);
                assert_int_equal(elf.machine, made.machine);
                assert_int_equal(tn_elf_find(&elf, SPAN("__kcrctab"), &sec), 0);
                assert_int_equal(sec.index, MKELF_CRC_SECTION);
                assert_int_equal(sec.type, SHT_PROGBITS);
                assert_true(tn_elf_u32(&elf, sec.bytes, 0, &word));
                assert_int_equal(word, 0x12345678);
                assert_int_equal(tn_elf_section(&elf, sec.index + 1, &sec), 0);
                assert_span(sec.name, ".modinfo");
                assert_int_equal(tn_elf_find(&elf, SPAN(".modinf"), &sec), -ENODATA);
                assert_int_equal(tn_elf_find(&elf, SPAN("modinfo"), &sec), -ENODATA);
        }
}

CHECK(elf_that_is_something_else_is_told_from_a_broken_one)
{
        struct tn_elf elf;

        assert_int_equal(tn_elf_parse(SPAN("#!/bin/sh\n"), &elf), -ENOEXEC);
        assert_int_equal(tn_elf_parse(SPAN("\0\0\0\0\0\0\0\0"), &elf), -ENOEXEC);
        assert_int_equal(tn_elf_parse(SPAN("\177ELF"), &elf), -EINVAL);
        assert_int_equal(tn_elf_parse((struct span){ 0 }, &elf), -EINVAL);
}

CHECK(elf_cut_anywhere_is_never_read_past_its_end)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);
                struct tn_elf elf;
                struct span all;

                mkelf_info(&made, "license=GPL");
                mkelf_need(&made, "printk", false);
                all = mkelf_span(&made);
                for (size_t len = 0; len < all.len; len++) {
                        /* a copy of its own, so that the sanitizer sees every byte too many */
                        _cleanup_(freep) char *copy = tn_span_dup(tn_span_head(all, len));

                        assert_int_equal(tn_elf_parse((struct span){ copy, len }, &elf), -EINVAL);
                }
                assert_int_equal(tn_elf_parse(all, &elf), 0);
        }
}

CHECK(elf_with_a_bad_header_is_rejected)
{
        static const struct {
                size_t at;
                uint64_t val;
                size_t size;
        } bad[] = {
                { EI_CLASS, 3, 1 },
                { EI_CLASS, 0, 1 },
                { EI_DATA, 0, 1 },
                { EI_DATA, ELFDATA2MSB, 1 },
                { offsetof(Elf64_Ehdr, e_shoff), UINT64_MAX, 8 },
                { offsetof(Elf64_Ehdr, e_shoff), UINT64_MAX - 63, 8 },
                { offsetof(Elf64_Ehdr, e_shoff), 0, 8 },
                { offsetof(Elf64_Ehdr, e_shentsize), 63, 2 },
                { offsetof(Elf64_Ehdr, e_shentsize), sizeof(Elf32_Shdr), 2 },
                { offsetof(Elf64_Ehdr, e_shnum), 0, 2 },
                { offsetof(Elf64_Ehdr, e_shnum), 0xffff, 2 },
        };

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
                struct tn_elf elf;
                size_t len;
                char *ptr = mkelf_image(&made, &len);

                poke(ptr + bad[i].at, bad[i].val, bad[i].size);
                assert_int_equal(tn_elf_parse((struct span){ ptr, len }, &elf), -EINVAL);
        }
}

CHECK(elf_with_a_section_name_table_that_is_not_there_is_rejected)
{
        static const uint16_t bad[] = { 200, SHN_XINDEX };

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
                struct tn_elf elf;
                size_t len;
                char *ptr;

                mkelf_info(&made, "license=GPL");
                ptr = mkelf_image(&made, &len);
                poke(ptr + offsetof(Elf64_Ehdr, e_shstrndx), bad[i], 2);
                assert_int_equal(tn_elf_parse((struct span){ ptr, len }, &elf), -EINVAL);
        }
}

CHECK(elf_with_another_table_for_section_names_has_no_section_to_find)
{
        static const uint16_t bad[] = { 0, 2 };

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
                struct tn_elf_section sec;
                struct tn_elf elf;
                size_t len;
                char *ptr;

                mkelf_info(&made, "license=GPL");
                ptr = mkelf_image(&made, &len);
                poke(ptr + offsetof(Elf64_Ehdr, e_shstrndx), bad[i], 2);
                assert_int_equal(tn_elf_parse((struct span){ ptr, len }, &elf), 0);
                assert_int_equal(tn_elf_find(&elf, SPAN(".modinfo"), &sec), -ENODATA);
        }
}

CHECK(elf_section_outside_of_the_file_is_passed_over)
{
        static const uint64_t bad[] = { 1 << 20, UINT64_MAX, UINT64_MAX - 64 };

        for (size_t i = 0; i < 2 * ARRAY_SIZE(bad); i++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
                size_t field = i & 1 ? offsetof(Elf64_Shdr, sh_offset) : offsetof(Elf64_Shdr, sh_size);
                struct tn_elf_section sec;
                struct tn_elf elf;
                size_t len;
                char *ptr;

                mkelf_info(&made, "license=GPL");
                mkelf_section(&made, ".modinfo", SHT_PROGBITS, SPAN("second"));
                ptr = mkelf_image(&made, &len);
                assert_int_equal(tn_elf_parse((struct span){ ptr, len }, &elf), 0);
                assert_int_equal(tn_elf_find(&elf, SPAN(".modinfo"), &sec), 0);
                poke(ptr + sec.header + field, bad[i / 2], 8);
                assert_int_equal(tn_elf_section(&elf, sec.index, &sec), -EINVAL);
                assert_int_equal(tn_elf_find(&elf, SPAN(".modinfo"), &sec), 0);
                assert_span(sec.bytes, "second");
        }
}

CHECK(elf_section_number_that_is_not_there_is_rejected)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct tn_elf_section sec;
        struct tn_elf elf;

        assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
        assert_int_equal(tn_elf_section(&elf, elf.n_sections - 1, &sec), 0);
        assert_int_equal(tn_elf_section(&elf, elf.n_sections, &sec), -EINVAL);
        assert_int_equal(tn_elf_section(&elf, UINT32_MAX, &sec), -EINVAL);
}

CHECK(elf_section_without_bytes_is_empty)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(false, true);
        struct tn_elf_section sec;
        struct tn_elf elf;

        mkelf_section(&made, ".bss", SHT_NOBITS, (struct span){ "", 1 << 30 });
        assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
        assert_int_equal(tn_elf_find(&elf, SPAN(".bss"), &sec), 0);
        assert_int_equal(sec.bytes.len, 0);
}

CHECK(elf_section_whose_name_does_not_end_is_not_found)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct tn_elf_section sec;
        struct tn_elf elf;
        size_t len;
        char *ptr;

        ptr = mkelf_image(&made, &len);
        assert_int_equal(tn_elf_parse((struct span){ ptr, len }, &elf), 0);
        assert_int_equal(tn_elf_find(&elf, SPAN(".shstrtab"), &sec), 0);
        poke(ptr + sec.header + offsetof(Elf64_Shdr, sh_size), sec.bytes.len - 1, 8);
        assert_int_equal(tn_elf_parse((struct span){ ptr, len }, &elf), 0);
        assert_int_equal(tn_elf_section(&elf, sec.index, &sec), -EINVAL);
        assert_int_equal(tn_elf_find(&elf, SPAN(".shstrtab"), &sec), -ENODATA);
}

CHECK(elf_section_with_an_endless_name_is_not_found)
{
        char name[TN_ELF_NAME_MAX + 2] = { 0 };

        memset(name, 'n', TN_ELF_NAME_MAX + 1);
        for (size_t skipped = 0; skipped < 2; skipped++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
                struct tn_elf_section sec;
                struct tn_elf elf;

                mkelf_section(&made, name + skipped, SHT_PROGBITS, SPAN("x"));
                assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
                assert_int_equal(tn_elf_find(&elf, tn_span_of(name + skipped), &sec), skipped ? 0 : -ENODATA);
                assert_int_equal(tn_elf_section(&elf, 3, &sec), skipped ? 0 : -EINVAL);
        }
}

CHECK(elf_loads_stop_at_the_end_of_the_span)
{
        struct tn_elf little = { 0 }, big = { .big_endian = true };
        uint64_t u64 = 7;
        uint32_t u32 = 7;
        uint16_t u16 = 7;

        assert_false(tn_elf_u16(&little, SPAN("\1"), 0, &u16));
        assert_false(tn_elf_u32(&little, SPAN("\1\2\3\4"), 1, &u32));
        assert_false(tn_elf_u32(&little, SPAN("\1\2\3\4"), UINT64_MAX, &u32));
        assert_false(tn_elf_u64(&little, SPAN("\1\2\3\4"), 0, &u64));
        assert_int_equal(u16 + u32 + u64, 21);
        assert_true(tn_elf_u16(&little, SPAN("\0\1\2"), 1, &u16));
        assert_int_equal(u16, 0x0201);
        assert_true(tn_elf_u16(&big, SPAN("\0\1\2"), 1, &u16));
        assert_int_equal(u16, 0x0102);
        assert_true(tn_elf_word(&big, SPAN("\1\2\3\4"), 0, &u64));
        assert_int_equal(u64, 0x01020304);
}

CHECK(elfsym_gives_every_field_in_each_kind)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);
                struct tn_elfsyms syms;
                struct tn_elfsym sym;
                struct tn_elf elf;

                mkelf_symbol(&made, "start", 0x80001234, 3, ELF64_ST_INFO(STB_WEAK, STT_FUNC));
                assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
                assert_int_equal(tn_elfsyms_init(&elf, &syms), 0);
                assert_int_equal(syms.n, 2);
                assert_int_equal(tn_elfsyms_get(&syms, 0).name.len, 0);
                sym = tn_elfsyms_get(&syms, 1);
                assert_span(sym.name, "start");
                assert_int_equal(sym.value, 0x80001234);
                assert_int_equal(sym.shndx, 3);
                assert_int_equal(sym.bind, STB_WEAK);
                assert_int_equal(sym.type, STT_FUNC);
        }
}

CHECK(elfsym_entries_of_no_interest_are_passed_over)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);
                struct tn_elfsyms syms;
                struct tn_elf elf;

                mkelf_symbol(&made, "start", 1, 0x100, 0);
                mkelf_symbol(&made, "__crc_f", 1, 0x100, 0);
                mkelf_symbol(&made, "__crd_f", 1, 0x100, 0);
                mkelf_need(&made, "__cr", false);
                mkelf_symbol(&made, "__cr", 1, 0x100, 0);
                assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
                assert_int_equal(tn_elfsyms_init(&elf, &syms), 0);
                assert_int_equal(syms.n, 6);
                assert_int_equal(tn_elfsyms_next(&syms, 1, SPAN("__crc_")), 2);
                assert_int_equal(tn_elfsyms_next(&syms, 2, SPAN("__crc_")), 2);
                assert_int_equal(tn_elfsyms_next(&syms, 3, SPAN("__crc_")), 4);
                assert_int_equal(tn_elfsyms_next(&syms, 5, SPAN("__crc_")), 6);
                assert_int_equal(tn_elfsyms_next(&syms, 6, SPAN("__crc_")), 6);
                assert_int_equal(tn_elfsyms_next(&syms, 7, SPAN("__crc_")), 6);
                assert_int_equal(tn_elfsyms_next(&syms, 1, SPAN("__crc_f")), 2);
                assert_int_equal(tn_elfsyms_next(&syms, 1, SPAN("__crc_g")), 4);
        }
}

CHECK(elfsym_table_that_is_absent_or_odd_is_told)
{
        _cleanup_(mkelf_fini) struct mkelf stripped = mkelf_of(true, false), odd = mkelf_of(true, false);
        struct tn_elf_section sec;
        struct tn_elfsyms syms;
        struct tn_elf elf;
        size_t len;
        char *ptr;

        stripped.stripped = true;
        assert_int_equal(tn_elf_parse(mkelf_span(&stripped), &elf), 0);
        assert_int_equal(tn_elfsyms_init(&elf, &syms), -ENODATA);

        ptr = mkelf_image(&odd, &len);
        assert_int_equal(tn_elf_parse((struct span){ ptr, len }, &elf), 0);
        assert_int_equal(tn_elf_find(&elf, SPAN(".symtab"), &sec), 0);
        poke(ptr + sec.header + offsetof(Elf64_Shdr, sh_size), sec.bytes.len - 1, 8);
        assert_int_equal(tn_elfsyms_init(&elf, &syms), -EINVAL);
}

CHECK(elfsym_name_that_does_not_end_or_is_endless_is_empty)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        _cleanup_(freep) char *endless = calloc(1, TN_ELFSYM_NAME_MAX + 2);
        struct tn_elf_section sec;
        struct tn_elfsyms syms;
        struct tn_elf elf;
        size_t len;
        char *ptr;

        memset(endless, 'e', TN_ELFSYM_NAME_MAX + 1);
        mkelf_symbol(&made, endless, 0, 0, 0);
        mkelf_symbol(&made, endless + 1, 0, 0, 0);
        mkelf_symbol(&made, "last", 0, 0, 0);
        ptr = mkelf_image(&made, &len);
        assert_int_equal(tn_elf_parse((struct span){ ptr, len }, &elf), 0);
        assert_int_equal(tn_elf_find(&elf, SPAN(".strtab"), &sec), 0);
        poke(ptr + sec.header + offsetof(Elf64_Shdr, sh_size), sec.bytes.len - 1, 8);
        assert_int_equal(tn_elfsyms_init(&elf, &syms), 0);
        assert_int_equal(tn_elfsyms_get(&syms, 1).name.len, 0);
        assert_int_equal(tn_elfsyms_get(&syms, 2).name.len, TN_ELFSYM_NAME_MAX);
        assert_int_equal(tn_elfsyms_get(&syms, 3).name.len, 0);
        poke(ptr + (syms.table.ptr - ptr) + sizeof(Elf64_Sym), UINT32_MAX, 4);
        assert_int_equal(tn_elfsyms_get(&syms, 1).name.len, 0);
}

CHECK(modinfo_entries_come_one_by_one)
{
        struct span bytes = SPAN("\0\0license=GPL\0\0\0alias=pci:v=1\0flag\0empty=\0name=last");
        struct tn_modinfo info;

        assert_true(tn_modinfo_next(&bytes, &info));
        assert_span(info.key, "license");
        assert_span(info.value, "GPL");
        assert_true(tn_modinfo_next(&bytes, &info));
        assert_span(info.key, "alias");
        assert_span(info.value, "pci:v=1");
        assert_true(tn_modinfo_next(&bytes, &info));
        assert_span(info.key, "flag");
        assert_span(info.value, "");
        assert_true(tn_modinfo_next(&bytes, &info));
        assert_span(info.key, "empty");
        assert_span(info.value, "");
        assert_true(tn_modinfo_next(&bytes, &info));
        assert_span(info.value, "last");
        assert_false(tn_modinfo_next(&bytes, &info));
}

CHECK(modinfo_section_may_be_absent)
{
        _cleanup_(mkelf_fini) struct mkelf none = mkelf_of(true, false), some = mkelf_of(false, true);
        struct span bytes;
        struct tn_elf elf;

        assert_int_equal(tn_elf_parse(mkelf_span(&none), &elf), 0);
        assert_int_equal(tn_modinfo_section(&elf, &bytes), -ENODATA);
        mkelf_info(&some, "a=b");
        assert_int_equal(tn_elf_parse(mkelf_span(&some), &elf), 0);
        assert_int_equal(tn_modinfo_section(&elf, &bytes), 0);
        assert_int_equal(bytes.len, sizeof("a=b"));
}
