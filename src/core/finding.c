/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stddef.h>

#include "core/finding.h"
#include "core/finding_table.h"
#include "util/brief.h"
#include "util/cleanup.h"
#include "util/escape.h"

void tn_findings_fini(struct tn_findings *findings)
{
        tn_vec_fini(&findings->list);
        tn_arena_fini(&findings->arena);
}

static const size_t strings[] = {
        offsetof(struct tn_finding, name),    offsetof(struct tn_finding, path),
        offsetof(struct tn_finding, subject), offsetof(struct tn_finding, other),
        offsetof(struct tn_finding, value),   offsetof(struct tn_finding, file),
        offsetof(struct tn_finding, log),     offsetof(struct tn_finding, kernel),
};

int tn_findings_add(struct tn_findings *findings, struct tn_finding finding)
{
        for (size_t i = 0; i < ARRAY_SIZE(strings); i++) {
                const char **string = (const char **)((char *)&finding + strings[i]);

                if (!*string)
                        continue;
                *string = tn_arena_dup(&findings->arena, tn_span_of(*string));
                if (!*string)
                        return -ENOMEM;
        }
        return tn_vec_add(&findings->list, finding);
}

const char *tn_finding_id(enum tn_finding_code code)
{
        return tn_finding_table[code].id;
}

int tn_finding_by_id(struct span id, enum tn_finding_code *ret_code)
{
        for (size_t i = 0; i < TN_FINDING_CODES; i++) {
                if (!tn_span_eq(id, tn_span_of(tn_finding_table[i].id)))
                        continue;
                *ret_code = (enum tn_finding_code)i;
                return 0;
        }
        return -ENOENT;
}

enum tn_severity tn_finding_severity(enum tn_finding_code code)
{
        return tn_finding_table[code].severity;
}

/* Words for the running kernel, and for one that is to load modules later. */
static void add_kernel(const struct tn_finding *finding, struct span key, struct tn_buf *out)
{
        static const struct {
                struct span key;
                const char *running, *other;
        } words[] = {
                { SPAN("role"), "is running", "is to load it" },
                { SPAN("exporters"), "any loaded module", "any of its modules" },
        };

        if (tn_span_eq(key, SPAN("kernel")))
                tn_buf_add_str(out, finding->kernel ? finding->kernel : "the running kernel");
        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
                if (tn_span_eq(key, words[i].key))
                        tn_buf_add_str(out, finding->kernel ? words[i].other : words[i].running);
}

/* The value of a placeholder as it is; empty when the finding has none. */
static void add_raw(const struct tn_finding *finding, struct span key, struct tn_buf *out)
{
        static const struct {
                struct span key;
                size_t at;
        } fields[] = {
                { SPAN("name"), offsetof(struct tn_finding, name) },
                { SPAN("path"), offsetof(struct tn_finding, path) },
                { SPAN("subject"), offsetof(struct tn_finding, subject) },
                { SPAN("other"), offsetof(struct tn_finding, other) },
                { SPAN("value"), offsetof(struct tn_finding, value) },
                { SPAN("log"), offsetof(struct tn_finding, log) },
        };

        for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
                if (tn_span_eq(key, fields[i].key))
                        tn_buf_add_span(out, tn_span_of(*(const char *const *)((const char *)finding +
                                                                               fields[i].at)));
        add_kernel(finding, key, out);
        if (!tn_span_eq(key, SPAN("where")) || !finding->file)
                return;
        if (strcmp(finding->file, "/proc/cmdline") == 0)
                tn_buf_add_str(out, "the kernel command line");
        else
                tn_buf_add_str(out, finding->file);
        if (finding->line)
                tn_buf_addf(out, " line %u", finding->line);
}

typedef void add_fn(const struct tn_finding *finding, struct span key, struct tn_buf *out);

static void add_shown(const struct tn_finding *finding, struct span key, struct tn_buf *out)
{
        _cleanup_(tn_buf_fini) struct tn_buf raw = { 0 };

        add_raw(finding, key, &raw);
        tn_escape_add(tn_span_of(TN_BRIEF(tn_buf_span(&raw))), TN_ESCAPE_ALL, out);
        if (tn_buf_error(&raw) < 0)
                out->err = tn_buf_error(&raw);
}

/* A template up to its end, or that of an optional part. True when one of its placeholders has nothing to say. */
static bool fill(const struct tn_finding *finding, struct span *rest, add_fn *add, struct tn_buf *out)
{
        bool lacks = false;

        while (rest->len) {
                char c = rest->ptr[0];
                size_t before = out->len, close;

                if (c == ']')
                        break;
                *rest = tn_span_skip(*rest, 1);
                if (c == '{') {
                        close = tn_span_chr(*rest, '}');
                        add(finding, tn_span_head(*rest, close), out);
                        lacks |= out->len == before;
                        *rest = tn_span_skip(*rest, close + 1);
                } else if (c == '[') {
                        if (fill(finding, rest, add, out))
                                out->len = before;
                        *rest = tn_span_skip(*rest, 1);
                } else {
                        tn_buf_add_char(out, c);
                }
        }
        return lacks;
}

static void fill_all(const struct tn_finding *finding, const char *text, add_fn *add, struct tn_buf *out)
{
        struct span rest = tn_span_of(text);

        fill(finding, &rest, add, out);
}

void tn_finding_text(const struct tn_finding *finding, struct tn_buf *text)
{
        if (finding->guess)
                tn_buf_add_str(text, "it may be that ");
        fill_all(finding, tn_finding_table[finding->code].text, add_shown, text);
}

static bool is_odd_path(struct span text)
{
        return tn_span_starts(text, SPAN("/")) && tn_span_has_any(text, " \t\"\\$`&;|<>()*?[]#{}") &&
               !tn_span_has_any(text, "'");
}

/* A path of the command is written so that a shell takes it as one word. */
static void add_word(const struct tn_finding *finding, struct span key, struct tn_buf *out)
{
        _cleanup_(tn_buf_fini) struct tn_buf shown = { 0 };
        const char *argv = tn_finding_table[finding->code].argv;
        bool of_command = false;
        struct span rest = tn_span_of(argv), part;

        while (argv && tn_span_split(&rest, '{', &part))
                of_command |= tn_span_starts(rest, key);
        add_shown(finding, key, &shown);
        if (of_command && is_odd_path(tn_buf_span(&shown)))
                tn_buf_addf(out, "'%.*s'", SPAN_FMT(tn_buf_span(&shown)));
        else
                tn_buf_add_span(out, tn_buf_span(&shown));
        if (tn_buf_error(&shown) < 0)
                out->err = tn_buf_error(&shown);
}

void tn_finding_next(const struct tn_finding *finding, struct tn_buf *text)
{
        fill_all(finding, tn_finding_table[finding->code].next, add_word, text);
}

/* A word whose placeholder has nothing to say is left out. */
void tn_finding_argv(const struct tn_finding *finding, struct tn_buf *argv)
{
        struct span rest = tn_span_of(tn_finding_table[finding->code].argv), word;
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 };

        tn_finding_next(finding, &words);
        if (words.len == 0)
                return;
        while (tn_span_split(&rest, ' ', &word)) {
                size_t before = argv->len;

                if (fill(finding, &word, add_raw, argv))
                        argv->len = before;
                else
                        tn_buf_add_char(argv, '\0');
        }
}
