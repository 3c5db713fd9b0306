/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/modname.h"
#include "format/modprobe_doubt.h"
#include "util/cleanup.h"

static const char blanks[] = " \t", more_blanks[] = " \t\n\v\f\r";

/* An alias may have a '/', behind a ':'. */
static bool is_path(struct span word)
{
        return tn_modname_is_file(word, NULL) ||
               tn_span_has_any(tn_span_head(word, tn_span_chr(word, ':')), "/");
}

/* What other files put around and between names, and no name has. An alias may have a ',', behind a ':'. */
static bool has_marks(struct span word)
{
        return tn_span_has_any(word, "\"';") ||
               tn_span_has_any(tn_span_head(word, tn_span_chr(word, ':')), ",");
}

/* A file, or what has marks of other languages, where a module is to be named. */
static bool doubt_name(struct span word, struct tn_buf *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        if (!is_path(word) && !has_marks(word))
                return false;
        tn_buf_addf(text, "'%.*s' is not the name of a module", SPAN_FMT(word));
        if (is_path(word))
                tn_modname_from_path(word, &name);
        if (name.len && !has_marks(tn_buf_span(&name)))
                tn_buf_addf(text, "; write '%.*s'", SPAN_FMT(tn_buf_span(&name)));
        return true;
}

/* Words behind all that the command takes. People write comments there, which are well ignored. */
static bool doubt_more(struct span rest, const struct tn_conf_record *record, struct tn_buf *text)
{
        struct span word = tn_span_word(&rest, blanks);

        if (word.len == 0 || word.ptr[0] == '#')
                return false;
        tn_buf_addf(text, "ignoring '%.*s': %s takes one module a line", SPAN_FMT(word),
                    tn_conf_kind_name(record->kind));
        return true;
}

static bool doubt_blacklist(struct span rest, const struct tn_conf_record *record, struct tn_buf *text)
{
        if (tn_span_has_any(record->key, "*?[")) {
                tn_buf_addf(text, "blacklist knows no patterns: '%s' is taken for a name", record->key.ptr);
                return true;
        }
        return doubt_more(rest, record, text);
}

/* The name of the part that a word begins with. */
static const char *part_of(struct span word)
{
        return tn_span_starts(word, SPAN("pre:"))    ? "pre:"
               : tn_span_starts(word, SPAN("post:")) ? "post:"
                                                     : NULL;
}

static bool doubt_weakdep(struct span rest, const struct tn_conf_record *record, struct tn_buf *text)
{
        struct span word;

        while ((word = tn_span_word(&rest, more_blanks)).len && word.ptr[0] != '#') {
                if (part_of(word)) {
                        tn_buf_addf(text, "'%.*s' is taken for a module: %s has no parts", SPAN_FMT(word),
                                    tn_conf_kind_name(record->kind));
                        return true;
                }
                if (doubt_name(word, text))
                        return true;
        }
        return false;
}

static bool doubt_alias(struct span rest, const struct tn_conf_record *record, struct tn_buf *text)
{
        return doubt_name(tn_span_word(&rest, blanks), text) || doubt_more(rest, record, text);
}

static bool doubt_softdep_word(struct span word, bool ignored, struct tn_buf *text)
{
        const char *part = part_of(word);

        if (part && ignored)
                tn_buf_addf(text, "ignoring '%.*s': no blank behind '%s'", SPAN_FMT(word), part);
        else if (part)
                tn_buf_addf(text, "'%.*s' is taken for a module: no blank behind '%s'", SPAN_FMT(word), part);
        else if (ignored)
                tn_buf_addf(text, "ignoring '%.*s': neither 'pre:' nor 'post:' stands before it",
                            SPAN_FMT(word));
        else
                return doubt_name(word, text);
        return true;
}

static bool doubt_softdep(struct span rest, const struct tn_conf_record *record, struct tn_buf *text)
{
        bool ignored = true;
        struct span word;

        while ((word = tn_span_word(&rest, more_blanks)).len && word.ptr[0] != '#') {
                if (tn_span_eq(word, SPAN("pre:")) || tn_span_eq(word, SPAN("post:")))
                        ignored = false;
                else if (doubt_softdep_word(word, ignored, text))
                        return true;
        }
        return false;
}

/* By kind; the others take any text. rest is what stands behind the key. */
static bool (*const doubts[TN_CONF_KINDS])(struct span rest, const struct tn_conf_record *record,
                                           struct tn_buf *text) = {
        [TN_CONF_BLACKLIST] = doubt_blacklist,
        [TN_CONF_ALIAS] = doubt_alias,
        [TN_CONF_SOFTDEP] = doubt_softdep,
        [TN_CONF_WEAKDEP] = doubt_weakdep,
};

bool tn_modprobe_doubt(struct span line, const struct tn_conf_record *record, struct tn_buf *text)
{
        struct span rest = tn_span_head(line, tn_span_chr(line, '\0')), key;

        tn_span_word(&rest, blanks);
        key = tn_span_word(&rest, blanks);
        /* what an alias stands for may be anything */
        if (record->kind != TN_CONF_ALIAS && doubt_name(key, text))
                return true;
        return doubts[record->kind] && doubts[record->kind](rest, record, text);
}
