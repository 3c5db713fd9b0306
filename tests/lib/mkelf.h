/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_MKELF_H
#define TN_TESTS_MKELF_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/span.h"
#include "util/vec.h"

struct mkelf_section {
        const char *name;
        uint32_t type;
        struct span bytes;
        uint64_t addr;
};

struct mkelf_sections {
        struct mkelf_section *v;
        size_t n;
        size_t cap;
};

/*
 * Makes a module object in memory, of either class and byte order: add what it is to have, then ask for the image.
 * What was not added has no section, but for the symbol and string tables. Memory shortage ends the test program.
 */
struct mkelf {
        bool is64;
        bool big_endian;
        uint16_t machine; /* EM_*; x86, or PowerPC when big endian */
        bool stripped;    /* leave the symbol and string tables out */
        struct tn_buf info;
        struct tn_buf crc_words; /* of section MKELF_CRC_SECTION */
        struct tn_buf ksymtab_strings;
        struct tn_buf versions;
        struct tn_buf ext_crcs;
        struct tn_buf ext_names;
        struct tn_buf this_module;
        struct tn_buf symtab;
        struct tn_buf strtab;
        struct mkelf_sections extra;
        struct tn_buf image;
};

/* Number of the section that mkelf_export_section() puts CRCs in. */
#define MKELF_CRC_SECTION 1

/* An empty one, by value: _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false). */
struct mkelf mkelf_of(bool is64, bool big_endian);
void mkelf_fini(struct mkelf *elf);

/* A .modinfo entry: "key=value". */
void mkelf_info(struct mkelf *elf, const char *entry);

/* The module's name, in .modinfo and in .gnu.linkonce.this_module, where the kernel's struct module has it. */
void mkelf_name(struct mkelf *elf, const char *name);

/* An exported symbol: without CRC; with an absolute __crc_ symbol; with its CRC in a section, as 32-bit word. */
void mkelf_export(struct mkelf *elf, const char *name);
void mkelf_export_crc(struct mkelf *elf, const char *name, uint32_t crc);
void mkelf_export_section(struct mkelf *elf, const char *name, uint32_t crc);

/* An undefined symbol; its version is added apart. */
void mkelf_need(struct mkelf *elf, const char *name, bool weak);

/* A record of __versions; an entry of __version_ext_crcs and __version_ext_names. */
void mkelf_version(struct mkelf *elf, const char *name, uint64_t crc);
void mkelf_version_ext(struct mkelf *elf, const char *name, uint32_t crc);

/* Any symbol: its section is a number or SHN_*, info is ELF64_ST_INFO(bind, type). */
void mkelf_symbol(struct mkelf *elf, const char *name, uint64_t value, uint16_t shndx, uint8_t info);

/* Any section, behind the others, the second with an address, as in a linked kernel; name and bytes are borrowed. */
void mkelf_section(struct mkelf *elf, const char *name, uint32_t type, struct span bytes);
void mkelf_section_at(struct mkelf *elf, const char *name, uint64_t addr, struct span bytes);

/* The object's bytes, borrowed until the next call. They may be overwritten, to make a bad object. */
char *mkelf_image(struct mkelf *elf, size_t *ret_len);
struct span mkelf_span(struct mkelf *elf);

#endif
