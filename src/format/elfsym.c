/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <elf.h>
#include <errno.h>
#include <stddef.h>

#include "format/elfsym.h"
#include "util/cleanup.h"
#include "util/num.h"
#include "util/word.h"

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

int tn_elfsyms_init_of(const struct tn_elf *elf, struct span table, struct span strings,
                       struct tn_elfsyms *ret_syms)
{
        size_t size = layouts[elf->is64].size;

        if (strings.len == 0)
                return -ENODATA;
        if (table.len % size || table.len / size > UINT32_MAX)
                return -EINVAL;
        *ret_syms = (struct tn_elfsyms){
                .elf = elf,
                .table = table,
                .strings = strings,
                .n = (uint32_t)(table.len / size),
        };
        return 0;
}

int tn_elfsyms_init(const struct tn_elf *elf, struct tn_elfsyms *ret_syms)
{
        struct tn_elf_section table, strings;

        if (tn_elf_find(elf, SPAN(".symtab"), &table) < 0 || tn_elf_find(elf, SPAN(".strtab"), &strings) < 0)
                return -ENODATA;
        return tn_elfsyms_init_of(elf, table.bytes, strings.bytes, ret_syms);
}

static void take_name(struct span strings, uint32_t off, struct tn_elfsym *sym)
{
        struct span rest = tn_span_head(tn_span_skip(strings, off), TN_ELFSYM_NAME_MAX + 1), name;
        size_t most = rest.len;
        uint32_t hash;

        if (!tn_word_split(&rest, &name, &hash) || name.len == most)
                return;
        sym->name = name;
        sym->hash = hash;
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

/*
 * What tn_elfsyms_next() does, for one class and byte order: they are constants where it is called, so that nothing is
 * asked again for each of the symbols.
 */
static inline __attribute__((always_inline)) uint32_t next(const struct tn_elfsyms *syms, uint32_t i,
                                                           struct span prefix, bool is64, bool big_endian)
{
        const size_t size = layouts[is64].size, shndx = layouts[is64].st_shndx;
        const struct span strings = syms->strings;
        const size_t end = strings.len < 4 ? 0 : strings.len - 3; /* of where four bytes are */
        const char *entry = syms->table.ptr + i * size;
        uint32_t first;

        memcpy(&first, prefix.ptr, 4);
        for (; i < syms->n; i++, entry += size) {
                uint32_t name = load32(big_endian, entry + offsetof(Elf32_Sym, st_name)), begin;

                if (load16(big_endian, entry + shndx) == SHN_UNDEF)
                        break;
                if (name >= end)
                        continue;
                memcpy(&begin, strings.ptr + name, 4);
                if (begin == first && tn_span_starts(tn_span_skip(strings, name), prefix))
                        break;
        }
        return i;
}

uint32_t tn_elfsyms_next(const struct tn_elfsyms *syms, uint32_t i, struct span prefix)
{
        assert(prefix.len >= 4);
        if (i >= syms->n)
                return syms->n;
        if (syms->elf->is64)
                return syms->elf->big_endian ? next(syms, i, prefix, true, true)
                                             : next(syms, i, prefix, true, false);
        return syms->elf->big_endian ? next(syms, i, prefix, false, true)
                                     : next(syms, i, prefix, false, false);
}

struct tn_elfsym tn_elfsyms_get(const struct tn_elfsyms *syms, uint32_t i)
{
        const struct tn_elf *elf = syms->elf;
        const struct layout *at = &layouts[elf->is64];
        const char *entry = entry_at(syms, at, i);
        unsigned char info = (unsigned char)entry[at->st_info];
        struct tn_elfsym sym = {
                .value = load_word(elf, entry + at->st_value),
                .shndx = load16(elf->big_endian, entry + at->st_shndx),
                .bind = ELF32_ST_BIND(info),
                .type = ELF32_ST_TYPE(info),
        };

        take_name(syms->strings, name_of(syms, entry), &sym);
        return sym;
}
