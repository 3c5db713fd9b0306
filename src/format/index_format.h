/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_INDEX_FORMAT_H
#define TN_FORMAT_INDEX_FORMAT_H

#include <stdint.h>

/* The numbers of the binary index format (docs/index-format.md). All integers in a file are big-endian. */
#define INDEX_MAGIC         UINT32_C(0xb007f457)
#define INDEX_VERSION       UINT32_C(0x00020001)
#define INDEX_VERSION_MAJOR (INDEX_VERSION >> 16)
#define INDEX_ROOT_AT       8 /* where the root's reference is */
#define INDEX_HEADER_SIZE   12
#define INDEX_CHAR_MAX      127

/* A node reference: an offset, and which parts the node has, in this order: prefix, children, values. */
#define INDEX_REF_PREFIX    UINT32_C(0x80000000)
#define INDEX_REF_VALUES    UINT32_C(0x40000000)
#define INDEX_REF_CHILDREN  UINT32_C(0x20000000)
#define INDEX_REF_OFFSET    UINT32_C(0x0fffffff)

#define INDEX_SIZE_MAX      ((size_t)INDEX_REF_OFFSET + 1)

/*
 * Ours, not the format's: a bound for those who walk an index, so the writer keeps to it too. A modalias is below
 * 2 KiB, the room that a uevent has for all of its text.
 */
#define INDEX_KEY_MAX       65535

#endif
