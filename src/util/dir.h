/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_DIR_H
#define TN_UTIL_DIR_H

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "util/inroot.h"

/*
 * A directory whose files are opened by name: all readers open what is in a module directory through this, whether or
 * not a root was given. A relative name is below the directory, an absolute one is the root's, or the system's without
 * a root. Plain data; every field is borrowed.
 *
 * Without a root, names are opened by libc's open() and openat(), as it is: programs that step in at libc's functions
 * see absolute paths. With one, no link, "..", or name leads out of the root, and links are resolved inside it.
 */
struct tn_dir {
        const char *path; /* as messages name the directory; NULL: the working directory */
        int fd; /* where relative names start; AT_FDCWD: they are put behind path. Not used in a root */
        const struct tn_inroot *root; /* NULL: none */
        const char *inside;           /* the path of the directory inside the root: what path ends in */
};

/* Names are as a user gives them: relative to the working directory, or absolute. */
#define TN_DIR_HERE ((const struct tn_dir){ .fd = AT_FDCWD })

/* The directory of that path on the running system. */
static inline struct tn_dir tn_dir_at(const char *path)
{
        return (struct tn_dir){ .path = path, .fd = AT_FDCWD };
}

/* Opens, O_CLOEXEC and read-only unless flags say otherwise. Returns the descriptor or -errno. */
int tn_dir_open(const struct tn_dir *dir, const char *name, int flags);

/*
 * Makes a directory's descriptor a stream, to be closed with closedir(3). fd is taken over, also when this fails; it may
 * be the failure of opening it, which is returned. Returns 0 or -errno.
 */
int tn_dir_stream_take(int fd, DIR **ret_stream);

/*
 * Opens what must be a regular file: a directory is -EISDIR, anything else -EINVAL. A FIFO is not waited for, and a
 * device is not opened, which may be to use it. Who has a lease on the file (fcntl(2), F_SETLEASE) gets a second to let
 * go; after that it is -EAGAIN. Returns the descriptor or -errno.
 */
int tn_dir_open_regular(const struct tn_dir *dir, const char *name);

/* The same, and what the open file is. */
int tn_dir_open_known(const struct tn_dir *dir, const char *name, struct stat *ret_st);

/*
 * The same for a file that was seen to be a regular one before, by a walk for instance: it is not looked at again before
 * it is opened. Who may put a device in its place since has that device opened, and no more. What was opened is in ret_st.
 */
int tn_dir_open_seen(const struct tn_dir *dir, const char *name, struct stat *ret_st);

/*
 * What a name is, links followed. A dangling link is -ENOENT; in a root, a link to /dev/null is that device even if the
 * root has none. Returns 0 or -errno.
 */
int tn_dir_stat(const struct tn_dir *dir, const char *name, struct stat *ret_st);

/* Why a file could not be opened or read, from what these functions returned; as strerror(3). */
const char *tn_dir_strerror(int r);

/* Whether it is /dev/null, which in the place of a file stands for an empty one. */
bool tn_dir_is_null(const struct stat *st);

/*
 * Appends what is in a regular file, or nothing for /dev/null. Returns 0; -EFBIG past max bytes; or -errno as
 * tn_dir_open_regular(). What was read before a failure stays in buf.
 */
int tn_dir_read(const struct tn_dir *dir, const char *name, size_t max, struct tn_buf *buf);

#endif
