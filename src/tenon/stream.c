/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "tenon/stream.h"
#include "util/cleanup.h"

/* The members of the envelope that are known in the end only. */
static const char *const last[] = { "error", "findings", "incomplete", "status", "lossy" };

static bool is_last(const char *key)
{
        for (size_t i = 0; i < ARRAY_SIZE(last); i++)
                if (strcmp(key, last[i]) == 0)
                        return true;
        return false;
}

bool tn_stream_is(const struct json_object *root)
{
        return tn_json_bool(root, "stream");
}

int tn_stream_begin(struct tn_document *doc, const struct tn_stream_sink *sink)
{
        tn_json_add_bool(&doc->json, doc->json.root, "stream", true);
        doc->sink = sink;
        doc->records = tn_json_add_array(&doc->json, tn_document_result(doc), "records");
        return doc->json.err ? doc->json.err : sink->print(sink->data, NULL);
}

struct json_object *tn_stream_record(struct tn_document *doc, const char *kind)
{
        doc->record = tn_json_add_object(&doc->json, doc->records, NULL);
        tn_json_add_str(&doc->json, doc->record, "record", kind);
        return doc->record;
}

int tn_stream_emit(struct tn_document *doc)
{
        size_t n = tn_json_count(doc->records);
        int r = doc->json.err;

        if (r == 0)
                r = doc->sink->print(doc->sink->data, doc->record);
        if (!doc->sink->keeps && n > 0)
                json_object_array_del_idx(doc->records, n - 1, 1);
        doc->record = NULL;
        return r;
}

/* An object with members of another: those that are known in the end, or those that are known in the beginning. */
static int format_members(const struct json_object *root, bool in_the_end, struct json_object *line,
                          struct tn_buf *out)
{
        struct json_object_iter at;
        int r = line ? 0 : -ENOMEM;

        json_object_object_foreachC(root, at)
        {
                if (is_last(at.key) != in_the_end || strcmp(at.key, "result") == 0 || r < 0)
                        continue;
                if (json_object_object_add(line, at.key, json_object_get(at.val)) < 0)
                        r = -ENOMEM;
        }
        if (r == 0)
                r = tn_json_format(line, TN_JSON_LINE, out);
        json_object_put(line);
        return r;
}

int tn_stream_format_head(const struct json_object *root, struct tn_buf *out)
{
        return format_members(root, false, json_object_new_object(), out);
}

int tn_stream_format_end(const struct json_object *root, struct tn_buf *out)
{
        struct tn_json line;

        tn_json_init(&line);
        tn_json_add_str(&line, line.root, "record", "end");
        return line.err ? line.err : format_members(root, true, line.root, out);
}

int tn_stream_format(const struct json_object *root, struct tn_buf *out)
{
        const struct json_object *records = tn_json_array(tn_json_object(root, "result"), "records");
        int r = tn_stream_format_head(root, out);

        for (size_t i = 0; i < tn_json_count(records) && r == 0; i++)
                r = tn_json_format(tn_json_at(records, i), TN_JSON_LINE, out);
        return r == 0 ? tn_stream_format_end(root, out) : r;
}

/* Moves what the last line has to the envelope. */
static int take_end(const struct json_object *end, struct json_object *root)
{
        for (size_t i = 0; i < ARRAY_SIZE(last); i++) {
                struct json_object *value;

                if (json_object_object_get_ex(end, last[i], &value) &&
                    json_object_object_add(root, last[i], json_object_get(value)) < 0)
                        return -ENOMEM;
        }
        return 0;
}

static int take_cut(struct tn_json *json)
{
        struct json_object *entry;

        tn_json_add_array(json, json->root, "findings");
        entry = tn_json_add_object(json, tn_json_add_array(json, json->root, "incomplete"), NULL);
        tn_json_add_str(json, entry, "what", "the end of the stream");
        tn_json_add_str(json, entry, "reason", "it was cut off");
        tn_json_add_int(json, json->root, "status", TN_STATUS_UNKNOWN);
        return json->err;
}

/* Takes over the record. Returns 1 when it was the last. */
static int take_record(struct json_object *record, struct json_object *root, struct json_object *records)
{
        int r = 0;

        if (strcmp(tn_json_str(record, "record"), "end") == 0) {
                r = take_end(record, root);
                json_object_put(record);
                return r < 0 ? r : 1;
        }
        if (*tn_json_str(record, "record") == '\0')
                r = -EINVAL;
        else if (json_object_array_add(records, record) < 0)
                r = -ENOMEM;
        if (r < 0)
                json_object_put(record);
        return r;
}

int tn_stream_parse(struct span lines, struct json_object *root)
{
        struct tn_json json = { .root = root };
        struct json_object *records, *record;
        struct span line;
        int r = 0;

        /* a hostile head may have some of these */
        json_object_object_del(root, "result");
        for (size_t i = 0; i < ARRAY_SIZE(last); i++)
                json_object_object_del(root, last[i]);
        records = tn_json_add_array(&json, tn_json_add_object(&json, root, "result"), "records");
        while (r == 0 && json.err == 0 && tn_span_split(&lines, '\n', &line)) {
                if (tn_span_trim(line).len == 0)
                        continue;
                r = tn_json_parse(line, &record);
                /* the last line may have been cut off in its middle */
                if (r == -EINVAL && lines.len == 0)
                        r = 0;
                else if (r == 0)
                        r = take_record(record, root, records);
        }
        if (r == 1)
                return tn_span_trim(lines).len ? -EINVAL : 0;
        if (r == 0)
                r = json.err ? json.err : take_cut(&json);
        return r;
}
