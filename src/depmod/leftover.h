/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_LEFTOVER_H
#define TN_DEPMOD_LEFTOVER_H

#include <stdbool.h>

#include "util/log.h"

/*
 * Removes what has one of depmod's hidden names in a directory, whatever it is: a file, a link (not what it leads to),
 * a FIFO, an empty directory. It is never opened. Returns 0, also when there was nothing, or -errno.
 */
int tn_leftover_remove(int dirfd, const char *name);

/*
 * Whether what tn_leftover_remove() returned says that the thing itself stands in the way: it is a directory with
 * files in it, a mount point, immutable. Otherwise the machine failed.
 */
bool tn_leftover_is_in_the_way(int r);

/* Logs that the thing stands in the way: r says why, dir is what messages call the directory. */
void tn_leftover_report(const char *dir, const char *name, int r, struct tn_log *log);

#endif
