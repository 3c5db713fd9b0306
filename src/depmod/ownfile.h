/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_OWNFILE_H
#define TN_DEPMOD_OWNFILE_H

#include <stdbool.h>
#include <sys/stat.h>

/*
 * Files that depmod makes and finds in the directory where it writes. None is reached through a link, none is waited
 * for. All functions return -errno on failure.
 */

/*
 * Opens a regular file for reading. Returns the descriptor. -ENOENT also stands for what is no regular file, or cannot
 * be read: it will be replaced, or will fail to be.
 */
int tn_ownfile_open(int dirfd, const char *name, struct stat *ret_st);

/* Makes a file that is not there, for writing, of that mode less the umask. Returns the descriptor. */
int tn_ownfile_create(int dirfd, const char *name, mode_t mode);

/* Has the disk begin with what was written, and does not wait for it. */
void tn_ownfile_begin_sync(int fd);

/* Brings what was written to disk, and closes. The descriptor is gone whatever is returned: 0 or -errno. */
int tn_ownfile_settle(int *fd);

/*
 * Makes another file with the same contents and, as far as this user can give it, owner, mode and times; it is on disk
 * then. For file systems without hard links, and files of somebody else. ret_is_there is true as soon as there is
 * something to be removed, also on failure. Returns 0 or -errno.
 */
int tn_ownfile_copy(int dirfd, const char *from, const char *to, bool *ret_is_there);

/* Brings the names in a directory to disk. Returns 0, also where the file system cannot do that, or -errno. */
int tn_ownfile_sync_dir(int dirfd);

#endif
