/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_INFLATE_H
#define TN_FORMAT_INFLATE_H

#include <stdint.h>

#include "util/span.h"

/*
 * The deflate format (RFC 1951), decompressed in a window of fixed size. It is for modules that are too large to be held:
 * libdeflate, which decompresses all others, wants room for the whole at once, and another library would be one more
 * to be installed. Tables of all 15 bits make it simple, and it is a third as quick.
 */
struct tn_inflate;

struct tn_inflate_io {
        int (*pull)(void *data, struct span *ret_piece); /* input; empty at its end. Returns 0 or -errno */
        int (*push)(void *data, struct span piece);      /* output. Returns 0, or what ends the work */
        void *data;
};

/* NULL without memory. */
struct tn_inflate *tn_inflate_new(const struct tn_inflate_io *io);
void tn_inflate_free(struct tn_inflate *inflate);
void tn_inflate_freep(struct tn_inflate **inflate);

/* A stream of blocks, up to the byte behind its last. Returns 0, -EINVAL, or what pull or push returned. */
int tn_inflate_run(struct tn_inflate *inflate);

/* The next byte of the input between streams. Returns 1; 0 at the end; what pull returned. */
int tn_inflate_byte(struct tn_inflate *inflate, uint8_t *ret_byte);

#endif
