/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "format/index_write.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/num.h"

/*
 * indexbuild < LINES > INDEX: builds a binary index of lines "KEY<TAB>PRIORITY<TAB>VALUE", as indexdump prints
 * them, added from the last line to the first: what a dump lists first among equals was added last.
 */
static int add_line(struct tn_index_writer *writer, struct span line)
{
        struct span key, number;
        uint64_t priority;

        if (!tn_span_split(&line, '\t', &key) || !tn_span_split(&line, '\t', &number))
                return -1;
        if (tn_num_parse(number, 10, &priority) < 0 || priority > UINT32_MAX)
                return -1;
        return tn_index_writer_add(writer, key, line, (uint32_t)priority);
}

static int add_lines(struct tn_index_writer *writer, struct span text)
{
        if (text.len && text.ptr[text.len - 1] == '\n')
                text.len--;
        while (text.len) {
                size_t newline = tn_span_rchr(text, '\n');
                struct span line = newline < text.len ? tn_span_skip(text, newline + 1) : text;

                if (add_line(writer, line) < 0) {
                        fprintf(stderr, "indexbuild: bad line: %.*s\n", SPAN_FMT(line));
                        return -1;
                }
                text.len = newline < text.len ? newline : 0;
        }
        return 0;
}

int main(void)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, out = { 0 };

        if (!writer || tn_file_read(STDIN_FILENO, SIZE_MAX, &text) < 0)
                return 1;
        if (add_lines(writer, tn_buf_span(&text)) < 0 || tn_index_writer_emit(writer, &out) < 0)
                return 1;
        return tn_file_write(STDOUT_FILENO, tn_buf_span(&out)) < 0;
}
