/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "format/line.h"

struct span tn_line_text(struct span text)
{
        struct span mark = SPAN("\xef\xbb\xbf");

        return tn_span_starts(text, mark) ? tn_span_skip(text, mark.len) : text;
}

bool tn_line_next(struct span *rest, struct span *ret_line)
{
        const char *end = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
        size_t n = end ? (size_t)(end - rest->ptr) : rest->len;

        if (rest->len == 0)
                return false;
        *ret_line = (struct span){ rest->ptr, n };
        *rest = tn_span_skip(*rest, n + 1);
        if (n && ret_line->ptr[n - 1] == '\r')
                ret_line->len--;
        return true;
}

void tn_lines_init(struct tn_lines *lines, struct span text)
{
        *lines = (struct tn_lines){ .rest = tn_line_text(text), .folds = tn_span_chr(text, '\\') < text.len };
}

void tn_lines_fini(struct tn_lines *lines)
{
        tn_buf_fini(&lines->buf);
}

/* Bytes of the line end that rest begins with; 0 when it does not. */
static size_t end_len(struct span rest)
{
        if (tn_span_starts(rest, SPAN("\n")) || tn_span_eq(rest, SPAN("\r")))
                return 1;
        return tn_span_starts(rest, SPAN("\r\n")) ? 2 : 0;
}

/* Takes the rest of a line that has backslashes, and the lines joined to it. */
static int unfold(struct tn_lines *lines, struct span *ret_line)
{
        struct span rest = lines->rest;
        size_t n;

        tn_buf_reset(&lines->buf);
        while (rest.len && end_len(rest) == 0) {
                if (rest.ptr[0] == '\\') {
                        rest = tn_span_skip(rest, 1);
                        n = end_len(rest);
                        if (n > 0) {
                                lines->number += rest.ptr[n - 1] == '\n';
                                rest = tn_span_skip(rest, n);
                                continue;
                        }
                }
                tn_buf_add_span(&lines->buf, tn_span_head(rest, 1));
                rest = tn_span_skip(rest, 1);
        }
        lines->rest = tn_span_skip(rest, end_len(rest));
        *ret_line = tn_buf_span(&lines->buf);
        return tn_buf_error(&lines->buf) ?: 1;
}

int tn_lines_next(struct tn_lines *lines, struct span *ret_line)
{
        struct span rest = lines->rest, line;

        if (!tn_line_next(&rest, &line))
                return 0;
        lines->number++;
        if (lines->folds && tn_span_chr(line, '\\') < line.len)
                return unfold(lines, ret_line);
        lines->rest = rest;
        *ret_line = line;
        return 1;
}
