/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>

#include "format/mountinfo.h"
#include "util/num.h"

/* The number of words before the mount's own flags, of which there may be none. */
#define FIXED_WORDS 6

enum word { WORD_DEVICE = 2, WORD_POINT = 4 };

static bool parse_device(struct span word, struct tn_mount *mount)
{
        uint64_t major, minor;
        struct span first;

        if (!tn_span_split(&word, ':', &first) || tn_num_parse(first, 10, &major) < 0 ||
            tn_num_parse(word, 10, &minor) < 0 || major > UINT32_MAX || minor > UINT32_MAX)
                return false;
        mount->major = (unsigned)major;
        mount->minor = (unsigned)minor;
        return true;
}

static bool parse_line(struct span line, struct tn_mount *ret_mount)
{
        struct tn_mount mount = { 0 };
        struct span words[FIXED_WORDS], word;

        for (size_t i = 0; i < FIXED_WORDS; i++)
                if (!tn_span_split(&line, ' ', &words[i]))
                        return false;
        if (!parse_device(words[WORD_DEVICE], &mount))
                return false;
        mount.point = words[WORD_POINT];
        while (tn_span_split(&line, ' ', &word))
                if (tn_span_eq(word, SPAN("-")))
                        break;
        if (!tn_span_split(&line, ' ', &mount.type) || !tn_span_split(&line, ' ', &mount.source))
                return false;
        *ret_mount = mount;
        return true;
}

bool tn_mount_next(struct span *text, struct tn_mount *ret_mount)
{
        struct span line;

        while (tn_span_split(text, '\n', &line))
                if (parse_line(line, ret_mount))
                        return true;
        return false;
}

void tn_mount_unescape(struct span text, struct tn_buf *out)
{
        uint64_t byte;

        while (text.len) {
                bool escaped = text.ptr[0] == '\\' && text.len >= 4 &&
                               tn_num_parse((struct span){ text.ptr + 1, 3 }, 8, &byte) == 0 &&
                               byte <= UINT8_MAX;

                tn_buf_add_char(out, escaped ? (char)byte : text.ptr[0]);
                text = tn_span_skip(text, escaped ? 4 : 1);
        }
}
