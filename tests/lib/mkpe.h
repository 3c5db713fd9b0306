/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_MKPE_H
#define TN_TESTS_MKPE_H

#include "util/buf.h"

/* Appends a program for EFI with a section of another name and one of this name, which has the bytes at offset 1024. */
static inline void mkpe(struct tn_buf *out, const char *name, struct span bytes)
{
        char *head = tn_buf_reserve(out, 1024 + bytes.len + 512), *table = head + 128 + 24 + 16;

        memset(head, 0, 1024 + bytes.len + 512);
        memcpy(head, "MZ", 2);
        head[0x3c] = (char)128;
        memcpy(head + 128, "PE\0\0", 4);
        head[128 + 6] = 2;
        head[128 + 20] = 16;
        memcpy(table, ".linux", 6);
        memcpy(table + 40, name, strlen(name));
        for (unsigned i = 0; i < 4; i++) {
                table[40 + 8 + i] = (char)(bytes.len >> 8 * i);
                table[40 + 16 + i] = (char)((bytes.len + 512) >> 8 * i);
        }
        table[40 + 20 + 1] = 4;
        memcpy(head + 1024, bytes.ptr, bytes.len);
        out->len += 1024 + bytes.len + 512;
}

#endif
