/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_NEWFILE_H
#define TN_UTIL_NEWFILE_H

#include <sys/types.h>

#include "util/span.h"

/*
 * Makes a directory and all above it that are not there, mode 0755 less the umask. Returns 0, also when it is there, or
 * -errno.
 */
int tn_newfile_make_dirs(const char *dir);

/* What a new file gets that is made with that mode: less the umask. */
mode_t tn_newfile_mode(mode_t mode);

/*
 * Gives path these bytes: a file that is there keeps its mode, a new one gets 0666 less the umask. What reads the path
 * finds the old bytes or the new ones, all of them; a failure leaves the old. That cannot be had for what is no
 * regular file, a link (also /proc/self/fd/1), a pipe, a device: it is opened and written. Nothing is synced. Returns
 * 0 or -errno.
 */
int tn_newfile_write(const char *path, struct span bytes);

#endif
