/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "tenon/json.h"
#include "util/cleanup.h"

static void assert_json(struct tn_json *json, const char *expected)
{
        assert_int_equal(json->err, 0);
        assert_string_equal(json_object_to_json_string_ext(json->root, JSON_C_TO_STRING_PLAIN), expected);
}

CHECK(json_values_of_all_types_are_added)
{
        _cleanup_(tn_json_fini) struct tn_json json;
        struct json_object *list;

        tn_json_init(&json);
        tn_json_add_str(&json, json.root, "s", "x");
        tn_json_add_str(&json, json.root, "none", NULL);
        tn_json_add_span(&json, json.root, "empty", (struct span){ NULL, 0 });
        tn_json_add_int(&json, json.root, "n", INT64_MAX);
        tn_json_add_bool(&json, json.root, "b", false);
        list = tn_json_add_array(&json, json.root, "l");
        tn_json_add_int(&json, list, NULL, -1);
        tn_json_add_str(&json, tn_json_add_object(&json, list, NULL), "k", "v");
        assert_json(&json, "{\"s\":\"x\",\"none\":null,\"empty\":\"\",\"n\":9223372036854775807,\"b\":false,"
                           "\"l\":[-1,{\"k\":\"v\"}]}");
}

CHECK(json_text_that_is_no_utf8_is_marked)
{
        _cleanup_(tn_json_fini) struct tn_json json;
        struct json_object *inner;

        tn_json_init(&json);
        inner = tn_json_add_object(&json, json.root, "o");
        tn_json_add_str(&json, inner, "name", "M\xfcller");
        assert_json(&json, "{\"o\":{\"name\":\"M\xef\xbf\xbdller\",\"lossy\":true}}");
        tn_json_add_str(&json, tn_json_add_array(&json, inner, "l"), NULL, "\xff");
        assert_true(tn_json_bool(json.root, "lossy"));
}

CHECK(json_additions_to_nothing_are_passed_over)
{
        _cleanup_(tn_json_fini) struct tn_json json;

        tn_json_init(&json);
        tn_json_add_str(&json, NULL, "k", "v");
        assert_null(tn_json_add_object(&json, NULL, "k"));
        json.err = -ENOMEM;
        assert_null(tn_json_add_array(&json, json.root, "l"));
        tn_json_add_int(&json, json.root, "n", 1);
        json.err = 0;
        assert_json(&json, "{}");
}

CHECK(json_of_another_type_reads_as_absent)
{
        struct json_object *root =
                json_tokener_parse("{\"s\":\"x\",\"n\":7,\"z\":null,\"a\":[\"p\",1],\"o\":{}}");

        assert_string_equal(tn_json_str(root, "s"), "x");
        assert_string_equal(tn_json_str(root, "n"), "");
        assert_string_equal(tn_json_str(root, "none"), "");
        assert_int_equal(tn_json_int(root, "n"), 7);
        assert_int_equal(tn_json_int(root, "s"), 0);
        assert_false(tn_json_bool(root, "n"));
        assert_false(tn_json_has(root, "z"));
        assert_true(tn_json_has(root, "n"));
        assert_null(tn_json_object(root, "a"));
        assert_null(tn_json_array(root, "o"));
        assert_int_equal(tn_json_count(tn_json_array(root, "a")), 2);
        assert_string_equal(tn_json_str_at(tn_json_array(root, "a"), 0), "p");
        assert_string_equal(tn_json_str_at(tn_json_array(root, "a"), 1), "");
        assert_string_equal(tn_json_str_at(tn_json_array(root, "a"), 2), "");
        assert_int_equal(tn_json_count(NULL), 0);
        assert_string_equal(tn_json_str(NULL, "s"), "");
        json_object_put(root);
}

CHECK(json_place_without_a_file_is_null)
{
        _cleanup_(tn_json_fini) struct tn_json json;

        tn_json_init(&json);
        tn_json_add_place(&json, json.root, "a", "/f", 3);
        tn_json_add_place(&json, json.root, "b", NULL, 0);
        assert_json(&json, "{\"a\":{\"file\":\"\\/f\",\"line\":3},\"b\":null}");
}
