/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "core/softwords.h"
#include "room.h"
#include "util/buf.h"
#include "util/cleanup.h"

#define CONF                                                                                                 \
        "softdep m pre: c b-b post: d\n"                                                                     \
        "softdep x pre: x1\n"                                                                                \
        "softdep m* lost post: e pre: a post: c\n"                                                           \
        "softdep m pre: post:\n"                                                                             \
        "softdep m pre: c\n"

static void assert_words(const char *module, enum tn_softdep_part part, const char *expected)
{
        _cleanup_(room_fini) struct room w = room_new(NULL, NULL, NULL, CONF);
        _cleanup_(tn_buf_fini) struct tn_buf said = { 0 };
        struct tn_softwords words = tn_softwords_of(w.config, module, part);
        struct tn_softword word;

        while (tn_softwords_next(&words, &word)) {
                assert_int_equal(word.record->kind, TN_CONF_SOFTDEP);
                tn_buf_addf(&said, "%u:%.*s ", word.record->line, SPAN_FMT(word.name));
        }
        assert_false(tn_softwords_next(&words, &word));
        tn_buf_add_char(&said, '\n');
        assert_string_equal(tn_buf_str(&said), expected);
}

CHECK(softwords_of_one_part_come_line_by_line_each_with_its_line)
{
        assert_words("m", TN_SOFTDEP_PRE, "1:c 1:b-b 3:a 5:c \n");
        assert_words("m", TN_SOFTDEP_POST, "1:d 3:e 3:c \n");
}

CHECK(softwords_of_another_module_are_its_own)
{
        assert_words("x", TN_SOFTDEP_PRE, "2:x1 \n");
        assert_words("x", TN_SOFTDEP_POST, "\n");
        assert_words("mx", TN_SOFTDEP_PRE, "3:a \n");
        assert_words("none", TN_SOFTDEP_PRE, "\n");
}
