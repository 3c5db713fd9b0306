/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <unistd.h>

#include "util/cleanup.h"
#include "util/escape.h"
#include "util/file.h"

static unsigned char byte(struct span text, size_t i)
{
        return (unsigned char)text.ptr[i];
}

/* Bytes of the character of UTF-8 that text begins with; 0 when it does not, and for a single byte. */
static size_t char_len(struct span text)
{
        unsigned char first = byte(text, 0);
        size_t n = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;

        if (n > text.len)
                return 0;
        for (size_t i = 1; i < n; i++)
                if ((byte(text, i) & 0xc0) != 0x80)
                        return 0;
        /* written longer than need be, it is none */
        if ((first == 0xe0 && byte(text, 1) < 0xa0) || (first == 0xf0 && byte(text, 1) < 0x90))
                return 0;
        return n;
}

static bool is_control(unsigned char c, enum tn_escape how)
{
        if (c == '\n')
                return !(how & TN_ESCAPE_IN_LINES);
        if (c == '\t')
                return how & TN_ESCAPE_TABS;
        return c < ' ' || (c >= 0x7f && c < 0xa0);
}

/* Takes the next character, or what is none, off the front. Returns whether it is to be escaped. */
static bool take(struct span *text, enum tn_escape how, struct span *ret_char)
{
        size_t n = char_len(*text);
        bool bad = n == 0 ? is_control(byte(*text, 0), how)
                          : n == 2 && byte(*text, 0) == 0xc2 && byte(*text, 1) < 0xa0;

        *ret_char = tn_span_head(*text, n ?: 1);
        *text = tn_span_skip(*text, ret_char->len);
        return bad;
}

bool tn_escape_is_clean(struct span text, enum tn_escape how)
{
        struct span c;

        while (text.len)
                if (take(&text, how, &c))
                        return false;
        return true;
}

void tn_escape_add(struct span text, enum tn_escape how, struct tn_buf *out)
{
        struct span c;

        while (text.len) {
                if (!take(&text, how, &c))
                        tn_buf_add_span(out, c);
                else if (c.ptr[0] == '\n')
                        tn_buf_add_str(out, "\\n");
                else if (c.ptr[0] == '\t')
                        tn_buf_add_str(out, "\\t");
                else
                        for (size_t i = 0; i < c.len; i++)
                                tn_buf_addf(out, "\\x%02x", byte(c, i));
        }
}

void tn_escape_message(const char *fmt, struct tn_buf *out)
{
        const char *newline = strchr(fmt, '\n');
        enum tn_escape how = newline && newline[1] ? TN_ESCAPE_IN_LINES : TN_ESCAPE_ALL;
        struct span text = tn_buf_span(out), end = SPAN("");
        struct tn_buf escaped = { 0 };

        if (newline && tn_span_ends(text, SPAN("\n")))
                end = SPAN("\n");
        text.len -= end.len;
        if (tn_buf_error(out) < 0 || tn_escape_is_clean(text, how))
                return;
        tn_escape_add(text, how, &escaped);
        tn_buf_add_span(&escaped, end);
        tn_buf_fini(out);
        *out = escaped;
}

void tn_escape_addf(struct tn_buf *out, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        tn_escape_vaddf(out, fmt, ap);
        va_end(ap);
}

void tn_escape_vaddf(struct tn_buf *out, const char *fmt, va_list ap)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_buf_vaddf(&text, fmt, ap);
        tn_escape_message(fmt, &text);
        if (tn_buf_error(&text) < 0 && tn_buf_error(out) == 0)
                out->err = tn_buf_error(&text);
        tn_buf_add_span(out, tn_buf_span(&text));
}

int tn_escape_write(int fd, struct span lines)
{
        _cleanup_(tn_buf_fini) struct tn_buf escaped = { 0 };

        if (!isatty(fd) || tn_escape_is_clean(lines, TN_ESCAPE_IN_LINES))
                return tn_file_write(fd, lines);
        tn_escape_add(lines, TN_ESCAPE_IN_LINES, &escaped);
        return tn_buf_error(&escaped) ?: tn_file_write(fd, tn_buf_span(&escaped));
}
