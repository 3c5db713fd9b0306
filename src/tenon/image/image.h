/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_IMAGE_H
#define TN_TENON_IMAGE_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "format/initramfs.h"
#include "tenon/image/path.h"
#include "util/buf.h"

/*
 * What is read of an image at most; it may be anybody's. Each is far above what real images have.
 *
 *   SEGMENTS  archives, compressed archives and runs of zeros in it. Real: below 10
 *   UNPACKED  bytes that come out of its compressed segments. Real: below 1 GB
 *   FILE      bytes of a module or an index in it. Real: 30 MB, with debug information some hundreds
 *   CONFIG    bytes of a file of configuration. Real: below 100 kB
 */
#define TN_IMAGE_SEGMENTS 1024
#define TN_IMAGE_UNPACKED ((uint64_t)8 << 30)
#define TN_IMAGE_FILE     ((uint64_t)1 << 30)
#define TN_IMAGE_CONFIG   ((uint64_t)16 << 20)

/*
 * Files with the same numbers are one file with several names. Only one of these entries has the contents, mostly the last;
 * the size of the others is 0.
 */
struct tn_image_shared {
        uint32_t archive; /* in the image, from 1; 0: the file has no other name */
        uint32_t ino, major, minor;
};

/* A file, or a symbolic link, whose contents are its target. A file that comes again replaces the one before. */
struct tn_image_entry {
        struct tn_image_path path; /* borrowed for the call */
        uint64_t size;             /* of the contents, in bytes */
        bool is_link;
        struct tn_image_shared shared;
};

/* The contents of an entry while the reader is called for it. */
struct tn_image_contents {
        struct tn_window *window;
        uint64_t at, end;
};

/* The next piece, borrowed until the next call. Returns 1, 0 at the end, -EINVAL when it is cut, or -errno. */
int tn_image_contents_next(struct tn_image_contents *contents, struct span *ret_piece);

/* Appends all that is left. Returns 0, or the same errors, or -ENOMEM. */
int tn_image_contents_read(struct tn_image_contents *contents, struct tn_buf *out);

struct tn_image_reader {
        /*
         * Called for each file that tn_image_path_parse() knows, in the order of the image; contents that are not taken are
         * passed over. Returns 0, 1 for enough, or -errno.
         */
        int (*entry)(void *data, const struct tn_image_entry *entry, struct tn_image_contents *contents);
        void *data;

        /* Called before each entry, with the bytes of the file that were read, and all that it has; may be NULL. */
        void (*read)(void *data, uint64_t done, uint64_t size);
        void *read_data;
};

/* How far it went. */
struct tn_image_progress {
        struct tn_initramfs_segment
                segment;     /* the last, in which a failure was; from the start of the image */
        uint64_t offset;     /* where the image starts in the file */
        unsigned n_segments; /* zeros are none */
        uint64_t n_entries;  /* of all archives */
        unsigned n_left;     /* files that were left out: they are larger than the bounds */
};

/*
 * Reads the image in fd, which is a regular file that stays the caller's, from its start to its end. It may be a unified
 * kernel image, too, which has one in a section. *ret_progress is always set. Returns
 *
 *   0            all of it was read
 *   1            the reader had enough
 *   -ENOEXEC     it hardly is an image: there is no entry at all
 *   -EINVAL      it is malformed or cut; what comes before was read, and the kernel unpacks as much. Or no regular file
 *   -ENOSYS      the segment is compressed, and there is no library for that (TN_UNPACK_PACKAGE)
 *   -EOPNOTSUPP  the library there was built without that compression (tn_packed_name())
 *   -EFBIG       it is past the bounds
 *
 * or what the reader returned, -ENOMEM, -errno.
 */
int tn_image_read(int fd, const struct tn_image_reader *reader, struct tn_image_progress *ret_progress);

#endif
