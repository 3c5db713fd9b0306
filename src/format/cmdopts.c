/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/cmdopts.h"
#include "util/cleanup.h"

#define BLANKS " \t\n\r\v\f"

static const struct span plain = { "$CMDLINE_OPTS", 13 };
static const struct span braced = { "${CMDLINE_OPTS}", 15 };

static bool is_blank(char c)
{
        return c && strchr(BLANKS, c);
}

/* The bytes of a quoted piece at the front of text, both quotes included; 0 when there is none. */
static size_t quoted_len(struct span text, char before)
{
        char quote = text.ptr[0];
        size_t end;

        if (quote != '"' && (quote != '\'' || (before != '\0' && before != '=')))
                return 0;
        end = tn_span_chr(tn_span_skip(text, 1), quote) + 1;
        return end < text.len ? end + 1 : 0;
}

/* Put in quotes, which the kernel takes off, it is no option of the program that gets it. */
static void guard(struct tn_buf *word)
{
        if (!tn_span_starts(tn_buf_span(word), SPAN("-")))
                return;
        tn_buf_add_str(word, "\"\"");
        if (tn_buf_error(word) < 0)
                return;
        memmove(word->ptr + 1, word->ptr, word->len - 2);
        word->ptr[0] = '"';
}

int tn_cmdopts_next(struct span *rest, struct tn_buf *word)
{
        char before = '\0';

        tn_buf_reset(word);
        while (rest->len && is_blank(rest->ptr[0]))
                *rest = tn_span_skip(*rest, 1);
        if (rest->len == 0)
                return 0;
        while (rest->len && !is_blank(rest->ptr[0])) {
                size_t n = quoted_len(*rest, before);

                if (n)
                        tn_buf_add(word, rest->ptr + 1, n - 2);
                else
                        tn_buf_add_char(word, rest->ptr[0]);
                before = rest->ptr[0];
                *rest = tn_span_skip(*rest, n ? n : 1);
        }
        guard(word);
        return tn_buf_error(word) < 0 ? tn_buf_error(word) : 1;
}

static void add_references(size_t n, struct tn_buf *out)
{
        for (size_t i = 1; i <= n; i++)
                tn_buf_addf(out, "%s\"$CMDLINE_OPTS_%zu\"", i > 1 ? " " : "", i);
}

static size_t variable_len(struct span text)
{
        if (tn_span_starts(text, plain))
                return plain.len;
        return tn_span_starts(text, braced) ? braced.len : 0;
}

/* What stands in the place of a reference, by the quotes around it. */
struct instead {
        struct span bare;
        struct span single;
        struct span twice; /* in double ones */
};

static void put_instead(struct span command, const struct instead *instead, struct tn_buf *out)
{
        char quote = '\0';

        while (command.len) {
                char c = command.ptr[0];
                size_t len = variable_len(command);

                if (len) {
                        tn_buf_add_span(out, quote == '"'    ? instead->twice
                                             : quote == '\'' ? instead->single
                                                             : instead->bare);
                } else {
                        len = c == '\\' && quote != '\'' ? 2 : 1;
                        tn_buf_add_span(out, tn_span_head(command, len));
                        if (c == quote)
                                quote = '\0';
                        else if (!quote && (c == '"' || c == '\''))
                                quote = c;
                }
                command = tn_span_skip(command, len);
        }
}

/* A failure to make one of the pieces is one of the whole. */
static void take_error(const struct tn_buf *piece, struct tn_buf *out)
{
        if (!out->err)
                out->err = piece->err;
}

void tn_cmdopts_expand(struct span command, size_t n, struct tn_buf *out)
{
        _cleanup_(tn_buf_fini) struct tn_buf references = { 0 };

        add_references(n, &references);
        put_instead(command, &(struct instead){ tn_buf_span(&references), tn_buf_span(&references), braced },
                    out);
        take_error(&references, out);
}

/* What means nothing to a shell wherever it stands. */
static bool is_harmless(char c)
{
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c & 0x80) ||
               (c && strchr("%+,-./:=@_", c));
}

void tn_cmdopts_quote(struct span word, struct tn_buf *out)
{
        if (word.len == 0)
                tn_buf_add_str(out, "''");
        for (size_t i = 0; i < word.len; i++) {
                if (!is_harmless(word.ptr[i]))
                        tn_buf_add_char(out, '\\');
                tn_buf_add_char(out, word.ptr[i] == '\n' ? ' ' : word.ptr[i]);
        }
}

static int quote_all(struct span options, struct tn_buf *out)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        bool first = true;
        int r;

        while ((r = tn_cmdopts_next(&options, &word)) > 0) {
                if (!first)
                        tn_buf_add_char(out, ' ');
                first = false;
                tn_cmdopts_quote(tn_buf_span(&word), out);
        }
        return r;
}

/* The same text where quotes are around it. */
static void add_within(struct span text, char quote, struct tn_buf *out)
{
        for (size_t i = 0; i < text.len; i++) {
                char c = text.ptr[i];

                if (quote == '\'' && c == '\'') {
                        tn_buf_add_str(out, "'\\''");
                        continue;
                }
                if (quote == '"' && c && strchr("$`\"\\", c))
                        tn_buf_add_char(out, '\\');
                tn_buf_add_char(out, c);
        }
}

void tn_cmdopts_inline(struct span command, struct span options, struct tn_buf *out)
{
        _cleanup_(tn_buf_fini) struct tn_buf bare = { 0 }, single = { 0 }, twice = { 0 };
        int r = quote_all(options, &bare);

        if (r < 0 && !bare.err)
                bare.err = r;
        add_within(tn_buf_span(&bare), '\'', &single);
        add_within(tn_buf_span(&bare), '"', &twice);
        put_instead(command,
                    &(struct instead){ tn_buf_span(&bare), tn_buf_span(&single), tn_buf_span(&twice) }, out);
        take_error(&bare, out);
        take_error(&single, out);
        take_error(&twice, out);
}

void tn_cmdopts_show(struct span command, struct span options, struct tn_buf *out)
{
        while (command.len) {
                bool here = tn_span_starts(command, plain);

                tn_buf_add_span(out, here ? options : tn_span_head(command, 1));
                command = tn_span_skip(command, here ? plain.len : 1);
        }
}
