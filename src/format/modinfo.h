/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODINFO_H
#define TN_FORMAT_MODINFO_H

#include <stdbool.h>

#include "format/elf.h"
#include "util/span.h"

/* One entry of a module's .modinfo section (include/linux/moduleparam.h): "key=value", NUL-terminated. */
struct tn_modinfo {
        struct span key;   /* the whole when there is no '=' */
        struct span value; /* what follows the first '=' */
};

/* The section's bytes. Returns 0 or -ENODATA. */
int tn_modinfo_section(const struct tn_elf *elf, struct span *ret_bytes);

/* Takes the next entry off the front; padding NULs are passed over, the last may lack its NUL. False at the end. */
bool tn_modinfo_next(struct span *bytes, struct tn_modinfo *ret_info);

#endif
