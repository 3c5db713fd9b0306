/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <errno.h>
#include <stdint.h>

#include "format/modname.h"
#include "format/modprobe_conf.h"
#include "format/softdep.h"
#include "util/cleanup.h"

/* What must follow the name that every command starts with. */
enum tail {
        TAIL_NONE,   /* nothing; more words are ignored */
        TAIL_MODULE, /* one more name; more words are ignored */
        TAIL_TEXT,   /* any text behind one separator */
        TAIL_FLAT,   /* the same, with its tabs made blanks */
        TAIL_NAMES,  /* more names, none or some, up to a comment */
        TAIL_MODE,   /* nothing, and the name is one of modes */
};

static const struct command {
        struct span word;
        enum tail tail;
} commands[TN_CONF_KINDS] = {
        [TN_CONF_BLACKLIST] = { SPAN("blacklist"), TAIL_NONE },
        [TN_CONF_INSTALL] = { SPAN("install"), TAIL_TEXT },
        [TN_CONF_REMOVE] = { SPAN("remove"), TAIL_TEXT },
        [TN_CONF_ALIAS] = { SPAN("alias"), TAIL_MODULE },
        [TN_CONF_OPTIONS] = { SPAN("options"), TAIL_FLAT },
        [TN_CONF_SOFTDEP] = { SPAN("softdep"), TAIL_TEXT },
        [TN_CONF_WEAKDEP] = { SPAN("weakdep"), TAIL_TEXT },
        [TN_CONF_DENY] = { SPAN("deny"), TAIL_NAMES },
        [TN_CONF_ALLOW] = { SPAN("allow"), TAIL_NAMES },
        [TN_CONF_POLICY] = { SPAN("policy"), TAIL_MODE },
};

static const char *const modes[] = { "off", "audit", "enforce" };

/* Words that begin a line and are none of the commands, and what the parser returns for them. */
static const struct other {
        const char *word;
        int result;
} others[] = {
        { "include", -EOPNOTSUPP },
        { "config", -EOPNOTSUPP },
        { "allow_unsupported_modules", 0 }, /* of SUSE's kmod; nothing is made of it here */
};

/* Asked of every byte of every line. */
static bool is_blank(char c)
{
        return c == ' ' || c == '\t';
}

const char *tn_conf_kind_name(enum tn_conf_kind kind)
{
        assert(kind < TN_CONF_KINDS);
        return commands[kind].word.ptr;
}

/* TN_CONF_KINDS when there is none. */
static enum tn_conf_kind find_command(struct span word)
{
        enum tn_conf_kind kind = 0;

        /* Most have another first letter, which is seen without a call. */
        while (kind < TN_CONF_KINDS &&
               (commands[kind].word.ptr[0] != word.ptr[0] || !tn_span_eq(word, commands[kind].word)))
                kind++;
        return kind;
}

static int find_other(struct span word)
{
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                if (tn_span_eq(word, tn_span_of(others[i].word)))
                        return others[i].result;
        return -EINVAL;
}

static int keep(struct span text, struct tn_arena *arena, struct span *ret_kept)
{
        char *copy = tn_arena_dup(arena, text);

        if (!copy)
                return -ENOMEM;
        *ret_kept = (struct span){ copy, text.len };
        return 0;
}

/* Cuts the next word off the copy of a line, normalised. What is behind it begins behind its NUL. */
static int take_name(struct span *copy, struct span *ret_name)
{
        struct span word = tn_modprobe_conf_word(copy);
        char *name = (char *)(uintptr_t)word.ptr;

        if (word.len == 0)
                return -EINVAL;
        name[word.len] = '\0';
        *copy = tn_span_skip(*copy, 1);
        *ret_name = word;
        return tn_modname_write_alias(word, name);
}

/* All behind the one separator that is cut off, which is where further blanks begin to count. */
static int take_text(struct span copy, bool flat, struct span *ret_text)
{
        char *text = (char *)(uintptr_t)copy.ptr;

        if (copy.len == 0)
                return -EINVAL;
        for (size_t i = 0; flat && i < copy.len; i++)
                if (text[i] == '\t')
                        text[i] = ' ';
        *ret_text = copy;
        return 0;
}

static bool is_mode(struct span word)
{
        for (size_t i = 0; i < ARRAY_SIZE(modes); i++)
                if (tn_span_eq(word, tn_span_of(modes[i])))
                        return true;
        return false;
}

/* What stands before the first word that begins with '#', for commands that take words without end. */
static struct span before_comment(enum tail tail, struct span line)
{
        struct span rest = line, word;

        if (tail != TAIL_NAMES && tail != TAIL_MODE)
                return line;
        while ((word = tn_modprobe_conf_word(&rest)).len)
                if (word.ptr[0] == '#')
                        return tn_span_head(line, (size_t)(word.ptr - line.ptr));
        return line;
}

/* Whether a name can be read; takes it off the line. */
static bool is_bad_name(struct span *line, struct span *ret_name)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        *ret_name = tn_modprobe_conf_word(line);
        return tn_modname_from_alias(*ret_name, &name) < 0;
}

/* Names are kept as written until they are asked for. One that is bad makes the line bad. */
static int take_names(struct span copy, struct span *ret_names)
{
        struct span rest, name;

        while (copy.len && is_blank(copy.ptr[0]))
                copy = tn_span_skip(copy, 1);
        rest = copy;
        do {
                if (is_bad_name(&rest, &name))
                        return -EINVAL;
        } while (name.len);
        *ret_names = copy;
        return 0;
}

static int parse_tail(enum tail tail, struct span copy, struct span *ret_value)
{
        switch (tail) {
        case TAIL_NONE:
        case TAIL_MODE: *ret_value = SPAN(""); return 0;
        case TAIL_MODULE: return take_name(&copy, ret_value);
        case TAIL_TEXT: return take_text(copy, false, ret_value);
        case TAIL_FLAT: return take_text(copy, true, ret_value);
        case TAIL_NAMES: return take_names(copy, ret_value);
        }
        return -EINVAL;
}

/* What is behind the command is copied once; key and value are cut out of the copy. */
static int parse_command(struct span word, struct span line, struct tn_arena *arena,
                         struct tn_conf_record *ret_record)
{
        struct tn_conf_record record = { .kind = find_command(word) };
        struct span copy;
        enum tail tail;
        int r;

        if (record.kind == TN_CONF_KINDS)
                return find_other(word);
        tail = commands[record.kind].tail;
        r = keep(before_comment(tail, line), arena, &copy);
        if (r == 0)
                r = take_name(&copy, &record.key);
        if (r == 0 && tail == TAIL_MODE && !is_mode(record.key))
                r = -EINVAL;
        if (r == 0)
                r = parse_tail(tail, copy, &record.value);
        if (r < 0)
                return r;
        *ret_record = record;
        return 1;
}

/* Of the names that a command takes behind the first one, the first that cannot be read. */
static bool find_bad_name(enum tail tail, struct span line, struct span *ret_name)
{
        bool bad;

        if (tail != TAIL_MODULE && tail != TAIL_NAMES)
                return false;
        do
                bad = is_bad_name(&line, ret_name);
        while (!bad && ret_name->len && tail == TAIL_NAMES);
        return bad;
}

/* Looks for what is wrong with a line that was refused; line is what stands behind its word. */
static enum tn_conf_fault find_fault(struct span word, struct span line, struct span *ret_name)
{
        enum tn_conf_kind kind = find_command(word);
        struct span module;

        if (kind == TN_CONF_KINDS)
                return find_other(word) == -EOPNOTSUPP   ? TN_CONF_FAULT_GONE
                       : tn_span_starts(word, SPAN("#")) ? TN_CONF_FAULT_COMMENT
                                                         : TN_CONF_FAULT_COMMAND;
        line = before_comment(commands[kind].tail, line);
        if (is_bad_name(&line, ret_name))
                return TN_CONF_FAULT_BRACKET;
        if (ret_name->len == 0)
                return TN_CONF_FAULT_NAME;
        if (commands[kind].tail == TAIL_MODE)
                return TN_CONF_FAULT_MODE;
        if (!find_bad_name(commands[kind].tail, line, &module))
                return TN_CONF_FAULT_ARGUMENT;
        *ret_name = module;
        return TN_CONF_FAULT_BRACKET;
}

static int describe_bad(struct span word, struct span line, struct tn_arena *arena,
                        struct tn_conf_record *ret_bad)
{
        struct tn_conf_record bad = { 0 };
        struct span name = SPAN("");

        bad.fault = find_fault(word, line, &name);
        if (keep(word, arena, &bad.key) < 0 || keep(name, arena, &bad.value) < 0)
                return -ENOMEM;
        *ret_bad = bad;
        return 0;
}

int tn_modprobe_conf_parse(struct span line, struct tn_arena *arena, struct tn_conf_record *ret_record)
{
        struct span word;
        int r;

        if (line.len == 0 || line.ptr[0] == '#')
                return 0;
        /* Records are C strings: what is behind a NUL cannot be said, and never counted. */
        line = tn_span_head(line, tn_span_chr(line, '\0'));
        word = tn_modprobe_conf_word(&line);
        if (word.len == 0)
                return 0;
        r = parse_command(word, line, arena, ret_record);
        if (r != -EINVAL && r != -EOPNOTSUPP)
                return r;
        return describe_bad(word, line, arena, ret_record) < 0 ? -ENOMEM : r;
}

int tn_modprobe_conf_next(struct tn_conf_record *record, struct tn_arena *arena)
{
        struct span rest = record->value, copy;
        int r;

        if (commands[record->kind].tail != TAIL_NAMES)
                return 0;
        r = keep(tn_modprobe_conf_word(&rest), arena, &copy);
        if (r == 0)
                r = take_name(&copy, &record->key);
        while (rest.len && is_blank(rest.ptr[0]))
                rest = tn_span_skip(rest, 1);
        record->value = rest;
        return r == -EINVAL ? 0 : r < 0 ? r : 1;
}

static void add_escaped(struct span s, struct tn_buf *text)
{
        for (size_t i = 0; i < s.len; i++) {
                if (s.ptr[i] == '\\')
                        tn_buf_add_char(text, '\\');
                tn_buf_add_char(text, s.ptr[i] == '\n' ? ' ' : s.ptr[i]);
        }
}

/* What separates it from what is there since start. */
static void add_blank(size_t start, struct tn_buf *text)
{
        if (text->len > start)
                tn_buf_add_char(text, ' ');
}

/* "PART NAME NAME", or nothing when that part has no names. */
static void add_part(struct span value, enum tn_softdep_part part, size_t start, struct tn_buf *text)
{
        struct tn_softdep softdep = tn_softdep_init(value);
        struct span name;
        bool first = true;

        while (tn_softdep_next(&softdep, &name)) {
                if (softdep.part != part)
                        continue;
                if (first) {
                        add_blank(start, text);
                        tn_buf_add_str(text, part == TN_SOFTDEP_PRE ? "pre:" : "post:");
                }
                first = false;
                tn_buf_add_char(text, ' ');
                add_escaped(name, text);
        }
}

static void add_words(struct span value, size_t start, struct tn_buf *text)
{
        struct span word;

        while ((word = tn_span_word(&value, " \t\n\v\f\r")).len) {
                add_blank(start, text);
                add_escaped(word, text);
        }
}

static void add_value(const struct tn_conf_record *record, struct tn_buf *text)
{
        size_t start = text->len;

        switch (record->kind) {
        case TN_CONF_SOFTDEP:
                add_part(record->value, TN_SOFTDEP_PRE, start, text);
                add_part(record->value, TN_SOFTDEP_POST, start, text);
                break;
        case TN_CONF_WEAKDEP: add_words(record->value, start, text); break;
        default: add_escaped(record->value, text);
        }
}

/* Whether a key says something without a value. */
static bool may_be_alone(enum tail tail)
{
        return tail == TAIL_NONE || tail == TAIL_NAMES || tail == TAIL_MODE;
}

/* Of a line that ends in a carriage return, the reader drops one. */
static void end_line(struct tn_buf *text)
{
        if (tn_span_ends(tn_buf_span(text), SPAN("\r")))
                tn_buf_add_char(text, '\r');
        tn_buf_add_char(text, '\n');
}

void tn_modprobe_conf_format(const struct tn_conf_record *record, struct tn_buf *text)
{
        size_t start = text->len, value;

        tn_buf_add_str(text, tn_conf_kind_name(record->kind));
        tn_buf_add_char(text, ' ');
        add_escaped(record->key, text);
        tn_buf_add_char(text, ' ');
        value = text->len;
        add_value(record, text);
        if (tn_buf_error(text) < 0)
                return;
        if (text->len == value && !may_be_alone(commands[record->kind].tail)) {
                text->len = start;
                return;
        }
        if (text->len == value)
                text->len--;
        end_line(text);
}

void tn_modprobe_conf_format_value(const struct tn_conf_record *record, struct tn_buf *text)
{
        if (record->kind == TN_CONF_SOFTDEP || record->kind == TN_CONF_WEAKDEP)
                add_value(record, text);
        else
                tn_buf_add_span(text, record->value);
}
