/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_PROCMOD_H
#define TN_FORMAT_PROCMOD_H

#include <stdbool.h>
#include <stdint.h>

#include "util/span.h"

/*
 * One line of /proc/modules (kernel/module/procfs.c):
 *      fat 86016 2 msdos,vfat, Live 0x0000000000000000 (OE)
 * All spans borrow from the line.
 */
struct tn_procmod {
        struct span name;
        uint64_t size;  /* bytes */
        int64_t refcnt; /* -1 when the kernel cannot unload ('-') or is unloading it, or the line ends early */
        struct span holders; /* "msdos,vfat,", or empty for '-' and "[permanent]," alone */
        struct span state;   /* Live, Loading, Unloading; empty when the line ends early */
};

/* Returns 0, or -EINVAL when there is no name or no size, or one of the numbers is none. */
int tn_procmod_parse(struct span line, struct tn_procmod *ret_mod);

/* Takes the next line off the text of /proc/modules; lines that are none are passed over. False at the end. */
bool tn_procmod_next(struct span *text, struct tn_procmod *ret_mod);

/* The line of a module in the text of /proc/modules. False when it has none. */
bool tn_procmod_find(struct span text, struct span name, struct tn_procmod *ret_mod);

/*
 * The letters of what the module taints the kernel with (format/taint.h), behind the address: "OE", or nothing. mod borrows
 * from text, which ends where its line does or later.
 */
struct span tn_procmod_taints(const struct tn_procmod *mod, struct span text);

/* Takes the next holder off the front of *holders; false when there is none. "[permanent]" is none. */
bool tn_procmod_holder(struct span *holders, struct span *ret_name);

#endif
