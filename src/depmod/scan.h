/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_SCAN_H
#define TN_DEPMOD_SCAN_H

#include "core/claims.h"
#include "depmod/module.h"
#include "util/dir.h"

/* Where modules are. */
struct tn_scan_from {
        const struct tn_dir *dir;     /* the module directory */
        const struct tn_inroot *root; /* what external directories are in; NULL: the running system */
        const char *const *files;     /* named by the user; NULL-terminated, or NULL for none */
        const struct tn_priority *priority;
        void (*unread)(void *data,
                       const char *path); /* what cannot be read, after that is logged; may be NULL */
        /* All that was found, before it is handed over; may be NULL. Then what is beaten is kept. */
        void (*claimed)(void *data, const struct tn_priority *priority, const struct tn_claims *claims);
        void *data;
};

/*
 * Collects the modules below a module directory, and below the external ones: one file for each name, as priorities
 * have it. Files that are named are taken in any case, and rather than others; those outside the module directory
 * under their absolute path. A file has the best of its names, whatever links to directories they go through; of names
 * that are as good, the one with the fewest such links, then the first in byte order. What cannot be read is logged, and passed over if the fault is its own. The result does not
 * depend on the order in which directories list their entries. Only name and path of the modules are filled in.
 *
 * Returns 0; after it was logged, -E2BIG when there are more than TN_DEPMOD_MODULES_MAX, or what is wrong with a file
 * that is named; -errno.
 */
int tn_scan(const struct tn_scan_from *from, struct tn_log *log, struct tn_depmod_modules *ret_modules);

#endif
