/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_MKCPIO_H
#define TN_TESTS_MKCPIO_H

#include <stdint.h>

#include "util/buf.h"

/* Appends entries of an archive, as the kernel unpacks it. */
struct mkcpio {
        const char *name;
        struct span contents;
        uint32_t mode;  /* 0: a regular file */
        uint32_t nlink; /* 0: one */
        uint32_t ino;
};

void mkcpio_add(struct tn_buf *out, const struct mkcpio *entry);

/* A regular file. */
void mkcpio_file(struct tn_buf *out, const char *name, const char *contents);

/* What ends the archive. */
void mkcpio_end(struct tn_buf *out);

/* Appends bytes as a frame of Zstandard, not compressed. */
void mkcpio_zstd(struct tn_buf *out, struct span bytes);

/* A new file of these bytes that is in no directory. */
int mkcpio_open(struct span bytes);

#endif
