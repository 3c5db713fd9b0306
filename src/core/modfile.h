/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_MODFILE_H
#define TN_CORE_MODFILE_H

#include <stdbool.h>

#include "core/modroom.h"
#include "format/codec.h"
#include "format/elfsift.h"
#include "util/buf.h"
#include "util/span.h"

/* The most bytes that a module may have, decompressed: TN_BOUND_MODULE, or a quarter of the machine's memory. */
size_t tn_modfile_max(void);

/* The largest of Debian's stripped modules has 29 MB. */
#define TN_MODFILE_WHOLE ((size_t)32 << 20)

/* A module file, opened; its contents are read, and decompressed, when asked for. With fd -1 it is closed. */
struct tn_modfile {
        int fd;
        const struct tn_codec *codec; /* NULL: not compressed */
        struct tn_buf raw;            /* the file's, while they are read */
        struct tn_buf bytes;          /* the module's, once all were read */
        struct tn_buf image;          /* what tn_modfile_parts() made of a large one */
        bool loaded;
        struct tn_modroom *room; /* borrowed; NULL: none */
};

/* Opens; path as for tn_file_open(). Returns 0 or -errno; -EISDIR for a directory, -EINVAL for what is no regular file. */
int tn_modfile_open(int dirfd, const char *path, struct tn_modfile *ret_file);

/* The same for a regular file that is open already: fd is taken over, also when this fails. Returns 0 or -errno. */
int tn_modfile_take(int fd, struct tn_modfile *ret_file);

/* Lets the file, of which nothing was read yet, use a room's memory until it is closed. */
void tn_modfile_use(struct tn_modfile *file, struct tn_modroom *room);

/*
 * Reads what a descriptor gives until its end, a pipe for instance, and decompresses it; fd stays the caller's. What
 * comes out is a file that is closed and whose bytes are there. Returns 0, or what tn_modfile_bytes returns.
 */
int tn_modfile_drain(int fd, struct tn_modfile *ret_file);

/*
 * The module's ELF bytes, borrowed until close. They are a copy: whatever happens to the file, they stay. Returns 0,
 * -EFBIG when there are more than tn_modfile_max(), what the codec returned, or -errno.
 */
int tn_modfile_bytes(struct tn_modfile *file, struct span *ret_bytes);

/*
 * An ELF object that has the sections that are wanted, borrowed until close: the module's own bytes when these are up to
 * TN_MODFILE_WHOLE or were read before, else what tn_elfsift() makes of the file, which is decompressed several times
 * and never held. Returns what tn_modfile_bytes() and tn_elfsift() do.
 */
int tn_modfile_parts(struct tn_modfile *file, const struct tn_elfsift_want *want, struct span *ret_bytes,
                     struct tn_elfsift_excess *ret_excess);

void tn_modfile_close(struct tn_modfile *file);

#endif
