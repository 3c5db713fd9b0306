/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_MODFILE_H
#define TN_CORE_MODFILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/modroom.h"
#include "format/codec.h"
#include "format/elfsift.h"
#include "util/buf.h"
#include "util/span.h"

/* The most bytes that a module may have, decompressed: TN_BOUND_MODULE, or a quarter of the machine's memory. */
size_t tn_modfile_max(void);

/* The largest of Debian's stripped modules has 29 MB. */
#define TN_MODFILE_WHOLE ((size_t)32 << 20)

/* A file that is not larger is read at once; two out of three of Debian's modules are. */
#define TN_MODFILE_SMALL ((size_t)64 << 10)

/* A module file, opened; its contents are read, and decompressed, when asked for. With fd -1 it is closed. */
struct tn_modfile {
        int fd;
        const struct tn_codec *codec; /* NULL: not compressed */
        uint64_t size;                /* of the file; 0: it was not begun to be read */
        struct tn_buf raw;   /* the file's bytes, from the first on, until they are of no further use */
        struct tn_buf bytes; /* the module's, once all were read */
        struct tn_buf image; /* what tn_modfile_parts() made of a large one */
        bool loaded;
        struct tn_modroom *room; /* borrowed; NULL: none */
};

/* Opens; path as for tn_file_open(). Returns 0 or -errno; -EISDIR for a directory, -EINVAL for what is no regular file. */
int tn_modfile_open(int dirfd, const char *path, struct tn_modfile *ret_file);

/* The same for a regular file that is open already: fd is taken over, also when this fails. Returns 0 or -errno. */
int tn_modfile_take(int fd, struct tn_modfile *ret_file);

/* The same, in a room that is used for one file after another; size is what fstat(2) has said of it. */
int tn_modfile_take_in(struct tn_modroom *room, int fd, off_t size, struct tn_modfile *ret_file);

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
 * An ELF object that has the sections that are wanted, borrowed until close: the module's own bytes when these are few,
 * must be decompressed, or were read before, else what tn_elfsift() makes of the file. One that has more than
 * TN_MODFILE_WHOLE bytes decompressed is decompressed several times and never held. Returns what tn_modfile_bytes() and
 * tn_elfsift() do.
 */
int tn_modfile_parts(struct tn_modfile *file, const struct tn_elfsift_want *want, struct span *ret_bytes,
                     struct tn_elfsift_excess *ret_excess);

/*
 * Within this layer. Reads the first bytes, unless the file has none or was read; makes all of the module's bytes be
 * there, -EFBIG when it has more than TN_MODFILE_WHOLE; what tn_modfile_max() is for this file.
 */
int tn_modfile_begin(struct tn_modfile *file);
int tn_modfile_whole(struct tn_modfile *file);
size_t tn_modfile_limit(const struct tn_modfile *file);

void tn_modfile_close(struct tn_modfile *file);

#endif
