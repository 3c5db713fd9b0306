/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_ELFSYM_H
#define TN_FORMAT_ELFSYM_H

#include <stdint.h>

#include "format/elf.h"

/* An object's symbol table: .symtab with .strtab (gABI chapter 4, "Symbol Table"). */
struct tn_elfsyms {
        const struct tn_elf *elf; /* borrowed */
        struct span table;
        struct span strings;
        uint32_t n; /* entries, the null symbol among them */
};

/*
 * No symbol's name is longer, in bytes; the kernel's own limit is 512. Names may overlap in the string table: with
 * no bound a small hostile table would be read as an enormous amount of names.
 */
#define TN_ELFSYM_NAME_MAX 4095

struct tn_elfsym {
        struct span name; /* without NUL; empty when its offset is bad, it does not end, or is too long */
        uint64_t value;
        uint16_t shndx;
        uint8_t bind;  /* STB_* */
        uint8_t type;  /* STT_* */
        uint32_t hash; /* tn_word_hash() of the name, or 0 */
};

/*
 * Returns 0, -ENODATA when one of the two sections is absent or there are no strings, -EINVAL when the table is
 * malformed.
 */
int tn_elfsyms_init(const struct tn_elf *elf, struct tn_elfsyms *ret_syms);

/* The same of the bytes of the two sections, which the object need not have. Returns 0, -ENODATA or -EINVAL likewise. */
int tn_elfsyms_init_of(const struct tn_elf *elf, struct span table, struct span strings,
                       struct tn_elfsyms *ret_syms);

/* Entry i, which must be below n. */
struct tn_elfsym tn_elfsyms_get(const struct tn_elfsyms *syms, uint32_t i);

/*
 * The first entry from i on that is in no section, or at whose name stands what begins with the prefix (the name may turn
 * out to be none). Most entries are of no interest, and the rest of them is not read. The prefix has four bytes at
 * least. n when there is none.
 */
uint32_t tn_elfsyms_next(const struct tn_elfsyms *syms, uint32_t i, struct span prefix);

#endif
