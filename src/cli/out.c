/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/out.h"
#include "util/cleanup.h"
#include "util/escape.h"

/* The first failure, of which ferror(3) knows only that there was one. */
static int error;

static bool is_terminal(void)
{
        static enum { UNKNOWN, TERMINAL, OTHER } kind;

        if (kind == UNKNOWN)
                kind = isatty(STDOUT_FILENO) ? TERMINAL : OTHER;
        return kind == TERMINAL;
}

static void put(struct span text)
{
        if (text.len)
                fwrite(text.ptr, 1, text.len, stdout);
}

void tn_out(const char *fmt, ...)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        va_list ap;

        va_start(ap, fmt);
        if (is_terminal()) {
                tn_buf_vaddf(&text, fmt, ap);
                tn_escape_message(fmt, &text);
                put(tn_buf_span(&text));
        } else {
                vprintf(fmt, ap);
        }
        va_end(ap);
}

void tn_out_line(const char *line)
{
        if (is_terminal()) {
                tn_out("%s\n", line);
                return;
        }
        put(tn_span_of(line));
        put(SPAN("\n"));
}

void tn_out_text(struct span text)
{
        _cleanup_(tn_buf_fini) struct tn_buf escaped = { 0 };

        if (is_terminal() && !tn_escape_is_clean(text, TN_ESCAPE_IN_LINES)) {
                tn_escape_add(text, TN_ESCAPE_IN_LINES, &escaped);
                text = tn_buf_span(&escaped);
        }
        put(text);
}

void tn_out_flush(void)
{
        if (fflush(stdout) != 0 && !error)
                error = errno;
}

int tn_out_error(void)
{
        tn_out_flush();
        if (!error && ferror(stdout))
                error = errno;
        return -error;
}
