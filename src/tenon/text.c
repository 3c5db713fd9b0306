/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tenon/text.h"
#include "util/cleanup.h"
#include "util/escape.h"
#include "util/utf8.h"

static const struct {
        const char *code; /* of ECMA-48, "select graphic rendition" */
        const char *color;
} styles[] = {
        [TN_STYLE_PLAIN] = { NULL, NULL },
        [TN_STYLE_BOLD] = { "\x1b[1m", "bold" },
        [TN_STYLE_DIM] = { "\x1b[2m", "halfbright" },
        [TN_STYLE_GOOD] = { "\x1b[32m", "green" },
        [TN_STYLE_WARNING] = { "\x1b[33m", "yellow" },
        [TN_STYLE_BAD] = { "\x1b[31m", "red" },
};

const char *tn_style_color(enum tn_style style)
{
        return styles[style].color;
}

void tn_text_add(struct tn_text *text, const char *fmt, ...)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        va_list ap;

        va_start(ap, fmt);
        tn_escape_vaddf(&line, fmt, ap);
        va_end(ap);
        if (tn_buf_error(&line) < 0)
                text->out->err = tn_buf_error(&line);
        tn_escape_add(tn_buf_span(&line), TN_ESCAPE_IN_LINES | TN_ESCAPE_TABS, text->out);
}

void tn_text_style(struct tn_text *text, enum tn_style style, const char *str)
{
        bool colored = text->color && styles[style].code;

        if (colored)
                tn_buf_add_str(text->out, styles[style].code);
        tn_escape_add(tn_span_of(str), TN_ESCAPE_TABS, text->out);
        if (colored)
                tn_buf_add_str(text->out, "\x1b[0m");
}

/* Of text that is escaped already. What is no UTF-8 takes a column a byte. */
static unsigned columns(struct span str)
{
        unsigned n = 0;

        while (str.len) {
                size_t len = tn_utf8_next(str);

                str = tn_span_skip(str, len ? len : 1);
                n++;
        }
        return n;
}

unsigned tn_text_columns(const char *str)
{
        _cleanup_(tn_buf_fini) struct tn_buf escaped = { 0 };

        tn_escape_add(tn_span_of(str), TN_ESCAPE_TABS, &escaped);
        return columns(tn_buf_span(&escaped));
}

void tn_text_wrap(struct tn_text *text, unsigned column, unsigned indent, const char *str)
{
        _cleanup_(tn_buf_fini) struct tn_buf escaped = { 0 };
        unsigned at = column, width;
        bool fresh = true; /* the line has no word yet */
        struct span rest, word;

        tn_escape_add(tn_span_of(str), TN_ESCAPE_TABS, &escaped);
        rest = tn_buf_span(&escaped);
        while ((word = tn_span_word(&rest, " ")).len) {
                width = columns(word);
                if (!fresh && at + 1 + width > text->width) {
                        tn_buf_addf(text->out, "\n%*s", (int)indent, "");
                        at = indent;
                } else if (!fresh) {
                        tn_buf_add_char(text->out, ' ');
                        at++;
                }
                fresh = false;
                tn_buf_add_span(text->out, word);
                at += width;
        }
        tn_buf_add_char(text->out, '\n');
}
