/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>

#include "format/elf_layout.h"
#include "format/modlayout.h"

/* Bytes of struct kernel_param: four pointers, and a word of 64 or 32 bits with its flags. */
#define PARAM_SIZE_64 40
#define PARAM_SIZE_32 20

static uint64_t memory_of(const struct tn_elf *elf)
{
        size_t size = tn_elf_layouts[elf->is64].shdr_size;
        uint64_t sum = 0;

        for (uint32_t i = 0; i < elf->n_sections; i++) {
                struct span entry =
                        tn_span_head(tn_span_skip(elf->bytes, (size_t)elf->shoff + i * size), size);
                struct tn_elf_header header;

                if (!tn_elf_header(elf, entry, &header) || !(header.flags & SHF_ALLOC))
                        continue;
                if (header.size > UINT64_MAX - sum)
                        return UINT64_MAX;
                sum += header.size;
        }
        return sum;
}

static uint64_t size_of(const struct tn_elf *elf, struct span name)
{
        struct tn_elf_section section;

        return tn_elf_find(elf, name, &section) == 0 ? section.bytes.len : 0;
}

struct tn_modlayout tn_modlayout_read(const struct tn_elf *elf)
{
        uint64_t size = elf->is64 ? PARAM_SIZE_64 : PARAM_SIZE_32;

        return (struct tn_modlayout){
                .module_struct = size_of(elf, SPAN(".gnu.linkonce.this_module")),
                .memory = memory_of(elf),
                .parameters = size_of(elf, SPAN("__param")) / size,
        };
}
