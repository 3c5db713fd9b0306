/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_CPIO_H
#define TN_FORMAT_CPIO_H

#include <stdbool.h>
#include <stdint.h>

#include "util/span.h"
#include "util/window.h"

/*
 * An archive as the kernel unpacks it (driver-api/early-userspace/buffer-format of the kernel's documentation): cpio's
 * formats "newc" and "crc". Each entry is a header of 110 bytes, a name, and contents; name and contents are padded to
 * four bytes, counted from the header. An entry of the name TRAILER!!! ends it.
 */
#define TN_CPIO_HEADER   110

/* The kernel passes over an entry with a longer name, its NUL included. */
#define TN_CPIO_NAME_MAX 4096

/* Whether the bytes start as an archive does. */
bool tn_cpio_starts(struct span bytes);

struct tn_cpio_entry {
        struct span name; /* as written; empty when it has none, or a longer one than the kernel takes */
        uint32_t mode;    /* as in st_mode */
        uint32_t nlink;
        uint32_t ino, major,
                minor; /* entries with more than one link share contents: one of them has these */
        uint32_t size; /* of the contents in bytes; of a symbolic link, of its target */
        uint64_t at;   /* where the contents are */
        bool is_trailer;
};

/* A walk of entries. Set the window, and at to the first header; all else zero. */
struct tn_cpio {
        struct tn_window *window;
        uint64_t at; /* of the next header; after a trailer, where its archive ends */
        uint64_t
                end; /* of the last contents, before their padding; they are checked to be there when the walk goes on */
};

/*
 * The next entry. Its name is borrowed until the window is used again; the contents are there to be looked at until the
 * next call. Returns 1; 0 at the end of all bytes; -EINVAL when the archive is cut or the bytes are no header; -errno from
 * the window.
 */
int tn_cpio_next(struct tn_cpio *cpio, struct tn_cpio_entry *ret_entry);

#endif
