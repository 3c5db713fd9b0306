/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_FIRMWARE_PLACE_H
#define TN_CORE_FIRMWARE_PLACE_H

#include <stddef.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * Where a kernel looks for a file of firmware: each call appends the next path below root, without a suffix for plain files
 * first, and returns true; false when there are no more. *at is 0 at first.
 */
bool tn_firmware_place_next(size_t *at, struct span root, const char *release, struct span name,
                            struct tn_buf *path);

#endif
