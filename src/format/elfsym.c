/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <elf.h>
#include <errno.h>
#include <stddef.h>

#include "format/elfsym.h"
#include "util/cleanup.h"

struct layout {
        size_t size;
        size_t st_value;
        size_t st_info;
        size_t st_shndx;
};

#define LAYOUT(sym)                                                                                          \
        {                                                                                                    \
                .size = sizeof(sym), .st_value = offsetof(sym, st_value), .st_info = offsetof(sym, st_info), \
                .st_shndx = offsetof(sym, st_shndx),                                                         \
        }

static const struct layout layouts[] = { LAYOUT(Elf32_Sym), LAYOUT(Elf64_Sym) };

int tn_elfsyms_init(const struct tn_elf *elf, struct tn_elfsyms *ret_syms)
{
        size_t size = layouts[elf->is64].size;
        struct tn_elf_section table, strings;

        if (tn_elf_find(elf, SPAN(".symtab"), &table) < 0 || tn_elf_find(elf, SPAN(".strtab"), &strings) < 0)
                return -ENODATA;
        if (strings.bytes.len == 0)
                return -ENODATA;
        if (table.bytes.len % size || table.bytes.len / size > UINT32_MAX)
                return -EINVAL;
        *ret_syms = (struct tn_elfsyms){
                .elf = elf,
                .table = table.bytes,
                .strings = strings.bytes,
                .n = (uint32_t)(table.bytes.len / size),
        };
        return 0;
}

static struct span name_at(struct span strings, uint32_t off)
{
        struct span rest = tn_span_head(tn_span_skip(strings, off), TN_ELFSYM_NAME_MAX + 1);
        size_t len = tn_span_chr(rest, '\0');

        return len < rest.len ? tn_span_head(rest, len) : (struct span){ 0 };
}

struct tn_elfsym tn_elfsyms_get(const struct tn_elfsyms *syms, uint32_t i)
{
        const struct layout *at = &layouts[syms->elf->is64];
        struct tn_elfsym sym = { 0 };
        struct span entry;
        uint32_t name = 0;

        assert(i < syms->n);
        entry = tn_span_head(tn_span_skip(syms->table, i * at->size), at->size);
        tn_elf_u32(syms->elf, entry, offsetof(Elf32_Sym, st_name), &name);
        tn_elf_word(syms->elf, entry, at->st_value, &sym.value);
        tn_elf_u16(syms->elf, entry, at->st_shndx, &sym.shndx);
        sym.bind = ELF32_ST_BIND((unsigned char)entry.ptr[at->st_info]);
        sym.type = ELF32_ST_TYPE((unsigned char)entry.ptr[at->st_info]);
        sym.name = name_at(syms->strings, name);
        return sym;
}
