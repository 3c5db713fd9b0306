/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_PACKED_END_H
#define TN_FORMAT_PACKED_END_H

#include "util/window.h"

/* What tn_packed_end() asks of each format whose sizes tell; the same errors. */
int tn_packed_end_xz(struct tn_window *window, uint64_t at, uint64_t *ret_end);
int tn_packed_end_lzma(struct tn_window *window, uint64_t at, uint64_t *ret_end);
int tn_packed_end_lz4(struct tn_window *window, uint64_t at, uint64_t *ret_end);
int tn_packed_end_zstd(struct tn_window *window, uint64_t at, uint64_t *ret_end);

#endif
