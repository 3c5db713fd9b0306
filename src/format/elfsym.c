/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <elf.h>
#include <errno.h>
#include <stddef.h>

#include "format/elfsym.h"
#include "util/cleanup.h"
#include "util/num.h"

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

static uint32_t load32(bool big_endian, const char *at)
{
        return big_endian ? tn_num_be32(at) : tn_num_le32(at);
}

static uint64_t load_word(const struct tn_elf *elf, const char *at)
{
        if (!elf->is64)
                return load32(elf->big_endian, at);
        return elf->big_endian ? tn_num_be64(at) : tn_num_le64(at);
}

static uint16_t load16(bool big_endian, const char *at)
{
        return big_endian ? tn_num_be16(at) : tn_num_le16(at);
}

/* The table has n whole entries: no load of a field needs to be checked, and there are millions of them. */
static const char *entry_at(const struct tn_elfsyms *syms, const struct layout *at, uint32_t i)
{
        assert(i < syms->n);
        return syms->table.ptr + i * at->size;
}

static uint32_t name_of(const struct tn_elfsyms *syms, const char *entry)
{
        return load32(syms->elf->big_endian, entry + offsetof(Elf32_Sym, st_name));
}

bool tn_elfsyms_is_undefined(const struct tn_elfsyms *syms, uint32_t i)
{
        const struct layout *at = &layouts[syms->elf->is64];

        return load16(syms->elf->big_endian, entry_at(syms, at, i) + at->st_shndx) == SHN_UNDEF;
}

bool tn_elfsyms_may_start(const struct tn_elfsyms *syms, uint32_t i, struct span prefix)
{
        uint32_t off = name_of(syms, entry_at(syms, &layouts[syms->elf->is64], i));

        return tn_span_starts(tn_span_skip(syms->strings, off), prefix);
}

struct tn_elfsym tn_elfsyms_get(const struct tn_elfsyms *syms, uint32_t i)
{
        const struct tn_elf *elf = syms->elf;
        const struct layout *at = &layouts[elf->is64];
        const char *entry = entry_at(syms, at, i);
        unsigned char info = (unsigned char)entry[at->st_info];

        return (struct tn_elfsym){
                .name = name_at(syms->strings, name_of(syms, entry)),
                .value = load_word(elf, entry + at->st_value),
                .shndx = load16(elf->big_endian, entry + at->st_shndx),
                .bind = ELF32_ST_BIND(info),
                .type = ELF32_ST_TYPE(info),
        };
}
