/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_HASH_H
#define TN_DEPMOD_HASH_H

#include <stdint.h>

#include "util/span.h"

/*
 * Paul Hsieh's "SuperFastHash" of the bytes, seeded with their number. The order of modules and of symbols in the
 * files of a module directory is that of a table of so many buckets filled by this hash, each bucket in the order
 * of strcmp; it is part of the format, because the place of a module is the priority of its aliases.
 */
uint32_t tn_hash(struct span key);

#define TN_HASH_MODULES 512u  /* buckets for modules, by name */
#define TN_HASH_SYMBOLS 2048u /* buckets for symbols, by name without "symbol:" */

#endif
