/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "tenon/render.h"
#include "util/cleanup.h"

static int render(const char *document, enum tn_form form, struct tn_buf *out)
{
        struct json_object *root = json_tokener_parse(document);
        struct tn_text text = { .out = out, .width = 40 };
        int r = tn_render(root, form, &text);

        json_object_put(root);
        return r;
}

CHECK(render_has_findings_and_what_was_not_seen_behind_the_result)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        assert_int_equal(
                render("{\"verb\":\"list\",\"findings\":[{\"id\":\"x-y\",\"severity\":\"error\",\"text\":"
                       "\"one two three four five six "
                       "seven\",\"because\":[\"log\"],\"where\":{\"file\":\"/f\","
                       "\"line\":2},\"next\":[{\"text\":\"do it\",\"argv\":[\"it\"]}]}],"
                       "\"incomplete\":[{\"what\":\"w\",\"reason\":\"r\"}]}",
                       TN_FORM_TEXT, &out),
                0);
        assert_string_equal(tn_buf_str(&out), "error: one two three four five six seven\n"
                                              "  [x-y] /f:2\n"
                                              "  because: log\n"
                                              "  next: do it\n"
                                              "\n"
                                              "not seen: w: r\n");
}

CHECK(render_shows_a_place_that_the_sentence_lacks)
{
        static const struct {
                const char *sentence, *place;
        } cases[] = {
                { "it is from /f line 2", "" },
                { "/f line 2, says so", "" },
                { "it is from /f line 21", " /f:2" },
                { "it is from /f", " /f:2" },
        };

        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf in = { 0 }, out = { 0 }, expected = { 0 };

                tn_buf_addf(&in,
                            "{\"verb\":\"list\",\"findings\":[{\"id\":\"x\",\"severity\":\"error\","
                            "\"text\":\"%s\",\"where\":{\"file\":\"/f\",\"line\":2}}]}",
                            cases[i].sentence);
                tn_buf_addf(&expected, "error: %s\n  [x]%s\n", cases[i].sentence, cases[i].place);
                assert_int_equal(render(tn_buf_str(&in), TN_FORM_TEXT, &out), 0);
                assert_string_equal(tn_buf_str(&out), tn_buf_str(&expected));
        }
}

CHECK(render_refuses_what_the_verb_does_not_have)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        assert_int_equal(render("{\"verb\":\"list\"}", TN_FORM_SVG, &out), -EOPNOTSUPP);
        assert_int_equal(render("{\"verb\":\"nope\"}", TN_FORM_TEXT, &out), -ENOENT);
        assert_int_equal(render("{\"verb\":7}", TN_FORM_JSON, &out), 0);
}

CHECK(render_forms_have_names)
{
        enum tn_form form;

        for (unsigned i = 0; i < TN_FORMS; i++) {
                assert_int_equal(tn_form_by_name(tn_form_name((enum tn_form)i), &form), 0);
                assert_int_equal(form, i);
        }
        assert_int_equal(tn_form_by_name("tex", &form), -EINVAL);
}

CHECK(render_escapes_in_json_what_a_terminal_would_obey)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        assert_int_equal(render("{\"a\":\"\x7f \xc2\x9b \xc2\xa0 \\u001b\"}", TN_FORM_JSON, &out), 0);
        assert_string_equal(tn_buf_str(&out), "{\n  \"a\": \"\\u007f \\u009b \xc2\xa0 \\u001b\"\n}\n");
}
