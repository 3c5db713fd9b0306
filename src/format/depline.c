/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/depline.h"
#include "util/word.h"

int tn_depline_parse(struct span line, struct tn_depline *ret_dep)
{
        size_t colon = tn_span_chr(line, ':');

        if (colon == 0 || colon == line.len)
                return -EINVAL;
        *ret_dep = (struct tn_depline){
                .path = tn_span_head(line, colon),
                .deps = tn_span_trim(tn_span_skip(line, colon + 1)),
        };
        return 0;
}

/* Where the last word begins. */
static size_t find_last(struct span s)
{
        size_t start = s.len;

        for (; start >= 8; start -= 8) {
                uint64_t word = tn_word_load(s.ptr + start - 8);
                uint64_t blanks = tn_word_where(word, ' ') | tn_word_where(word, '\t');

                if (blanks)
                        return start - (size_t)__builtin_clzll(blanks) / 8;
        }
        while (start > 0 && s.ptr[start - 1] != ' ' && s.ptr[start - 1] != '\t')
                start--;
        return start;
}

bool tn_depline_pop(struct span *deps, struct span *ret_path)
{
        size_t start;

        *deps = tn_span_trim(*deps);
        start = find_last(*deps);
        *ret_path = tn_span_skip(*deps, start);
        *deps = tn_span_head(*deps, start);
        return ret_path->len > 0;
}
