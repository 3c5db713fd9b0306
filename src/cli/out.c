/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <unistd.h>

#include "cli/out.h"
#include "util/cleanup.h"
#include "util/escape.h"

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

void tn_out_text(struct span text)
{
        _cleanup_(tn_buf_fini) struct tn_buf escaped = { 0 };

        if (is_terminal() && !tn_escape_is_clean(text, TN_ESCAPE_IN_LINES)) {
                tn_escape_add(text, TN_ESCAPE_IN_LINES, &escaped);
                text = tn_buf_span(&escaped);
        }
        put(text);
}
