/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_CACHEDIR_H
#define TN_DEPMOD_CACHEDIR_H

#include <stdbool.h>
#include <stdint.h>

#include "util/span.h"

/*
 * The directory that has the caches of all module directories, and the files in it. What is in a cache goes into the files
 * of depmod unseen, so that nobody but root and this user may be able to put something there.
 */

/* The name of the file for the module directory of a path. */
#define TN_CACHEDIR_NAME_SIZE 32
void tn_cachedir_name(struct span path, char ret_name[TN_CACHEDIR_NAME_SIZE]);

/*
 * Opens the directory of that absolute path. It and all above it must be directories of root or this user, reached
 * through no link, that nobody else may write to; above it there may also be some like /tmp, in which nobody can replace
 * what is another's. With make it is made if the one above is there. Returns the descriptor; -EPERM when somebody else
 * could write; -EINVAL for a path that is not absolute or has ".." in it; -errno.
 */
int tn_cachedir_open(const char *path, bool make);

/*
 * Opens a file in it for reading. It must be a regular file of this user's that nobody else may write to. Returns the
 * descriptor or -errno.
 */
int tn_cachedir_open_file(int dirfd, const char *name);

/* Gives a file these bytes: those that read it find the old ones or all the new ones. Nothing is synced. Returns 0 or -errno. */
int tn_cachedir_write(int dirfd, const char *name, struct span head, struct span records);

/* Removes the caches of module directories that are gone, and what is none. Failures do not matter. */
void tn_cachedir_tidy(int dirfd, const char *except);

#endif
