/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_INROOT_H
#define TN_UTIL_INROOT_H

#include <stdbool.h>

#include "util/buf.h"

/*
 * A directory that is looked at as if it were the root: whatever links and ".." it holds, nothing outside of it is
 * reached. Only for a root that the user has named. The running system's own is opened by name, so that programs that
 * step in at libc's functions see it.
 */
struct tn_inroot {
        const char *
                dir; /* as it was named, without slashes at its end: what stands before paths in it. Of "/", "" */
        char *own; /* the same */
        int fd;
        bool by_links; /* the kernel lacks openat2(): each link is read and resolved here */
};

/* Returns 0 or -errno. */
int tn_inroot_init(const char *dir, struct tn_inroot *ret_root);
void tn_inroot_fini(struct tn_inroot *root);

/*
 * Opens, O_CLOEXEC. What leads to /dev/null in there leads to the real one when there is none, as in images, which
 * have no devices. Returns the descriptor or -errno.
 */
int tn_inroot_open(const struct tn_inroot *root, const char *path, int flags);

/*
 * Appends where a path leads, without links, as an absolute path within the root. What is not there leads to where it
 * would be. The answer is as old as the question: to open safely, use tn_inroot_open(). Returns 0, -ELOOP, -errno.
 */
int tn_inroot_resolve(const struct tn_inroot *root, const char *path, struct tn_buf *resolved);

#endif
