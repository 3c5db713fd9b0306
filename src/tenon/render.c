/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "tenon/render.h"
#include "tenon/verb.h"
#include "util/cleanup.h"

static const char *const names[TN_FORMS] = {
        [TN_FORM_TEXT] = "text", [TN_FORM_JSON] = "json", [TN_FORM_DOT] = "dot",
        [TN_FORM_SVG] = "svg",   [TN_FORM_PROM] = "prom",
};

const char *tn_form_name(enum tn_form form)
{
        return names[form];
}

bool tn_form_is_picture(enum tn_form form)
{
        return form == TN_FORM_DOT || form == TN_FORM_SVG;
}

int tn_form_by_name(const char *name, enum tn_form *ret_form)
{
        for (size_t i = 0; i < TN_FORMS; i++) {
                if (strcmp(names[i], name) != 0)
                        continue;
                *ret_form = (enum tn_form)i;
                return 0;
        }
        return -EINVAL;
}

static enum tn_style style_of(const char *severity)
{
        if (strcmp(severity, "error") == 0)
                return TN_STYLE_BAD;
        return strcmp(severity, "warning") == 0 ? TN_STYLE_WARNING : TN_STYLE_DIM;
}

/* Whether a sentence has the words, and they end there: "line 1" is not in "line 12". */
static bool has_words(const char *sentence, const char *words)
{
        for (const char *at = sentence; (at = strstr(at, words)); at++)
                if (!at[strlen(words)] || strchr(" ,;:')", at[strlen(words)]))
                        return true;
        return false;
}

/* " FILE:LINE" or " FILE", unless the sentence has it. */
static void render_place(const struct json_object *where, const char *sentence, struct tn_text *text)
{
        const char *file = tn_json_str(where, "file");
        long long line = tn_json_int(where, "line");
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 };

        if (!where)
                return;
        tn_buf_add_str(&words, file);
        if (line)
                tn_buf_addf(&words, " line %lld", line);
        if (tn_buf_str(&words) && has_words(sentence, words.ptr))
                return;
        tn_text_add(text, " %s", file);
        if (line)
                tn_text_add(text, ":%lld", line);
}

static void render_finding(const struct json_object *finding, struct tn_text *text)
{
        const struct json_object *because = tn_json_array(finding, "because"),
                                 *next = tn_json_array(finding, "next"),
                                 *where = tn_json_object(finding, "where");
        const char *severity = tn_json_str(finding, "severity");

        tn_text_style(text, style_of(severity), severity);
        tn_text_add(text, ": ");
        tn_text_wrap(text, tn_text_columns(severity) + 2, 2, tn_json_str(finding, "text"));
        tn_text_add(text, "  [%s]", tn_json_str(finding, "id"));
        render_place(where, tn_json_str(finding, "text"), text);
        tn_text_add(text, "\n");
        for (size_t i = 0; i < tn_json_count(because); i++) {
                tn_text_add(text, "  because: ");
                tn_text_wrap(text, 11, 11, tn_json_str_at(because, i));
        }
        for (size_t i = 0; i < tn_json_count(next); i++) {
                tn_text_add(text, "  next: ");
                tn_text_wrap(text, 8, 8, tn_json_str(tn_json_at(next, i), "text"));
        }
}

static void begin_part(struct tn_text *text)
{
        if (text->out->len || text->begun)
                tn_text_add(text, "\n");
}

void tn_render_findings(const struct json_object *root, struct tn_text *text)
{
        const struct json_object *findings = tn_json_array(root, "findings");

        for (size_t i = 0; i < tn_json_count(findings); i++) {
                if (i == 0)
                        begin_part(text);
                render_finding(tn_json_at(findings, i), text);
        }
}

void tn_render_incomplete(const struct json_object *root, struct tn_text *text)
{
        const struct json_object *incomplete = tn_json_array(root, "incomplete"), *entry;

        for (size_t i = 0; i < tn_json_count(incomplete); i++) {
                entry = tn_json_at(incomplete, i);
                if (i == 0)
                        begin_part(text);
                tn_text_style(text, TN_STYLE_WARNING, "not seen");
                tn_text_add(text, ": %s: %s\n", tn_json_str(entry, "what"), tn_json_str(entry, "reason"));
        }
}

static void render_error(const struct json_object *root, struct tn_text *text)
{
        if (tn_json_has(root, "error"))
                tn_text_add(text, "%s\n", tn_json_str(root, "error"));
}

static void render_last(const struct json_object *root, const struct tn_verb *verb, struct tn_text *text)
{
        render_error(root, text);
        if (!verb || !verb->has_findings)
                tn_render_findings(root, text);
        tn_render_incomplete(root, text);
}

int tn_render_record(const struct tn_verb *verb, const struct json_object *root,
                     const struct json_object *record, enum tn_form form, struct tn_text *text)
{
        if (form == TN_FORM_JSON)
                return record ? tn_json_format(record, TN_JSON_LINE, text->out)
                              : tn_stream_format_head(root, text->out);
        if (form == TN_FORM_TEXT)
                verb->record(record, text);
        return tn_buf_error(text->out);
}

int tn_render_end(const struct json_object *root, enum tn_form form, struct tn_text *text)
{
        if (form == TN_FORM_JSON)
                return tn_stream_format_end(root, text->out);
        render_last(root, tn_verb_of_document(tn_json_str(root, "verb")), text);
        return tn_buf_error(text->out);
}

/* The text of a verb's result: of a stream that of each record. */
static void render_result(const struct tn_verb *verb, const struct json_object *root, enum tn_form form,
                          struct tn_text *text)
{
        const struct json_object *result = tn_json_object(root, "result"),
                                 *records = tn_json_array(result, "records");

        if (!result)
                return;
        if (form != TN_FORM_TEXT || !tn_stream_is(root) || !verb->record) {
                verb->render[form](root, text);
                return;
        }
        verb->record(NULL, text);
        for (size_t i = 0; i < tn_json_count(records); i++)
                verb->record(tn_json_at(records, i), text);
}

/* Whether a verb has such a form. */
static bool has_form(const struct tn_verb *verb, const struct json_object *root, enum tn_form form)
{
        if (form == TN_FORM_TEXT && (!verb || (verb->record && tn_stream_is(root))))
                return true;
        return verb && verb->render[form];
}

int tn_render(const struct json_object *root, enum tn_form form, struct tn_text *text)
{
        const struct tn_verb *verb;

        if (form == TN_FORM_JSON)
                return tn_stream_is(root) ? tn_stream_format(root, text->out)
                                          : tn_json_format(root, TN_JSON_PRETTY, text->out);
        verb = tn_verb_of_document(tn_json_str(root, "verb"));
        if (!verb && !tn_json_has(root, "error"))
                return -ENOENT;
        if (!has_form(verb, root, form))
                return -EOPNOTSUPP;
        if (verb)
                render_result(verb, root, form, text);
        if (form == TN_FORM_TEXT)
                render_last(root, verb, text);
        return tn_buf_error(text->out);
}
