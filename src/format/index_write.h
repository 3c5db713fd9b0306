/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_INDEX_WRITE_H
#define TN_FORMAT_INDEX_WRITE_H

#include <stdint.h>

#include "util/buf.h"
#include "util/span.h"

/* Collects keys and values and lays them out as a binary index (docs/index-format.md). */
struct tn_index_writer;

/* NULL without memory. */
struct tn_index_writer *tn_index_writer_new(void);
void tn_index_writer_free(struct tn_index_writer *writer);
void tn_index_writer_freep(struct tn_index_writer **writer);

/*
 * Adds a value of key. Both are copied. Values of one key end up by ascending priority, among equal ones the one
 * added later first; the same value twice is kept twice. Returns 0; -E2BIG when the key has more than 65535 bytes,
 * -EILSEQ when a byte of key or value is not 7-bit ASCII, or is NUL (then nothing is added); -ENOMEM.
 */
int tn_index_writer_add(struct tn_index_writer *writer, struct span key, struct span value,
                        uint32_t priority);

/*
 * Appends the whole index, nodes in pre-order. Returns 0; -EFBIG past the format's 256 MiB; -ENOMEM. The writer
 * stays as it is.
 */
int tn_index_writer_emit(const struct tn_index_writer *writer, struct tn_buf *out);

#endif
