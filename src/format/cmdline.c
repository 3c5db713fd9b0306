/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/cmdline.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* What stands between the names of a blacklist: no name has a blank or a quote in it. */
static const char list_separators[] = ",\" \n\t\v\f\r";

/* A word cut into its parts. "param" ends where the word does when there is no '='. */
struct option {
        bool quoted; /* the word as a whole is in quotes; the opening one is already taken off */
        struct span module;
        struct span param;
        struct span value; /* with the '=' in front */
};

void tn_cmdline_init(struct tn_cmdline *cmdline, struct span text)
{
        *cmdline = (struct tn_cmdline){ .rest = tn_span_head(text, tn_span_chr(text, '\0')) };
}

/* Asked of every byte of the line. */
static bool is_separator(char c)
{
        return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next word. Separators in quotes are part of it; a quote that never closes voids it and all behind. */
static bool take_word(struct span *rest, struct span *ret_word)
{
        bool quote = false;
        size_t n = 0;

        while (rest->len && is_separator(rest->ptr[0]))
                *rest = tn_span_skip(*rest, 1);
        for (; n < rest->len && (quote || !is_separator(rest->ptr[n])); n++)
                if (rest->ptr[n] == '"')
                        quote = !quote;
        *ret_word = tn_span_head(*rest, n);
        *rest = tn_span_skip(*rest, n);
        return ret_word->len > 0 && !quote;
}

/* Whether text can stand left of the '=': no quote and nothing that only quotes could have let in. */
static bool is_plain(struct span text)
{
        return text.len > 0 && !tn_span_has_any(text, "\". \n\t\v\f\r");
}

static bool split(struct span word, struct option *ret_option)
{
        struct option option = { .quoted = tn_span_starts(word, SPAN("\"")) };
        size_t equal, dot;

        word = tn_span_skip(word, option.quoted ? 1 : 0);
        equal = tn_span_chr(word, '=');
        option.value = tn_span_skip(word, equal);
        word = tn_span_head(word, equal);
        dot = tn_span_chr(word, '.');
        option.module = tn_span_head(word, dot);
        option.param = tn_span_skip(word, dot + 1);
        if (!is_plain(option.module) || !is_plain(option.param))
                return false;
        *ret_option = option;
        return true;
}

/* "=VALUE" as it is, or ="VALUE" when the word as a whole was quoted (its value has the closing quote). */
static void add_value(const struct option *option, struct tn_buf *text)
{
        if (option->value.len == 0)
                return;
        tn_buf_add_char(text, '=');
        if (option->quoted)
                tn_buf_add_char(text, '"');
        tn_buf_add_span(text, tn_span_skip(option->value, 1));
}

static int keep(const struct tn_buf *text, struct tn_arena *arena, struct span *ret_kept)
{
        char *copy = tn_buf_error(text) ? NULL : tn_arena_dup(arena, tn_buf_span(text));

        if (!copy)
                return -ENOMEM;
        *ret_kept = (struct span){ copy, text->len };
        return 0;
}

/* Fills in the record for a name, or for a name with a bad bracket its key only. */
static int record_of(enum tn_conf_kind kind, struct span name, struct span value, struct tn_arena *arena,
                     struct tn_conf_record *ret_record)
{
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        struct tn_conf_record record = { .kind = kind, .value = value };
        int bad = tn_modname_from_alias(name, &key);

        if (bad < 0)
                tn_buf_add_span(&key, name);
        if (keep(&key, arena, &record.key) < 0)
                return -ENOMEM;
        *ret_record = record;
        return bad < 0 ? bad : 1;
}

/* The text of an option as one piece: "PARAM[=VALUE]" or, of a list, the value alone. */
static int text_of(const struct option *option, bool value_only, struct tn_arena *arena,
                   struct span *ret_text)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int r;

        if (!value_only)
                tn_buf_add_span(&text, option->param);
        add_value(option, &text);
        for (size_t i = 0; i < text.len && !value_only; i++)
                if (text.ptr[i] == '\t')
                        text.ptr[i] = ' '; /* as in an options line */
        r = keep(&text, arena, ret_text);
        if (r == 0 && value_only)
                *ret_text = tn_span_skip(*ret_text, 1);
        return r;
}

static bool is_blacklist(const struct option *option)
{
        return option->value.len && tn_span_eq(option->module, SPAN("modprobe")) &&
               tn_span_eq(option->param, SPAN("blacklist"));
}

int tn_cmdline_next(struct tn_cmdline *cmdline, struct tn_arena *arena, struct tn_conf_record *ret_record)
{
        struct option option;
        struct span word, text;
        int r;

        for (;;) {
                word = tn_span_word(&cmdline->blacklist, list_separators);
                if (word.len)
                        return record_of(TN_CONF_BLACKLIST, word, SPAN(""), arena, ret_record);
                if (!take_word(&cmdline->rest, &word))
                        return 0;
                if (!split(word, &option))
                        continue;
                r = text_of(&option, is_blacklist(&option), arena, &text);
                if (r < 0)
                        return r;
                if (!is_blacklist(&option))
                        return record_of(TN_CONF_OPTIONS, option.module, text, arena, ret_record);
                cmdline->blacklist = text;
        }
}

static bool is_named(struct span word, struct span name)
{
        if (word.len != name.len)
                return false;
        for (size_t i = 0; i < name.len; i++)
                if (word.ptr[i] != name.ptr[i] && !(word.ptr[i] == '-' && name.ptr[i] == '_'))
                        return false;
        return true;
}

static struct span unquote(struct span value)
{
        if (tn_span_starts(value, SPAN("\"")))
                value = tn_span_skip(value, 1);
        if (tn_span_ends(value, SPAN("\"")))
                value.len--;
        return value;
}

struct span tn_cmdline_value(struct span text, struct span name)
{
        struct span found = SPAN(""), word;

        text = tn_span_head(text, tn_span_chr(text, '\0'));
        while (take_word(&text, &word) && !tn_span_eq(word, SPAN("--"))) {
                size_t equal;

                if (tn_span_starts(word, SPAN("\""))) /* around the word as a whole */
                        word = tn_span_skip(word, 1);
                equal = tn_span_chr(word, '=');
                if (equal < word.len && is_named(tn_span_head(word, equal), name))
                        found = unquote(tn_span_skip(word, equal + 1));
        }
        return found;
}
