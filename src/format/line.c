/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/line.h"

void tn_lines_init(struct tn_lines *lines, struct span text)
{
        *lines = (struct tn_lines){ .rest = text };
}

void tn_lines_fini(struct tn_lines *lines)
{
        tn_buf_fini(&lines->buf);
}

/* Takes the rest of a line that has backslashes, and the lines joined to it. */
static int unfold(struct tn_lines *lines, struct span *ret_line)
{
        struct span rest = lines->rest;
        size_t i = 0;

        tn_buf_reset(&lines->buf);
        for (; i < rest.len && rest.ptr[i] != '\n'; i++) {
                if (rest.ptr[i] != '\\') {
                        tn_buf_add_char(&lines->buf, rest.ptr[i]);
                        continue;
                }
                if (++i == rest.len)
                        break;
                if (rest.ptr[i] == '\n')
                        lines->number++;
                else
                        tn_buf_add_char(&lines->buf, rest.ptr[i]);
        }
        lines->rest = tn_span_skip(rest, i + 1);
        *ret_line = tn_buf_span(&lines->buf);
        return tn_buf_error(&lines->buf) ?: 1;
}

int tn_lines_next(struct tn_lines *lines, struct span *ret_line)
{
        struct span line;

        if (lines->rest.len == 0)
                return 0;
        lines->number++;
        line = tn_span_head(lines->rest, tn_span_chr(lines->rest, '\n'));
        if (tn_span_chr(line, '\\') < line.len)
                return unfold(lines, ret_line);
        lines->rest = tn_span_skip(lines->rest, line.len + 1);
        *ret_line = line;
        return 1;
}
