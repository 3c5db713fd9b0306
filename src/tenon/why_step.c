/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <string.h>

#include "tenon/why_show.h"
#include "util/cleanup.h"

/* The names of those who need it directly. */
static bool add_needed_by(const struct json_object *causes, struct tn_buf *out)
{
        size_t n = 0;

        for (size_t i = 0; i < tn_json_count(causes); i++) {
                const struct json_object *cause = tn_json_at(causes, i);

                if (strcmp(tn_json_str(cause, "reason"), "dependency") == 0)
                        tn_buf_addf(out, "%s%s", n++ ? ", " : "needed by ", tn_json_str(cause, "by"));
        }
        return n > 0;
}

static bool add_softdep(const struct tn_why_showing *showing, const struct json_object *step,
                        const struct json_object *cause, struct tn_buf *out)
{
        const char *reason = tn_json_str(cause, "reason"), *word = tn_json_str(cause, "word");
        const struct json_object *match = tn_json_object(cause, "match");
        bool pre = strcmp(reason, "softdep-pre") == 0;

        if (!pre && strcmp(reason, "softdep-post") != 0)
                return false;
        tn_buf_addf(out, "softdep of %s, %s it", tn_json_str(cause, "by"), pre ? "before" : "after");
        if (strcmp(word, tn_json_str(step, "module")) != 0)
                tn_buf_addf(out, ": %s", word);
        tn_why_add_place(showing, tn_json_object(cause, "where"), out);
        if (tn_json_has(match, "pattern")) {
                tn_buf_add_str(out, ", ");
                tn_why_add_match(showing, match, out);
        }
        return true;
}

/* Why the step is there: each reason is a line; ret of the first, the line of the name goes on. */
static bool print_causes(const struct tn_why_showing *showing, const struct json_object *step, bool fresh)
{
        const struct json_object *causes = tn_json_array(step, "causes");
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };

        for (size_t i = 0; i < tn_json_count(causes); i++)
                if (strcmp(tn_json_str(tn_json_at(causes, i), "reason"), "requested") == 0)
                        tn_buf_add_str(&line, "asked for");
        if (line.len) {
                tn_why_print_beside(showing, fresh, &line);
                fresh = false;
        }
        tn_buf_reset(&line);
        if (add_needed_by(causes, &line)) {
                tn_why_print_beside(showing, fresh, &line);
                fresh = false;
        }
        for (size_t i = 0; i < tn_json_count(causes); i++) {
                tn_buf_reset(&line);
                if (!add_softdep(showing, step, tn_json_at(causes, i), &line))
                        continue;
                tn_why_print_beside(showing, fresh, &line);
                fresh = false;
        }
        return fresh;
}

static bool same_place(const struct json_object *a, const struct json_object *b)
{
        return strcmp(tn_json_str(a, "file"), tn_json_str(b, "file")) == 0 &&
               tn_json_int(a, "line") == tn_json_int(b, "line");
}

/* A line for all words of one place. */
static void print_options(const struct tn_why_showing *showing, const struct json_object *step)
{
        const struct json_object *options = tn_json_array(step, "options");
        size_t n = tn_json_count(options);

        for (size_t i = 0; i < n;) {
                const struct json_object *where = tn_json_object(tn_json_at(options, i), "where");
                _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };

                tn_buf_add_str(&line, "options");
                for (; i < n && same_place(tn_json_object(tn_json_at(options, i), "where"), where); i++)
                        tn_buf_addf(&line, " %s", tn_json_str(tn_json_at(options, i), "text"));
                tn_why_add_place(showing, where, &line);
                tn_why_print_beside(showing, false, &line);
        }
}

/* Denied by the policy, not by a command that does nothing. */
static bool is_barred(const struct json_object *step)
{
        return strcmp(tn_json_str(step, "kind"), "denied") == 0 && !tn_json_has(step, "command");
}

static const struct {
        const char *skip, *words;
} skips[] = {
        { "command", "the command stands for it, too" },
        { "denied", "left out with what is denied" },
};

static const struct {
        const char *kind, *words;
        bool command;
} kinds[] = {
        { "install", "a command in its place: ", true },
        { "denied", "never loaded: install ", true },
        { "barred", "denied by the policy", false },
        { "loaded", "in the kernel already", false },
        { "builtin", "built in", false },
        { "missing", "there is no such module", false },
        { "unknown", "there is no such module", false },
        { "blacklisted", "blacklisted", false },
};

/* What is done in a step, or why nothing is, where that is not plain. */
static void add_kind(const struct tn_why_showing *showing, const struct json_object *step, struct tn_buf *out)
{
        const char *kind = tn_json_str(step, "kind");

        if (is_barred(step))
                kind = "barred";
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
                if (strcmp(kinds[i].kind, kind) != 0)
                        continue;
                tn_buf_add_str(out, kinds[i].words);
                if (kinds[i].command)
                        tn_buf_add_str(out, tn_json_str(step, "command"));
                if (strcmp(kind, "unknown") != 0)
                        tn_why_add_place(showing, tn_json_object(step, "where"), out);
        }
        for (size_t i = 0; i < ARRAY_SIZE(skips); i++)
                if (strcmp(tn_json_str(step, "skip"), skips[i].skip) == 0) {
                        tn_buf_add_str(out, skips[i].words);
                        tn_why_add_place(showing, tn_json_object(step, "where"), out);
                }
        if (tn_json_bool(step, "kernel_refuses"))
                tn_buf_add_str(out, "the kernel refuses it: module_blacklist=");
}

bool tn_why_is_left_out(const struct json_object *step)
{
        const char *kind = tn_json_str(step, "kind");

        return strcmp(kind, "skipped") == 0 || is_barred(step) || strcmp(kind, "unknown") == 0 ||
               strcmp(kind, "blacklisted") == 0;
}

/* What stands in the way is marked by its name. */
static enum tn_style style_of(const struct json_object *step)
{
        const char *kind = tn_json_str(step, "kind");

        if (strcmp(kind, "denied") == 0 || strcmp(kind, "missing") == 0 ||
            tn_json_bool(step, "kernel_refuses"))
                return tn_json_bool(step, "required") ? TN_STYLE_BAD : TN_STYLE_WARNING;
        return tn_why_is_left_out(step) || strcmp(kind, "loaded") == 0 ? TN_STYLE_DIM : TN_STYLE_PLAIN;
}

void tn_why_print_step(const struct tn_why_showing *showing, const struct json_object *step, unsigned number)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        char before[12] = "-";
        bool fresh;

        if (number)
                snprintf(before, sizeof(before), "%u", number);
        tn_why_print_name(showing, before, tn_json_str(step, "module"), style_of(step));
        fresh = print_causes(showing, step, true);
        add_kind(showing, step, &line);
        if (line.len || fresh)
                tn_why_print_beside(showing, fresh, &line);
        print_options(showing, step);
}
