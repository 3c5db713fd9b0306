/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/modprobe_conf.h"
#include "util/word.h"

/* How many bytes come before the first blank. */
static size_t count_word(struct span line)
{
        for (size_t n = 0; n < line.len; n += 8) {
                uint64_t word = tn_word_head((struct span){ line.ptr + n, line.len - n });
                uint64_t blanks =
                        tn_word_zeros(word ^ TN_WORD_ONES * ' ') | tn_word_zeros(word ^ TN_WORD_ONES * '\t');

                if (blanks)
                        return n + (size_t)__builtin_ctzll(blanks) / 8;
        }
        return line.len;
}

struct span tn_modprobe_conf_word(struct span *line)
{
        struct span rest = *line, word;

        while (rest.len && (rest.ptr[0] == ' ' || rest.ptr[0] == '\t'))
                rest = (struct span){ rest.ptr + 1, rest.len - 1 };
        word = (struct span){ rest.ptr, count_word(rest) };
        *line = tn_span_skip(rest, word.len);
        return word;
}
