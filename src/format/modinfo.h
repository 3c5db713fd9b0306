/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODINFO_H
#define TN_FORMAT_MODINFO_H

#include <stdbool.h>

#include "util/arena.h"
#include "util/span.h"
#include "util/vec.h"

struct tn_elf;

/* One entry of a module's .modinfo section (include/linux/moduleparam.h): "key=value", NUL-terminated. */
struct tn_modinfo {
        struct span key;   /* the whole when there is no '=' */
        struct span value; /* what follows the first '=' */
};

/* A growing list of them. Zero-initialised is empty. */
struct tn_modinfos {
        TN_VEC_FIELDS(struct tn_modinfo);
};

void tn_modinfos_fini(struct tn_modinfos *infos);

/* The section's bytes. Returns 0 or -ENODATA. */
int tn_modinfo_section(const struct tn_elf *elf, struct span *ret_bytes);

/* Takes the next entry off the front; padding NULs are passed over, the last may lack its NUL. False at the end. */
bool tn_modinfo_next(struct span *bytes, struct tn_modinfo *ret_info);

/* Against hostile files: the most that one of Debian's modules has are 1,607. */
#define TN_MODINFO_ENTRIES_MAX 1000000

/* Appends all entries of a section's bytes, which are borrowed. Returns 0; -EFBIG when there are more; -ENOMEM. */
int tn_modinfo_list(struct span bytes, struct tn_modinfos *infos);

/*
 * Appends all entries of a section's bytes, copied to the arena, keys and values NUL-terminated. Returns 0; -EFBIG when
 * there are more than that; -ENOMEM.
 */
int tn_modinfo_copy(struct span bytes, struct tn_arena *arena, struct tn_modinfos *infos);

#endif
