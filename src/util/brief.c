/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "util/brief.h"

static bool is_inside_character(char c)
{
        return ((unsigned char)c & 0xc0) == 0x80;
}

const char *tn_brief(struct span text, char room[static TN_BRIEF_SIZE])
{
        size_t n = TN_BRIEF_MAX;

        if (text.len <= n) {
                snprintf(room, TN_BRIEF_SIZE, "%.*s", SPAN_FMT(text));
                return room;
        }
        /* a character has four bytes at most; other text may be cut anywhere */
        while (n > TN_BRIEF_MAX - 4 && is_inside_character(text.ptr[n]))
                n--;
        snprintf(room, TN_BRIEF_SIZE, "%.*s... (%zu bytes)", (int)n, text.ptr, text.len);
        return room;
}
