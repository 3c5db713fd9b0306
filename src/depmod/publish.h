/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_PUBLISH_H
#define TN_DEPMOD_PUBLISH_H

#include "depmod/emit.h"

/*
 * Keeps other runs out of a directory for as long as dirfd is open, waiting for one that is at work, and takes away
 * what killed runs left there. Where locks are not supported there is none. Returns 0 or -errno.
 */
int tn_publish_lock(int dirfd, const char *dir, struct tn_log *log);

/*
 * Makes all files and puts them into a directory, outfd, which messages call dir: all of them or none. Returns 0, or
 * -errno after the reason was logged.
 */
int tn_publish_files(const struct tn_depmod *depmod, int outfd, const char *dir);

/* Writes the text files to fd, one after another. Returns 0, or -errno after the reason was logged. */
int tn_publish_show(const struct tn_depmod *depmod, int fd);

#endif
