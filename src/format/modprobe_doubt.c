/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/modname.h"
#include "format/modprobe_doubt.h"
#include "util/cleanup.h"
#include "util/word.h"

static const char more_blanks[] = " \t\n\v\f\r";

void tn_doubt_fini(struct tn_doubt *doubt)
{
        tn_buf_fini(&doubt->name);
}

static bool doubt_word(enum tn_doubt_kind kind, struct span word, struct tn_doubt *doubt)
{
        doubt->kind = kind;
        doubt->word = word;
        return true;
}

/* The highest bit of each of eight bytes of 7-bit ASCII that is from low to high. */
static uint64_t between(uint64_t word, unsigned char low, unsigned char high)
{
        return (word + TN_WORD_ONES * (0x80u - low)) & ~(word + TN_WORD_ONES * (0x7fu - high)) & TN_WORD_HIGH;
}

static bool is_word_plain(uint64_t word)
{
        return !(word & TN_WORD_HIGH) &&
               (between(word, 'a', 'z') | between(word, '0', '9') | tn_word_where(word, '_') |
                tn_word_where(word, '-')) == TN_WORD_HIGH;
}

/* Most names are nothing but small letters, digits, '_' and '-', and are beyond doubt. */
static bool is_plain(struct span word)
{
        for (; word.len >= 8; word = tn_span_skip(word, 8))
                if (!is_word_plain(tn_word_load(word.ptr)))
                        return false;
        /* letters behind the end */
        return word.len == 0 || is_word_plain(tn_word_head(word) | TN_WORD_ONES * 'a' << 8 * word.len);
}

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
static bool doubt_name(struct span word, struct tn_doubt *doubt)
{
        if (is_plain(word) || (!is_path(word) && !has_marks(word)))
                return false;
        if (is_path(word))
                tn_modname_from_path(word, &doubt->name);
        if (has_marks(tn_buf_span(&doubt->name)))
                tn_buf_reset(&doubt->name);
        return doubt_word(TN_DOUBT_NAME, word, doubt);
}

/* Words behind all that the command takes. People write comments there, which are well ignored. */
static bool doubt_more(struct span rest, struct tn_doubt *doubt)
{
        struct span word = tn_modprobe_conf_word(&rest);

        if (word.len == 0 || word.ptr[0] == '#')
                return false;
        return doubt_word(TN_DOUBT_MORE, word, doubt);
}

static bool doubt_blacklist(struct span rest, const struct tn_conf_record *record, struct tn_doubt *doubt)
{
        if (!is_plain(record->key) && tn_span_has_any(record->key, "*?["))
                return doubt_word(TN_DOUBT_PATTERN, record->key, doubt);
        return doubt_more(rest, doubt);
}

/* The name of the part that a word begins with. */
static struct span part_of(struct span word)
{
        return tn_span_starts(word, SPAN("pre:"))    ? SPAN("pre:")
               : tn_span_starts(word, SPAN("post:")) ? SPAN("post:")
                                                     : SPAN("");
}

static bool doubt_weakdep(struct span rest, const struct tn_conf_record *record, struct tn_doubt *doubt)
{
        struct span word;

        (void)record;
        while ((word = tn_span_word(&rest, more_blanks)).len && word.ptr[0] != '#') {
                if (part_of(word).len)
                        return doubt_word(TN_DOUBT_PARTS, word, doubt);
                if (doubt_name(word, doubt))
                        return true;
        }
        return false;
}

static bool doubt_alias(struct span rest, const struct tn_conf_record *record, struct tn_doubt *doubt)
{
        (void)record;
        return doubt_name(tn_modprobe_conf_word(&rest), doubt) || doubt_more(rest, doubt);
}

static bool doubt_names(struct span rest, const struct tn_conf_record *record, struct tn_doubt *doubt)
{
        struct span word;

        (void)record;
        while ((word = tn_modprobe_conf_word(&rest)).len && word.ptr[0] != '#')
                if (doubt_name(word, doubt))
                        return true;
        return false;
}

static bool doubt_policy(struct span rest, const struct tn_conf_record *record, struct tn_doubt *doubt)
{
        (void)record;
        return doubt_more(rest, doubt);
}

static bool doubt_softdep_word(struct span word, bool counts, struct tn_doubt *doubt)
{
        doubt->part = part_of(word);
        doubt->counts = counts;
        if (doubt->part.len)
                return doubt_word(TN_DOUBT_BLANK, word, doubt);
        return counts ? doubt_name(word, doubt) : doubt_word(TN_DOUBT_PART, word, doubt);
}

static bool doubt_softdep(struct span rest, const struct tn_conf_record *record, struct tn_doubt *doubt)
{
        bool counts = false;
        struct span word;

        (void)record;
        while ((word = tn_span_word(&rest, more_blanks)).len && word.ptr[0] != '#') {
                if (tn_span_eq(word, SPAN("pre:")) || tn_span_eq(word, SPAN("post:")))
                        counts = true;
                else if (doubt_softdep_word(word, counts, doubt))
                        return true;
        }
        return false;
}

/* By kind; the others take any text. rest is what stands behind the key. */
static bool (*const doubts[TN_CONF_KINDS])(struct span rest, const struct tn_conf_record *record,
                                           struct tn_doubt *doubt) = {
        [TN_CONF_BLACKLIST] = doubt_blacklist, [TN_CONF_ALIAS] = doubt_alias,
        [TN_CONF_SOFTDEP] = doubt_softdep,     [TN_CONF_WEAKDEP] = doubt_weakdep,
        [TN_CONF_DENY] = doubt_names,          [TN_CONF_ALLOW] = doubt_names,
        [TN_CONF_POLICY] = doubt_policy,
};

/* "blacklist NAME" and nothing else, as most lines are. */
static bool is_usual(struct span line, const struct tn_conf_record *record)
{
        return record->kind == TN_CONF_BLACKLIST && line.len == strlen("blacklist ") + record->key.len &&
               is_plain(record->key);
}

bool tn_doubt_find(struct span line, const struct tn_conf_record *record, struct tn_doubt *ret_doubt)
{
        struct tn_doubt doubt = { 0 };
        struct span rest, key;

        if (is_usual(line, record))
                return false;
        rest = tn_span_head(line, tn_span_chr(line, '\0'));
        tn_modprobe_conf_word(&rest);
        key = tn_modprobe_conf_word(&rest);
        /* what an alias stands for may be anything */
        if ((record->kind == TN_CONF_ALIAS || !doubt_name(key, &doubt)) &&
            (!doubts[record->kind] || !doubts[record->kind](rest, record, &doubt)))
                return false;
        *ret_doubt = doubt;
        return true;
}

void tn_doubt_format(const struct tn_doubt *doubt, const struct tn_conf_record *record, struct tn_buf *text)
{
        const char *command = tn_conf_kind_name(record->kind);
        struct span word = doubt->word;

        switch (doubt->kind) {
        case TN_DOUBT_NONE: break;
        case TN_DOUBT_NAME:
                tn_buf_addf(text, "'%.*s' is not the name of a module", SPAN_FMT(word));
                if (doubt->name.len)
                        tn_buf_addf(text, "; write '%.*s'", SPAN_FMT(tn_buf_span(&doubt->name)));
                break;
        case TN_DOUBT_MORE:
                tn_buf_addf(text, "ignoring '%.*s': %s takes one %s a line", SPAN_FMT(word), command,
                            record->kind == TN_CONF_POLICY ? "word" : "module");
                break;
        case TN_DOUBT_PATTERN:
                tn_buf_addf(text, "%s knows no patterns: '%.*s' is taken for a name", command,
                            SPAN_FMT(word));
                break;
        case TN_DOUBT_PART:
                tn_buf_addf(text, "ignoring '%.*s': neither 'pre:' nor 'post:' stands before it",
                            SPAN_FMT(word));
                break;
        case TN_DOUBT_BLANK:
                tn_buf_addf(text, doubt->counts ? "'%.*s' is taken for a module" : "ignoring '%.*s'",
                            SPAN_FMT(word));
                tn_buf_addf(text, ": no blank behind '%.*s'", SPAN_FMT(doubt->part));
                break;
        case TN_DOUBT_PARTS:
                tn_buf_addf(text, "'%.*s' is taken for a module: %s has no parts", SPAN_FMT(word), command);
                break;
        }
}

bool tn_modprobe_doubt(struct span line, const struct tn_conf_record *record, struct tn_buf *text)
{
        struct tn_doubt doubt;

        if (!tn_doubt_find(line, record, &doubt))
                return false;
        tn_doubt_format(&doubt, record, text);
        tn_doubt_fini(&doubt);
        return true;
}
