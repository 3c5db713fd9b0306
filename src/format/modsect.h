/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODSECT_H
#define TN_FORMAT_MODSECT_H

#include "format/elf.h"

/* The sections of a module that say what it is and which symbols it has, all found in one walk through its table. */
enum tn_modsect {
        TN_MODSECT_INFO,           /* .modinfo */
        TN_MODSECT_SYMBOLS,        /* .symtab */
        TN_MODSECT_STRINGS,        /* .strtab */
        TN_MODSECT_EXPORTS,        /* __ksymtab_strings */
        TN_MODSECT_VERSIONS,       /* __versions */
        TN_MODSECT_VERSIONS_CRCS,  /* __version_ext_crcs */
        TN_MODSECT_VERSIONS_NAMES, /* __version_ext_names */
        TN_MODSECTS,
};

/* Borrows the object. */
struct tn_modsects {
        const struct tn_elf *elf;
        unsigned found; /* 1 << enum tn_modsect: of each name, the first section that can be used */
        struct span bytes[TN_MODSECTS];
};

void tn_modsects_find(const struct tn_elf *elf, struct tn_modsects *ret_sects);

/* Returns 0 or -ENODATA. */
int tn_modsects_get(const struct tn_modsects *sects, enum tn_modsect which, struct span *ret_bytes);

#endif
