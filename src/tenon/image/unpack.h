/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_UNPACK_H
#define TN_TENON_IMAGE_UNPACK_H

#include <stdint.h>
#include <sys/types.h>

#include "format/packed.h"

/*
 * What comes out of compressed bytes of a file, by libarchive. It is opened when first needed: with it come libxml2 and
 * libicu, and a program that is linked with them starts three times slower. Only one format is tried, the one that is
 * named, and once. No program is run, as libarchive would for formats that it was built without: lzop in Debian.
 */
struct tn_unpack;

/* The package of Debian that has the library. */
#define TN_UNPACK_PACKAGE "libarchive13"

/*
 * Size bytes of fd at offset; fd stays the caller's, and open until close. No more than max bytes may come out. Returns 0;
 * -ENOSYS when there is no libarchive; -EOPNOTSUPP when it lacks the format; -ENOMEM. The bytes are looked at when they are read.
 */
struct tn_unpack_part {
        enum tn_packed packed;
        int fd;
        uint64_t offset, size;
        uint64_t max;
};
int tn_unpack_open(const struct tn_unpack_part *part, struct tn_unpack **ret_unpack);

/*
 * As struct tn_window has it; data is the tn_unpack. Returns -EINVAL when the bytes are malformed or cut, -EFBIG past max,
 * -ENOMEM, or what reading the file returned.
 */
ssize_t tn_unpack_read(void *data, uint64_t at, char *to, size_t len);

/*
 * How many of the compressed bytes were used, once all that comes out was read: what is behind them belongs to somebody
 * else. 0 where that is not known. Gzip and bzip2 may have several parts, which count as one.
 */
uint64_t tn_unpack_used(const struct tn_unpack *unpack);

/* How many bytes came out so far. */
uint64_t tn_unpack_made(const struct tn_unpack *unpack);

/* How many of the compressed bytes were read so far, to show how far it is. */
uint64_t tn_unpack_taken(const struct tn_unpack *unpack);

void tn_unpack_close(struct tn_unpack *unpack);
void tn_unpack_closep(struct tn_unpack **unpack);

#endif
