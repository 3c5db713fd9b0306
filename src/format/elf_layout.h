/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_ELF_LAYOUT_H
#define TN_FORMAT_ELF_LAYOUT_H

#include "format/elf.h"

/* Where the fields are that depend on the class; the others are at the same place in both. */
struct tn_elf_layout {
        size_t ehdr_size;
        size_t e_shoff;
        size_t e_shentsize;
        size_t e_shnum;
        size_t e_shstrndx;
        size_t shdr_size;
        size_t sh_flags;
        size_t sh_addr;
        size_t sh_offset;
        size_t sh_size;
        size_t sh_link;
};

/* By struct tn_elf.is64. */
extern const struct tn_elf_layout tn_elf_layouts[2];

/* Enough of a file for tn_elf_parse_head(). */
#define TN_ELF_HEAD 64

/*
 * The file's header alone, taken apart: class, byte order, machine, the place of the section header table and the number
 * of its entries. Where the table lies is not checked. Returns 0, or what tn_elf_parse() does.
 */
int tn_elf_parse_head(struct span head, struct tn_elf *ret_elf, uint32_t *ret_names_index);

/* An entry of the section header table as it is. */
struct tn_elf_header {
        uint32_t name; /* an offset in the name table */
        uint32_t type;
        uint32_t link;
        uint64_t flags;
        uint64_t addr;
        uint64_t offset;
        uint64_t size;
};

/* False when the entry is not whole. */
bool tn_elf_header(const struct tn_elf *elf, struct span entry, struct tn_elf_header *ret_header);

#endif
