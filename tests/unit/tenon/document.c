/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "tenon/document.h"
#include "util/cleanup.h"

static const struct tn_finding denied = {
        .code = TN_FINDING_BLACKLISTED, .name = "sctp", .file = "/etc/modprobe.d/a.conf", .line = 3
};
static const struct tn_finding unexported = { .code = TN_FINDING_SYMBOL_UNEXPORTED,
                                              .name = "a",
                                              .subject = "f",
                                              .log = "a: Unknown symbol f (err -2)" };

CHECK(document_has_the_envelope_in_order)
{
        _cleanup_(tn_document_fini) struct tn_document doc;

        tn_document_init(&doc, "why", "6.1", NULL);
        tn_document_add_incomplete(&doc, "keys", "Permission denied");
        tn_json_add_int(&doc.json, tn_document_result(&doc), "n", 1);
        doc.status = TN_STATUS_UNKNOWN;
        assert_int_equal(tn_document_end(&doc), 0);
        assert_string_equal(
                json_object_to_json_string_ext(doc.json.root, JSON_C_TO_STRING_PLAIN),
                "{\"schema\":\"tenon\\/1\",\"verb\":\"why\",\"kernel\":\"6.1\",\"root\":\"\\/\","
                "\"result\":{\"n\":1},\"findings\":[],"
                "\"incomplete\":[{\"what\":\"keys\",\"reason\":\"Permission denied\"}],\"status\":3}");
}

CHECK(document_has_findings_with_place_log_and_next_step)
{
        _cleanup_(tn_document_fini) struct tn_document doc;
        const struct json_object *found;

        tn_document_init(&doc, "check", "6.1", "/mnt");
        tn_document_add_finding(&doc, &denied, NULL);
        tn_document_add_finding(&doc, &unexported, "module");
        found = tn_json_at(doc.findings, 0);
        assert_string_equal(tn_json_str(found, "id"), "blacklisted");
        assert_string_equal(tn_json_str(tn_json_object(found, "object"), "name"), "sctp");
        assert_string_equal(tn_json_str(tn_json_object(found, "where"), "file"), "/etc/modprobe.d/a.conf");
        assert_int_equal(tn_json_int(tn_json_object(found, "where"), "line"), 3);
        found = tn_json_at(doc.findings, 1);
        assert_string_equal(tn_json_str(found, "severity"), "error");
        assert_true(tn_json_bool(found, "certain"));
        assert_false(tn_json_has(found, "where"));
        assert_string_equal(tn_json_str_at(tn_json_array(found, "because"), 0),
                            "a: Unknown symbol f (err -2)");
        assert_int_equal(tn_json_count(tn_json_array(found, "next")), 1);
}

CHECK(document_is_judged_by_its_findings)
{
        _cleanup_(tn_document_fini) struct tn_document doc;

        tn_document_init(&doc, "check", NULL, NULL);
        tn_document_judge(&doc, true);
        assert_int_equal(doc.status, TN_STATUS_YES);
        tn_document_add_finding(&doc, &unexported, NULL);
        tn_document_judge(&doc, false);
        assert_int_equal(doc.status, TN_STATUS_NO);
}

static void assert_no_document(const char *text, const char *expected)
{
        struct json_object *root = NULL;
        const char *why = NULL;

        assert_int_equal(tn_document_parse(tn_span_of(text), &root, &why), -EINVAL);
        assert_string_equal(why, expected);
        assert_null(root);
}

CHECK(document_parse_takes_documents_of_this_version_alone)
{
        struct json_object *root;
        const char *why;

        assert_int_equal(tn_document_parse(SPAN(" {\"schema\":\"tenon/1\"}\n"), &root, &why), 0);
        json_object_put(root);
        assert_no_document("{\"schema\":\"tenon/2\"}", "it is no document of tenon, version 1");
        assert_no_document("[]", "it is no document of tenon, version 1");
        assert_no_document("{\"schema\":\"tenon/1\"", "it is no JSON");
        assert_no_document("{\"schema\":\"tenon/1\"} x", "it is no JSON");
        assert_no_document("{\"schema\":\"tenon/1\",\"a\":\"\xff\"}", "it is no JSON");
        assert_no_document("", "it is no JSON");
}
