/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODSYM_H
#define TN_FORMAT_MODSYM_H

#include <stdbool.h>
#include <stdint.h>

#include "util/span.h"
#include "util/vec.h"

struct tn_elf;

/* No symbol's name is longer, in bytes; see format/elfsym.h. */
#define TN_MODSYM_NAME_MAX 4095

/* A symbol that a module exports or needs. The name borrows from the file's bytes. */
struct tn_modsym {
        struct span name;
        uint64_t crc;  /* its version; 0 when there is none */
        char bind;     /* needed: 'U' undefined, 'W' weak; exported: 'G' */
        bool extended; /* its version is from the extended table: see tn_modsyms_versions() */
        uint32_t hash; /* tn_word_hash() of the name, or 0 */
};

struct tn_modsyms {
        TN_VEC_FIELDS(struct tn_modsym);
};

void tn_modsyms_fini(struct tn_modsyms *syms);

/*
 * What the module exports, in the order of its symbol table: every symbol __crc_NAME gives NAME, its CRC being the
 * symbol's value when it is absolute or undefined, else the 32-bit word at that offset of its section (all ones
 * when that is out of range). Without any such symbol: the strings of __ksymtab_strings, with CRC 0.
 * Returns 0 (also for none) or -ENOMEM.
 */
int tn_modsyms_exports(const struct tn_elf *elf, struct tn_modsyms *ret_syms);

/*
 * What the module needs: undefined symbols in the order of its symbol table, then names that only its version
 * tables have (module_layout). CRCs from the version tables, as far as these can be read. Leading dots stay.
 * Returns 0, -EINVAL when there is no usable symbol table, -ENOMEM.
 */
int tn_modsyms_needs(const struct tn_elf *elf, struct tn_modsyms *ret_syms);

/*
 * The version tables alone: __versions (64-byte records), then those names of __version_ext_names (NUL-terminated,
 * their CRCs as 32-bit words in __version_ext_crcs; kernels from 6.14 on) that it does not have. One leading '.' of
 * a name is dropped. Returns 0; -ENODATA when there is neither; -EINVAL when __versions is no multiple of 64 bytes
 * or the other two do not match; -ENOMEM.
 */
int tn_modsyms_versions(const struct tn_elf *elf, struct tn_modsyms *ret_syms);

#endif
