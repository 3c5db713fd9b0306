/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_LOCK_H
#define TN_DEPMOD_LOCK_H

#include <stdbool.h>
#include <sys/stat.h>

#include "util/log.h"

/*
 * Keeps two runs of depmod out of one directory. What is locked, by flock(2), is a hidden file of mode 0600 that the
 * run makes and removes: a directory, or an index, can be opened and so be locked by everybody who can read it. Who
 * gets a lock looks whether the file still has its name, and starts again if not.
 *
 * A file that another user could have locked is waited for as well, but not for ever. Where there is no flock the file
 * alone is the lock.
 */
struct tn_lock {
        const char *name; /* NULL: not taken */
        int dirfd;        /* borrowed */
        int fd;
        struct stat st; /* of the file: its owner and group are those of a new file in the directory */
};

/*
 * Takes the lock of a directory, dirfd, which messages call dir; after a second of waiting that is logged. What has the
 * file's name and is no file is removed; where that fails another name is taken. Returns 0; -EEXIST when no name is
 * left; -EROFS, -EACCES, -EPERM, -ENOSPC, -EDQUOT when nothing can be made in the directory; another -errno. Only what
 * is in the way is logged.
 */
int tn_lock_take(struct tn_lock *lock, int dirfd, const char *dir, struct tn_log *log);

/* Removes the file, then lets others in; nothing when it is not taken. A signal handler may do it. Returns 0 or -errno. */
int tn_lock_drop(struct tn_lock *lock);

#endif
