/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>
#include <stddef.h>

#include "check.h"
#include "format/modsect.h"
#include "mkelf.h"
#include "util/cleanup.h"

CHECK(modsect_finds_what_a_walk_for_each_name_finds)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);
                struct tn_elf_section sec;
                struct tn_modsects sects;
                struct tn_elf elf;
                struct span bytes;

                mkelf_info(&made, "license=GPL");
                mkelf_need(&made, "printk", false);
                mkelf_version(&made, "printk", 1);
                assert_int_equal(tn_elf_parse(mkelf_span(&made), &elf), 0);
                tn_modsects_find(&elf, &sects);
                assert_int_equal(tn_modsects_get(&sects, TN_MODSECT_INFO, &bytes), 0);
                assert_int_equal(tn_elf_find(&elf, SPAN(".modinfo"), &sec), 0);
                assert_ptr_equal(bytes.ptr, sec.bytes.ptr);
                assert_int_equal(bytes.len, sec.bytes.len);
                assert_int_equal(tn_modsects_get(&sects, TN_MODSECT_SYMBOLS, &bytes), 0);
                assert_int_equal(tn_elf_find(&elf, SPAN(".symtab"), &sec), 0);
                assert_ptr_equal(bytes.ptr, sec.bytes.ptr);
                assert_int_equal(tn_modsects_get(&sects, TN_MODSECT_VERSIONS, &bytes), 0);
                assert_int_equal(tn_elf_find(&elf, SPAN("__versions"), &sec), 0);
                assert_ptr_equal(bytes.ptr, sec.bytes.ptr);
                bytes = SPAN("as before");
                assert_int_equal(tn_modsects_get(&sects, TN_MODSECT_VERSIONS_CRCS, &bytes), -ENODATA);
                assert_int_equal(tn_modsects_get(&sects, TN_MODSECT_EXPORTS, &bytes), -ENODATA);
                assert_int_equal(bytes.len, 9);
        }
}

CHECK(modsect_takes_the_first_section_that_can_be_used)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct span names[2] = { SPAN(".modinfo"), SPAN(".strtab") }, found[2];
        struct tn_elf_section info, strings;
        struct tn_elf elf;
        size_t len;
        char *ptr;

        mkelf_info(&made, "license=GPL");
        ptr = mkelf_image(&made, &len);
        assert_int_equal(tn_elf_parse((struct span){ ptr, len }, &elf), 0);
        assert_int_equal(tn_elf_find(&elf, SPAN(".modinfo"), &info), 0);
        assert_int_equal(tn_elf_find(&elf, SPAN(".strtab"), &strings), 0);
        memcpy(ptr + strings.header, ptr + info.header, 4); /* two of one name, and none of the other */
        assert_int_equal(tn_elf_find_each(&elf, names, 2, found), 1);
        assert_int_equal(tn_elf_find(&elf, SPAN(".modinfo"), &info), 0);
        assert_ptr_equal(found[0].ptr, info.bytes.ptr);
        memset(ptr + info.header + offsetof(Elf64_Shdr, sh_offset), 0xff, 8); /* the first lies outside */
        assert_int_equal(tn_elf_find_each(&elf, names, 2, found), 1);
        assert_int_equal(tn_elf_find(&elf, SPAN(".modinfo"), &info), 0);
        assert_ptr_equal(found[0].ptr, info.bytes.ptr);
}
