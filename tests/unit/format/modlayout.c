/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>

#include "check.h"
#include "format/elf_layout.h"
#include "format/modlayout.h"
#include "mkelf.h"
#include "util/cleanup.h"

static struct tn_modlayout layout_of(struct mkelf *made)
{
        struct tn_elf elf;

        assert_int_equal(tn_elf_parse(mkelf_span(made), &elf), 0);
        return tn_modlayout_read(&elf);
}

/* Sets a field of a section's header in the image. */
static void set(struct mkelf *made, struct span name, size_t at, uint64_t num)
{
        struct tn_elf_section section;
        struct tn_elf elf;
        size_t size;
        char *field;

        assert_int_equal(tn_elf_parse(tn_buf_span(&made->image), &elf), 0);
        assert_int_equal(tn_elf_find(&elf, name, &section), 0);
        field = made->image.ptr + section.header + at;
        size = made->is64 ? 8 : 4;
        for (size_t i = 0; i < size; i++)
                field[made->big_endian ? size - 1 - i : i] = (char)(num >> 8 * i);
}

CHECK(modlayout_has_what_the_module_takes_in_memory)
{
        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);
                const struct tn_elf_layout *at = &tn_elf_layouts[kind & 1];
                struct tn_modlayout layout;
                struct tn_elf elf;

                mkelf_name(&made, "m");
                mkelf_section(&made, "__param", SHT_PROGBITS, (struct span){ (char[120]){ 0 }, 120 });
                mkelf_section(&made, ".bss", SHT_NOBITS, SPAN("12345"));
                layout = layout_of(&made);
                assert_int_equal(layout.module_struct, made.this_module.len);
                assert_int_equal(layout.memory, 0);
                assert_int_equal(layout.parameters, kind & 1 ? 3 : 6);
                set(&made, SPAN("__param"), at->sh_flags, SHF_ALLOC);
                set(&made, SPAN(".bss"), at->sh_flags, SHF_ALLOC | SHF_WRITE);
                set(&made, SPAN(".bss"), at->sh_size, 0x70000000);
                assert_int_equal(tn_elf_parse(tn_buf_span(&made.image), &elf), 0);
                assert_int_equal(tn_modlayout_read(&elf).memory, 0x70000000 + 120);
        }
}

CHECK(modlayout_of_what_has_no_such_sections_is_zero)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct tn_modlayout layout;

        made.stripped = true;
        layout = layout_of(&made);
        assert_int_equal(layout.module_struct, 0);
        assert_int_equal(layout.memory, 0);
        assert_int_equal(layout.parameters, 0);
}

CHECK(modlayout_stays_at_the_most_where_sizes_overflow)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        const struct tn_elf_layout *at = &tn_elf_layouts[1];
        struct tn_elf elf;

        mkelf_section(&made, ".a", SHT_NOBITS, SPAN(""));
        mkelf_section(&made, ".b", SHT_NOBITS, SPAN(""));
        mkelf_span(&made);
        set(&made, SPAN(".a"), at->sh_flags, SHF_ALLOC);
        set(&made, SPAN(".b"), at->sh_flags, SHF_ALLOC);
        set(&made, SPAN(".a"), at->sh_size, UINT64_MAX - 1);
        set(&made, SPAN(".b"), at->sh_size, 2);
        assert_int_equal(tn_elf_parse(tn_buf_span(&made.image), &elf), 0);
        assert_true(tn_modlayout_read(&elf).memory == UINT64_MAX);
}
