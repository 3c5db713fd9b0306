/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODLAYOUT_H
#define TN_FORMAT_MODLAYOUT_H

#include <stdint.h>

#include "format/elf.h"

/* What a module will be in the kernel's memory. */
struct tn_modlayout {
        uint64_t module_struct; /* bytes of its struct module, .gnu.linkonce.this_module; 0: it has none */
        uint64_t memory;        /* bytes of all sections that the kernel loads; UINT64_MAX: more than that */
        uint64_t parameters;    /* how many it has: records of __param (struct kernel_param of the kernel) */
};

/* Of the whole module: a section that does not lie within the file counts for the memory alone. */
struct tn_modlayout tn_modlayout_read(const struct tn_elf *elf);

#endif
