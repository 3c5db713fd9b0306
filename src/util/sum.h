/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_SUM_H
#define TN_UTIL_SUM_H

#include <stdint.h>

#include "util/span.h"

/*
 * A quick checksum of bytes, the same on every machine: it tells a whole file from a cut or damaged one. Any change of up
 * to eight bytes that lie at a multiple of eight changes it. It is no proof of who wrote the bytes. Different seeds make
 * sums that have nothing to do with each other.
 */
uint64_t tn_sum(struct span bytes, uint64_t seed);

#endif
