/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_MODFILE_H
#define TN_CORE_MODFILE_H

#include <stdbool.h>

#include "format/codec.h"
#include "util/buf.h"
#include "util/span.h"

/* A module file, opened; its contents are read, and decompressed, when asked for. With fd -1 it is closed. */
struct tn_modfile {
        int fd;
        const struct tn_codec *codec; /* NULL: not compressed */
        struct tn_buf bytes;          /* the module's, once tn_modfile_bytes was called */
        bool loaded;
};

/* Opens; path as for tn_file_open. Returns 0 or -errno; -EISDIR for a directory, -EINVAL for what is no regular file. */
int tn_modfile_open(int dirfd, const char *path, struct tn_modfile *ret_file);

/* The same for a regular file that is open already: fd is taken over, also when this fails. Returns 0 or -errno. */
int tn_modfile_take(int fd, struct tn_modfile *ret_file);

/*
 * Reads what a descriptor gives until its end, a pipe for instance, and decompresses it; fd stays the caller's. What
 * comes out is a file that is closed and whose bytes are there. Returns 0, or what tn_modfile_bytes returns.
 */
int tn_modfile_drain(int fd, struct tn_modfile *ret_file);

/*
 * The module's ELF bytes, borrowed until close. They are a copy: whatever happens to the file, they stay. Returns 0,
 * -EFBIG when there are more than TN_CODEC_MAX, what the codec returned, or -errno.
 */
int tn_modfile_bytes(struct tn_modfile *file, struct span *ret_bytes);

void tn_modfile_close(struct tn_modfile *file);

#endif
