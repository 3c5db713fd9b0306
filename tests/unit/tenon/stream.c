/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "tenon/stream.h"
#include "util/cleanup.h"

#define HEAD   "{\"schema\":\"tenon/1\",\"verb\":\"x\",\"kernel\":\"6.1\",\"root\":\"/\",\"stream\":true}\n"
#define RECORD "{\"record\":\"load\",\"module\":\"fat\"}\n"
#define END    "{\"record\":\"end\",\"findings\":[],\"incomplete\":[],\"status\":0}\n"

/* The stream as it is printed. */
struct sink {
        struct tn_stream_sink sink;
        struct tn_document doc;
        struct tn_buf out;
        int refuses;
};

static int print(void *data, const struct json_object *record)
{
        struct sink *sink = data;

        if (sink->refuses)
                return sink->refuses;
        return record ? tn_json_format(record, TN_JSON_LINE, &sink->out)
                      : tn_stream_format_head(sink->doc.json.root, &sink->out);
}

static void fini(struct sink *sink)
{
        tn_document_fini(&sink->doc);
        tn_buf_fini(&sink->out);
}

static void run(struct sink *sink, bool keeps)
{
        *sink = (struct sink){ .sink = { print, sink, keeps } };
        tn_document_init(&sink->doc, "x", "6.1", NULL);
        assert_int_equal(tn_stream_begin(&sink->doc, &sink->sink), 0);
        tn_json_add_str(&sink->doc.json, tn_stream_record(&sink->doc, "load"), "module", "fat");
        assert_int_equal(tn_stream_emit(&sink->doc), 0);
        assert_int_equal(tn_document_end(&sink->doc), 0);
}

static void assert_lines(const struct json_object *root, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        assert_int_equal(tn_stream_format(root, &out), 0);
        assert_string_equal(tn_buf_str(&out), expected);
}

CHECK(stream_is_printed_line_by_line)
{
        _cleanup_(fini) struct sink sink;

        run(&sink, false);
        assert_string_equal(tn_buf_str(&sink.out), HEAD RECORD);
        assert_int_equal(tn_json_count(sink.doc.records), 0);
        assert_int_equal(tn_stream_format_end(sink.doc.json.root, &sink.out), 0);
        assert_string_equal(tn_buf_str(&sink.out), HEAD RECORD END);
}

CHECK(stream_keeps_its_records_for_forms_of_all_of_them)
{
        _cleanup_(fini) struct sink sink;

        run(&sink, true);
        assert_int_equal(tn_json_count(sink.doc.records), 1);
        assert_lines(sink.doc.json.root, HEAD RECORD END);
}

CHECK(stream_says_when_nobody_reads_it)
{
        _cleanup_(fini) struct sink sink;

        run(&sink, false);
        sink.refuses = -EPIPE;
        tn_stream_record(&sink.doc, "load");
        assert_int_equal(tn_stream_emit(&sink.doc), -EPIPE);
}

CHECK(stream_is_parsed_to_what_it_was)
{
        struct json_object *root;
        const char *why;

        assert_int_equal(tn_document_parse(SPAN(HEAD RECORD RECORD END), &root, &why), 0);
        assert_true(tn_stream_is(root));
        assert_lines(root, HEAD RECORD RECORD END);
        json_object_put(root);
}

CHECK(stream_that_was_cut_off_says_so)
{
        static const struct span cuts[] = { SPAN(HEAD), SPAN(HEAD RECORD), SPAN(HEAD "{\"rec") };
        struct json_object *root;
        const char *why;

        for (size_t i = 0; i < ARRAY_SIZE(cuts); i++) {
                const struct json_object *entry;

                assert_int_equal(tn_document_parse(cuts[i], &root, &why), 0);
                entry = tn_json_at(tn_json_array(root, "incomplete"), 0);
                assert_string_equal(tn_json_str(entry, "reason"), "it was cut off");
                assert_int_equal(tn_json_int(root, "status"), TN_STATUS_UNKNOWN);
                json_object_put(root);
        }
}

CHECK(stream_with_other_lines_is_none)
{
        static const struct span bad[] = { SPAN(HEAD "1\n" END), SPAN(HEAD "{}\n" END), SPAN(HEAD "{\n" END),
                                           SPAN(HEAD END RECORD) };
        struct json_object *root;
        const char *why;

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                assert_int_equal(tn_document_parse(bad[i], &root, &why), -EINVAL);
                assert_string_equal(why, "it is a stream with a line that is no record");
        }
}
