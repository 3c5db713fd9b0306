/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_WALK_H
#define TN_DEPMOD_WALK_H

#include "depmod/priority.h"
#include "util/log.h"
#include "util/span.h"

/* A regular file whose name is a module's. The path is relative to the root, NUL-terminated, and borrowed. */
typedef int tn_walk_fn(void *data, struct span path);

/*
 * Goes through a directory, dirfd, which messages call dir, and all below it, symbolic links followed, names that
 * are excluded passed over. Each directory is walked once: under its real path if that lies within, else under
 * that of the first link to it; so a loop of links ends. What cannot be read is logged, and passed over if the fault
 * is its own (tn_file_is_fault). Entries are taken in the order of their names. A non-zero return of fn stops and is
 * returned. Returns 0 or -errno.
 */
int tn_walk(int dirfd, const char *dir, const struct tn_priority *priority, struct tn_log *log,
            tn_walk_fn *fn, void *data);

#endif
