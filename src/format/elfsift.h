/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_ELFSIFT_H
#define TN_FORMAT_ELFSIFT_H

#include <stdint.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * Some sections of an ELF file, without having all of it in memory. What comes out is an ELF object itself: the header,
 * the whole section header table, and the contents of the sections that are wanted; all others are empty.
 */

/* Bytes of the file that are read in one go with others. */
struct tn_elfsift_piece {
        uint64_t at;
        size_t len;
        char *to;
        size_t got; /* how many were there */
};

/* Where the bytes come from: a file, or one that is decompressed anew each time that it is read. */
struct tn_elfsift_source {
        /*
         * Reads the pieces, which are in any order and may overlap, each as far as the file goes. When ret_size is not
         * NULL, the file is read to its end, and its size is told. Returns 0 or -errno.
         */
        int (*read)(void *data, struct tn_elfsift_piece *pieces, size_t n, uint64_t *ret_size);
        void *data;
};

struct tn_elfsift_want {
        const struct span *prefixes; /* of the names of sections */
        size_t n;
        size_t max; /* bytes of one section; of all together there may be four times as many */
};

/* The first section that is wanted and too large; it is empty in the image. */
struct tn_elfsift_excess {
        char name[32]; /* its beginning; "" when there is none */
        uint64_t size;
};

/* Memory for one file after another. Zero-initialised is empty. */
struct tn_elfsift_room {
        struct tn_buf table;
        struct tn_buf names;
};

void tn_elfsift_room_fini(struct tn_elfsift_room *room);

/*
 * Appends the image to an empty buffer. To be read as tn_elf_parse() has it; what does not lie within the file, does
 * not lie within the image. Returns 0; -ENOEXEC and -EINVAL as tn_elf_parse(); -ENOMEM; what the source returned.
 */
int tn_elfsift(const struct tn_elfsift_source *source, const struct tn_elfsift_want *want,
               struct tn_elfsift_room *room, struct tn_buf *image, struct tn_elfsift_excess *ret_excess);

#endif
