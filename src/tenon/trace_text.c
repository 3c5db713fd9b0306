/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "tenon/trace.h"
#include "util/cleanup.h"

#define INDENT 14 /* behind the time */

/* Seconds and microseconds, as dmesg has them. */
static void add_time(const struct json_object *record, struct tn_text *text)
{
        int64_t us = tn_json_int(record, "time_ns") / 1000;

        tn_text_add(text, "%5lld.%06lld  ", (long long)(us / 1000000), (long long)(us % 1000000));
}

static void add_thread(const struct json_object *thread, struct tn_buf *out)
{
        const char *command = tn_json_str(thread, "command");

        tn_buf_addf(out, "%s[%lld]", *command ? command : "somebody", (long long)tn_json_int(thread, "pid"));
        if (tn_json_has(thread, "uid"))
                tn_buf_addf(out, ", user %lld,", (long long)tn_json_int(thread, "uid"));
}

/* "12.3 ms" */
static void add_duration(const struct json_object *record, const char *key, const char *before,
                         struct tn_buf *out)
{
        int64_t us = tn_json_int(record, key) / 1000;

        if (tn_json_has(record, key))
                tn_buf_addf(out, "%s%lld.%lld ms", before, (long long)(us / 1000),
                            (long long)(us % 1000 / 100));
}

/* A line of its own: what it begins with, in a style, and what follows. */
static void add_line(struct tn_text *text, enum tn_style style, const char *first, struct tn_buf *rest)
{
        tn_text_add(text, "%*s", INDENT, "");
        tn_text_style(text, style, first);
        tn_text_wrap(text, INDENT + tn_text_columns(first), INDENT + 2, tn_buf_str(rest));
}

static const struct {
        const char *outcome;
        enum tn_style style;
        const char *words;
} outcomes[] = {
        { "loaded", TN_STYLE_GOOD, "loaded" },
        { "present", TN_STYLE_GOOD, "in the kernel already" },
        { "builtin", TN_STYLE_GOOD, "built into the kernel" },
        { "command", TN_STYLE_PLAIN, "left to an install command" },
        { "blacklisted", TN_STYLE_WARNING, "not loaded: blacklisted" },
        { "denied", TN_STYLE_WARNING, "not loaded: denied" },
        { "kernel-blacklisted", TN_STYLE_WARNING, "not loaded: the kernel refuses it" },
        { "missing", TN_STYLE_WARNING, "not loaded: no module has that name or alias" },
        { "failed", TN_STYLE_BAD, "not loaded, and it should have been" },
        { "not-run", TN_STYLE_BAD, "the kernel did not run modprobe" },
        { "unfinished", TN_STYLE_DIM, "not ended yet" },
};

static void add_outcome(const struct json_object *record, struct tn_text *text)
{
        const struct json_object *modules = tn_json_array(record, "modules");
        _cleanup_(tn_buf_fini) struct tn_buf rest = { 0 };
        const char *outcome = tn_json_str(record, "outcome"), *words = "it cannot be told what came of it";
        enum tn_style style = TN_STYLE_DIM;

        for (size_t i = 0; i < ARRAY_SIZE(outcomes); i++)
                if (strcmp(outcomes[i].outcome, outcome) == 0) {
                        words = outcomes[i].words;
                        style = outcomes[i].style;
                }
        if (tn_json_count(modules))
                tn_buf_add_str(&rest, strcmp(outcome, "loaded") == 0 ? ": " : "; all that was loaded: ");
        for (size_t i = 0; i < tn_json_count(modules); i++)
                tn_buf_addf(&rest, "%s%s", i ? ", " : "", tn_json_str_at(modules, i));
        add_duration(record, "duration_ns", "; ", &rest);
        add_line(text, style, words, &rest);
}

static void add_because(const struct json_object *record, struct tn_text *text)
{
        const struct json_object *because = tn_json_array(record, "because");

        for (size_t i = 0; i < tn_json_count(because); i++) {
                tn_text_add(text, "%*s", INDENT, "");
                tn_text_wrap(text, INDENT, INDENT + 2, tn_json_str(tn_json_at(because, i), "text"));
        }
}

static void request_text(const struct json_object *record, struct tn_text *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 };

        add_thread(tn_json_object(record, "asker"), &words);
        tn_buf_addf(&words, " asks for %s (%s)", tn_json_str(record, "name"),
                    tn_json_str(record, "call_site"));
        tn_text_wrap(text, INDENT, INDENT + 2, tn_buf_str(&words));
        add_outcome(record, text);
        add_because(record, text);
}

static void load_text(const struct json_object *record, struct tn_text *text)
{
        const struct json_object *taints = tn_json_array(record, "taints");
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 };

        add_thread(tn_json_object(record, "by"), &words);
        tn_buf_addf(&words, " loads %s", tn_json_str(record, "module"));
        if (tn_json_has(record, "request"))
                tn_buf_addf(&words, " for %s", tn_json_str(record, "request"));
        for (size_t i = 0; i < tn_json_count(taints); i++)
                tn_buf_addf(&words, "%s%s", i ? ", " : ", tainting: ", tn_json_str_at(taints, i));
        if (tn_json_int(record, "result") < 0)
                tn_buf_addf(&words, "; its init failed with %lld", (long long)tn_json_int(record, "result"));
        add_duration(record, "init_ns", "; init ", &words);
        tn_text_wrap(text, INDENT, INDENT + 2, tn_buf_str(&words));
}

static void unload_text(const struct json_object *record, struct tn_text *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 };

        add_thread(tn_json_object(record, "by"), &words);
        tn_buf_addf(&words, " unloads %s", tn_json_str(record, "module"));
        tn_text_wrap(text, INDENT, INDENT + 2, tn_buf_str(&words));
}

static void command_text(const struct json_object *record, struct tn_text *text)
{
        const char *command = tn_json_str_at(tn_json_array(record, "argv"), 0);

        if (tn_json_has(record, "signal"))
                tn_text_add(text, "%s was ended by signal %lld\n", command,
                            (long long)tn_json_int(record, "signal"));
        else
                tn_text_add(text, "%s ended with status %lld\n", command,
                            (long long)tn_json_int(record, "status"));
}

void tn_trace_text(const struct json_object *record, struct tn_text *text)
{
        static const struct {
                const char *kind;
                void (*add)(const struct json_object *record, struct tn_text *text);
                bool has_time;
        } kinds[] = {
                { "request", request_text, true },
                { "load", load_text, true },
                { "unload", unload_text, true },
                { "command", command_text, false },
        };

        for (size_t i = 0; record && i < ARRAY_SIZE(kinds); i++) {
                if (strcmp(tn_json_str(record, "record"), kinds[i].kind) != 0)
                        continue;
                if (kinds[i].has_time)
                        add_time(record, text);
                kinds[i].add(record, text);
        }
}
