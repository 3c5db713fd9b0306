/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_KSYMTAB_H
#define TN_FORMAT_KSYMTAB_H

#include <stdbool.h>
#include <stdint.h>

#include "format/elf.h"

/*
 * The symbols that a linked kernel exports to modules, from its tables __ksymtab and __ksymtab_gpl, with the CRCs of
 * __kcrctab and __kcrctab_gpl (include/linux/export.h, include/asm-generic/export.h, kernel/module/internal.h). An entry
 * has a value, a name and, since Linux 5.4, a namespace: 32-bit offsets from their own places, or addresses.
 */
struct tn_ksymtab_entry {
        struct span name;      /* the spans borrow from the kernel's bytes */
        struct span namespace; /* empty: in none */
        uint32_t crc;          /* 0 without has_crc */
        bool has_crc;          /* the kernel has modversions */
        bool gpl_only;
};

/* A non-zero return stops the walk and is returned. */
typedef int tn_ksymtab_fn(void *data, const struct tn_ksymtab_entry *entry);

/*
 * In the order of the tables, __ksymtab first. Returns 0; -ENODATA when the kernel has no such tables; -EINVAL when one
 * of them cannot be read, which is found out before fn is first called for that table; what fn returned.
 */
int tn_ksymtab_each(const struct tn_elf *kernel, tn_ksymtab_fn *fn, void *data);

#endif
