/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_SCAN_H
#define TN_DEPMOD_SCAN_H

#include "depmod/module.h"
#include "depmod/priority.h"

/*
 * Collects the modules below a module directory, dirfd, which messages call dir, and below the external ones: one
 * file for each name, as priorities have it. Directories are walked once each, whatever symbolic links lead to
 * them, under their real path if that lies within. What cannot be read is logged, and passed over if the fault is its own. The result does
 * not depend on the order in which directories list their entries. Only name and path of the modules are filled in.
 *
 * Returns 0; -E2BIG when there are more than TN_DEPMOD_MODULES_MAX; -errno.
 */
int tn_scan(int dirfd, const char *dir, const struct tn_priority *priority, struct tn_log *log,
            struct tn_depmod_modules *ret_modules);

#endif
