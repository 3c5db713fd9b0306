/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_BRIEF_H
#define TN_UTIL_BRIEF_H

#include "util/span.h"

/* Bytes of somebody else's text that a message shows. No real alias, name or line of a list is longer. */
#define TN_BRIEF_MAX  240
#define TN_BRIEF_SIZE (TN_BRIEF_MAX + 40)

/*
 * Text for a message: as it is, or, when it has more than TN_BRIEF_MAX bytes, its beginning and its length,
 * "pci:v... (61440 bytes)". UTF-8 is not cut within a character; a NUL ends what is shown. Returns room.
 */
const char *tn_brief(struct span text, char room[static TN_BRIEF_SIZE]);

/* The same for an argument of printf ("%s"): the room lives as long as the block. */
#define TN_BRIEF(text)     tn_brief((text), (char[TN_BRIEF_SIZE]){ 0 })
#define TN_BRIEF_STR(text) TN_BRIEF(tn_span_of(text))

#endif
