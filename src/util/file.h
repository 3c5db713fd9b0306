/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_FILE_H
#define TN_UTIL_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "util/buf.h"
#include "util/span.h"

struct stat;

/*
 * Whether a failure to look at a file lies in the file: it is missing, forbidden, leased to somebody who does not let
 * go (-EAGAIN), or no such thing as it should be.
 * Otherwise the machine failed (no memory, no descriptors, a bad disk), and nothing is known of the file: who goes on
 * without it may lose what is there. Takes -errno.
 */
bool tn_file_is_fault(int r);

/* A whole file in memory, mapped. Zero-initialised is an empty file. */
struct tn_file {
        const char *ptr; /* never NULL when len is not 0 */
        size_t len;
};

/*
 * Opens path, O_CLOEXEC besides the flags: relative to dirfd (a directory descriptor or AT_FDCWD), or, when absolute,
 * by libc's open(). Returns the descriptor or -errno.
 */
int tn_file_open(int dirfd, const char *path, int flags);

/*
 * Maps the regular file behind fd, from its start; fd stays the caller's. What the file system later does to the
 * file shows through, so nothing may be assumed twice of a file that others write. Returns 0, -EINVAL when it is
 * no regular file, or -errno.
 */
int tn_file_map(int fd, struct tn_file *ret_file);

/* The same of a file of which it is known what it is. */
int tn_file_map_known(int fd, const struct stat *st, struct tn_file *ret_file);

void tn_file_unmap(struct tn_file *file);

static inline struct span tn_file_span(const struct tn_file *file)
{
        return (struct span){ file->ptr, file->len };
}

/*
 * Appends all that can be read from fd, whatever its size or kind (proc files, pipes). Returns 0, -EFBIG past
 * max bytes, or -errno; what was read before a failure stays in buf. Of a regular file that is larger nothing is read.
 */
int tn_file_read(int fd, size_t max, struct tn_buf *buf);

/* The same of a file of which it is known what it is. */
int tn_file_read_known(int fd, const struct stat *st, size_t max, struct tn_buf *buf);

/* Reads len bytes at an offset, fewer only where the file ends. Returns how many, or -errno. */
ssize_t tn_file_pread(int fd, char *to, size_t len, uint64_t at);

/*
 * Opens for reading and reads a file of /proc or /sys that is one line, which the kernel gives whole: a newline at its end
 * is the end of the file. Returns as tn_file_read().
 */
int tn_file_read_line_at(int dirfd, const char *path, size_t max, struct tn_buf *buf);

/* Opens for reading and reads in one. */
int tn_file_read_at(int dirfd, const char *path, size_t max, struct tn_buf *buf);

/*
 * Appends a path, after the working directory when it is relative; nothing for NULL or "". The working directory is as
 * $PWD names it, links and all, if that is right. Returns 0 or -errno.
 */
int tn_file_absolute(const char *path, struct tn_buf *absolute);

/* Writes all bytes, going on after short writes and interruptions. Returns 0 or -errno. */
int tn_file_write(int fd, struct span bytes);

#endif
