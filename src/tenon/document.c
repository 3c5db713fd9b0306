/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "tenon/document.h"
#include "tenon/stream.h"
#include "util/cleanup.h"
#include "util/utf8.h"

#define SCHEMA "tenon/1"

void tn_document_init(struct tn_document *doc, const char *verb, const char *kernel, const char *root)
{
        *doc = (struct tn_document){ 0 };
        tn_json_init(&doc->json);
        tn_json_add_str(&doc->json, doc->json.root, "schema", SCHEMA);
        tn_json_add_str(&doc->json, doc->json.root, "verb", verb);
        tn_json_add_str(&doc->json, doc->json.root, "kernel", kernel);
        tn_json_add_str(&doc->json, doc->json.root, "root", root ? root : "/");
}

void tn_document_fini(struct tn_document *doc)
{
        if (!doc->ended) {
                json_object_put(doc->findings);
                json_object_put(doc->incomplete);
        }
        tn_json_fini(&doc->json);
}

struct json_object *tn_document_result(struct tn_document *doc)
{
        if (!doc->result)
                doc->result = tn_json_add_object(&doc->json, doc->json.root, "result");
        return doc->result;
}

/* The two lists stand behind the result, so they are made apart and added last. */
static struct json_object *list_of(struct tn_document *doc, struct json_object **list)
{
        if (!*list) {
                *list = json_object_new_array();
                if (!*list)
                        doc->json.err = -ENOMEM;
        }
        return *list;
}

static const char *severity_of(enum tn_finding_code code)
{
        static const char *const words[] = {
                [TN_SEVERITY_ERROR] = "error",
                [TN_SEVERITY_WARNING] = "warning",
                [TN_SEVERITY_NOTE] = "note",
        };

        return words[tn_finding_severity(code)];
}

static void add_because(struct tn_document *doc, struct json_object *to, const struct tn_finding *finding)
{
        struct json_object *because = tn_json_add_array(&doc->json, to, "because");

        if (finding->log)
                tn_json_add_str(&doc->json, because, NULL, finding->log);
}

static void add_next(struct tn_document *doc, struct json_object *to, const struct tn_finding *finding)
{
        struct json_object *list = tn_json_add_array(&doc->json, to, "next"), *next, *argv;
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 };
        struct span rest, word;

        tn_finding_next(finding, &words);
        if (words.len == 0 && tn_buf_error(&words) == 0)
                return;
        next = tn_json_add_object(&doc->json, list, NULL);
        tn_json_add_span(&doc->json, next, "text", tn_buf_span(&words));
        tn_buf_reset(&words);
        tn_finding_argv(finding, &words);
        if (words.len == 0)
                return;
        argv = tn_json_add_array(&doc->json, next, "argv");
        for (rest = tn_buf_span(&words); tn_span_split(&rest, '\0', &word);)
                tn_json_add_span(&doc->json, argv, NULL, word);
}

static void add_object(struct tn_document *doc, struct json_object *to, const struct tn_finding *finding,
                       const char *kind)
{
        struct json_object *object = tn_json_add_object(&doc->json, to, "object");

        if (!kind)
                kind = finding->path && !finding->name ? "file" : "module";
        tn_json_add_str(&doc->json, object, "kind", kind);
        tn_json_add_str(&doc->json, object, "name", finding->name);
        tn_json_add_str(&doc->json, object, "path", finding->path);
}

void tn_document_add_finding_to(struct tn_document *doc, struct json_object *list,
                                const struct tn_finding *finding, const char *kind)
{
        struct json_object *to = tn_json_add_object(&doc->json, list, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_json_add_str(&doc->json, to, "id", tn_finding_id(finding->code));
        tn_json_add_str(&doc->json, to, "severity", severity_of(finding->code));
        tn_json_add_bool(&doc->json, to, "certain", !finding->guess);
        add_object(doc, to, finding, kind);
        tn_finding_text(finding, &text);
        if (tn_buf_error(&text) < 0)
                doc->json.err = tn_buf_error(&text);
        tn_json_add_span(&doc->json, to, "text", tn_buf_span(&text));
        add_because(doc, to, finding);
        tn_json_add_place(&doc->json, to, "where", finding->file, finding->line);
        add_next(doc, to, finding);
}

void tn_document_add_finding(struct tn_document *doc, const struct tn_finding *finding, const char *kind)
{
        tn_document_add_finding_to(doc, list_of(doc, &doc->findings), finding, kind);
}

void tn_document_add_findings(struct tn_document *doc, const struct tn_findings *findings)
{
        const struct tn_finding *finding;

        tn_vec_each (finding, &findings->list)
                tn_document_add_finding(doc, finding, NULL);
}

void tn_document_add_incomplete(struct tn_document *doc, const char *what, const char *reason)
{
        struct json_object *to = tn_json_add_object(&doc->json, list_of(doc, &doc->incomplete), NULL);

        tn_json_add_str(&doc->json, to, "what", what);
        tn_json_add_str(&doc->json, to, "reason", reason);
}

void tn_document_judge(struct tn_document *doc, bool strict)
{
        for (size_t i = 0; i < tn_json_count(doc->findings); i++) {
                const char *severity = tn_json_str(tn_json_at(doc->findings, i), "severity");

                if (strcmp(severity, "error") == 0 || (strict && strcmp(severity, "warning") == 0))
                        doc->status = TN_STATUS_NO;
        }
}

static void add_list(struct tn_document *doc, const char *key, struct json_object *list)
{
        if (!list || doc->json.err || json_object_object_add(doc->json.root, key, list) < 0) {
                json_object_put(list);
                doc->json.err = -ENOMEM;
        }
}

int tn_document_end(struct tn_document *doc)
{
        add_list(doc, "findings", list_of(doc, &doc->findings));
        add_list(doc, "incomplete", list_of(doc, &doc->incomplete));
        doc->ended = true;
        tn_json_add_int(&doc->json, doc->json.root, "status", doc->status);
        return doc->json.err;
}

static bool has_schema(const struct json_object *root)
{
        return strcmp(tn_json_str(root, "schema"), SCHEMA) == 0;
}

/* A stream is recognised by its first line, which is an object of its own. */
static int parse(struct span text, struct json_object **ret_root, const char **ret_why)
{
        struct span line = tn_span_head(text, tn_span_chr(text, '\n'));
        int r = tn_json_parse(line, ret_root);

        if (r == 0 && has_schema(*ret_root) && tn_stream_is(*ret_root)) {
                *ret_why = "it is a stream with a line that is no record";
                r = tn_stream_parse(tn_span_skip(text, line.len), *ret_root);
                if (r < 0)
                        json_object_put(*ret_root);
                return r;
        }
        if (r == 0)
                json_object_put(*ret_root);
        return r == -ENOMEM ? r : tn_json_parse(text, ret_root);
}

int tn_document_parse(struct span text, struct json_object **ret_root, const char **ret_why)
{
        struct json_object *root;
        int r;

        if (text.len > TN_DOCUMENT_BYTES)
                return -EFBIG;
        *ret_why = "it is no JSON";
        if (!tn_utf8_is_valid(text))
                return -EINVAL;
        r = parse(text, &root, ret_why);
        if (r < 0)
                return r;
        *ret_why = "it is no document of tenon, version 1";
        if (!has_schema(root)) {
                json_object_put(root);
                return -EINVAL;
        }
        *ret_root = root;
        return 0;
}
