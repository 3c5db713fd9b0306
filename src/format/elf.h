/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_ELF_H
#define TN_FORMAT_ELF_H

#include <stdbool.h>
#include <stdint.h>

#include "util/span.h"

/*
 * An ELF object of any class and byte order, read on any host (System V ABI, gABI chapter 4). Only the section
 * header table is looked at. Nothing is trusted: every offset and size that comes from the file is checked before
 * it is used, and a section that does not lie within the file counts as absent. Borrows the bytes.
 */
struct tn_elf {
        struct span bytes;
        bool is64;
        bool big_endian;
        uint16_t machine; /* EM_* */
        uint64_t shoff;   /* of the section header table, within bytes */
        uint32_t n_sections;
        struct span names; /* the section name table; empty when broken */
};

struct tn_elf_section {
        struct span name;
        struct span bytes; /* empty for SHT_NOBITS */
        uint32_t index;
        uint32_t type;  /* SHT_* */
        uint64_t flags; /* SHF_* */
        uint64_t addr;  /* where it is in memory; 0 in what is not linked */
        uint32_t link;
        uint64_t header; /* offset of its header in the file */
};

/*
 * Returns 0; -ENOEXEC when the bytes do not start with the ELF magic; -EINVAL when there are less than 6 of them, or
 * the header or the section header table is malformed. An object without sections, or with more than fit into
 * e_shnum, counts as malformed, and so does one whose section name table is none of its sections.
 */
int tn_elf_parse(struct span bytes, struct tn_elf *ret_elf);

/*
 * No section's name is longer, in bytes. With no bound, millions of symbols of one section with an enormous name would
 * take hours: its end is looked for each time.
 */
#define TN_ELF_NAME_MAX 4095

/* Section number index. Returns 0; -EINVAL when it does not lie within the file, or its name does not end or is longer. */
int tn_elf_section(const struct tn_elf *elf, uint32_t index, struct tn_elf_section *ret_section);

/* The first usable section of that name. Returns 0 or -ENODATA. */
int tn_elf_find(const struct tn_elf *elf, struct span name, struct tn_elf_section *ret_section);

/*
 * The bytes of the first usable section of each name, in one walk through the table: 1 to 32 names, of three bytes at
 * least. Returns which were found: 1 << their place in the list, and sets no others.
 */
unsigned tn_elf_find_each(const struct tn_elf *elf, const struct span *names, size_t n,
                          struct span *ret_bytes);

/* Loads in the object's byte order from within s at off. False when it does not fit; then *ret_val is untouched. */
bool tn_elf_u16(const struct tn_elf *elf, struct span s, uint64_t off, uint16_t *ret_val);
bool tn_elf_u32(const struct tn_elf *elf, struct span s, uint64_t off, uint32_t *ret_val);
bool tn_elf_u64(const struct tn_elf *elf, struct span s, uint64_t off, uint64_t *ret_val);

/* The same of a field that is 64 bits wide in 64-bit objects and 32 bits wide in others. */
bool tn_elf_word(const struct tn_elf *elf, struct span s, uint64_t off, uint64_t *ret_val);

#endif
