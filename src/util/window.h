/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_WINDOW_H
#define TN_UTIL_WINDOW_H

#include <stdint.h>
#include <sys/types.h>

#include "util/span.h"

#define TN_WINDOW_SIZE ((size_t)16384)

/*
 * A view of a long run of bytes that is read from its start to its end: a file, or what comes out of a decompressor. Set
 * read and data; all else zero. It is large: not for the stack of a function that is called again and again.
 */
struct tn_window {
        /*
         * Copies up to len bytes from position at. Positions never go back behind bytes that were copied before. Returns
         * how many; fewer than len only at the end; or -errno.
         */
        ssize_t (*read)(void *data, uint64_t at, char *to, size_t len);
        void *data;

        uint64_t at; /* of the bytes that are held */
        size_t len;
        char bytes[TN_WINDOW_SIZE];
};

/*
 * The bytes at a position: len of them, or fewer at the end. len is at most TN_WINDOW_SIZE. The bytes are borrowed until
 * the next call. Positions must not go back. Returns 0, -EINVAL for a position that goes back too far or is larger than
 * any file, or what read returned.
 */
int tn_window_look(struct tn_window *window, uint64_t at, size_t len, struct span *ret_bytes);

#endif
