/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "check.h"
#include "format/elf.h"
#include "format/modforce.h"
#include "format/modinfo.h"
#include "mkelf.h"
#include "util/cleanup.h"

static const struct {
        bool is64, big_endian;
} shapes[] = { { false, false }, { false, true }, { true, false }, { true, true } };

/* A module with every section that matters, each to be kept in memory. */
static struct mkelf module_of(bool is64, bool big_endian)
{
        struct mkelf made = mkelf_of(is64, big_endian);
        char *image;
        size_t len;
        struct tn_elf elf;

        mkelf_info(&made, "license=GPL");
        mkelf_info(&made, "vermagic=6.1.0 SMP mod_unload ");
        mkelf_info(&made, "vermagicx=no");
        mkelf_version(&made, "printk", 0x12345678);
        mkelf_version_ext(&made, "printk", 0x12345678);
        image = mkelf_image(&made, &len);
        assert_int_equal(tn_elf_parse((struct span){ image, len }, &elf), 0);
        for (uint32_t i = 0; i < elf.n_sections; i++) {
                struct tn_elf_section sec;
                size_t low = !big_endian ? 0 : is64 ? 7 : 3;

                if (tn_elf_section(&elf, i, &sec) == 0)
                        image[sec.header + 8 + low] = SHF_WRITE | SHF_ALLOC;
        }
        return made;
}

static uint64_t flags_of(struct mkelf *made, const char *name)
{
        struct tn_elf_section sec;
        struct tn_elf elf;

        assert_int_equal(tn_elf_parse(tn_buf_span(&made->image), &elf), 0);
        assert_int_equal(tn_elf_find(&elf, tn_span_of(name), &sec), 0);
        return sec.flags;
}

static void assert_info(struct mkelf *made, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_modinfo info;
        struct span section;
        struct tn_elf elf;

        assert_int_equal(tn_elf_parse(tn_buf_span(&made->image), &elf), 0);
        assert_int_equal(tn_modinfo_section(&elf, &section), 0);
        while (tn_modinfo_next(&section, &info))
                tn_buf_addf(&got, "%.*s ", SPAN_FMT(info.key));
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(modforce_versions_are_no_longer_to_be_kept_in_memory)
{
        for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
                _cleanup_(mkelf_fini) struct mkelf made = module_of(shapes[i].is64, shapes[i].big_endian);

                assert_int_equal(flags_of(&made, "__versions"), SHF_WRITE | SHF_ALLOC);
                assert_int_equal(tn_modforce_versions(made.image.ptr, made.image.len), 0);
                assert_int_equal(flags_of(&made, "__versions"), SHF_WRITE);
                assert_int_equal(flags_of(&made, "__version_ext_crcs"), SHF_WRITE);
                assert_int_equal(flags_of(&made, "__version_ext_names"), SHF_WRITE);
                assert_int_equal(flags_of(&made, ".modinfo"), SHF_WRITE | SHF_ALLOC);
        }
}

CHECK(modforce_blots_out_vermagic_alone)
{
        for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
                _cleanup_(mkelf_fini) struct mkelf made = module_of(shapes[i].is64, shapes[i].big_endian);

                assert_info(&made, "license vermagic vermagicx ");
                assert_int_equal(tn_modforce_vermagic(made.image.ptr, made.image.len), 0);
                assert_info(&made, "license vermagicx ");
                assert_null(memmem(made.image.ptr, made.image.len, "SMP", 3));
                assert_int_equal(flags_of(&made, "__versions"), SHF_WRITE | SHF_ALLOC);
                assert_int_equal(tn_modforce_vermagic(made.image.ptr, made.image.len), -ENODATA);
        }
}

CHECK(modforce_of_a_module_without_versions_is_nothing)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        _cleanup_(tn_buf_fini) struct tn_buf before = { 0 };

        mkelf_info(&made, "vermagic");
        tn_buf_add_span(&before, mkelf_span(&made));
        assert_int_equal(tn_modforce_versions(made.image.ptr, made.image.len), 0);
        assert_int_equal(tn_modforce_vermagic(made.image.ptr, made.image.len), -ENODATA);
        assert_memory_equal(made.image.ptr, before.ptr, before.len);
}

CHECK(modforce_takes_an_empty_vermagic)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(false, true);

        mkelf_info(&made, "vermagic=");
        mkelf_span(&made);
        assert_int_equal(tn_modforce_vermagic(made.image.ptr, made.image.len), 0);
        assert_info(&made, "");
}

CHECK(modforce_of_what_is_no_module)
{
        char text[] = "no module at all, but long enough";
        char broken[64] = "\177ELF\2\1\1";
        struct mkelf made = mkelf_of(true, false);

        assert_int_equal(tn_modforce_versions(text, sizeof(text)), -ENOEXEC);
        assert_int_equal(tn_modforce_vermagic(text, sizeof(text)), -ENOEXEC);
        assert_int_equal(tn_modforce_versions(broken, sizeof(broken)), -EINVAL);
        assert_int_equal(tn_modforce_vermagic(broken, sizeof(broken)), -EINVAL);
        assert_int_equal(tn_modforce_vermagic(NULL, 0), -EINVAL);
        mkelf_span(&made);
        assert_int_equal(tn_modforce_vermagic(made.image.ptr, made.image.len), -ENODATA);
        mkelf_fini(&made);
}
