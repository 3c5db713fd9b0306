/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODSYM_H
#define TN_FORMAT_MODSYM_H

#include <stdint.h>

#include "format/elf.h"
#include "util/vec.h"

/* A symbol that a module exports or needs. The name borrows from the file's bytes. */
struct tn_modsym {
        struct span name;
        uint64_t crc; /* its version; 0 when there is none */
        char bind;    /* needed: 'U' undefined, 'W' weak; exported: 'G' */
};

struct tn_modsyms {
        struct tn_modsym *v;
        size_t n;
        size_t cap;
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
 * table has (module_layout). CRCs from the version table. Leading dots stay. Returns 0, -EINVAL when there is no
 * usable symbol table, -ENOMEM.
 */
int tn_modsyms_needs(const struct tn_elf *elf, struct tn_modsyms *ret_syms);

/*
 * The version table alone (__versions, 64-byte records; one leading '.' of a name is dropped). Returns 0;
 * -ENODATA when there is none; -EINVAL when its size is not a multiple of 64; -ENOMEM.
 */
int tn_modsyms_versions(const struct tn_elf *elf, struct tn_modsyms *ret_syms);

#endif
