/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_UTF8_H
#define TN_UTIL_UTF8_H

#include <stdbool.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * UTF-8 as RFC 3629 has it: at most four bytes, no surrogates, no longer form than the shortest.
 */

/* The length in bytes of the character that the text begins with; 0 when it begins with none, or is empty. */
size_t tn_utf8_next(struct span text);

/* Whether all of it is UTF-8. */
bool tn_utf8_is_valid(struct span text);

/* Appends the text, with U+FFFD for each byte that is part of no character. Failures stick to the buffer. */
void tn_utf8_add(struct span text, struct tn_buf *out);

#endif
