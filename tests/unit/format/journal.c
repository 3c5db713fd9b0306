/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "check.h"
#include "format/journal.h"
#include "util/cleanup.h"

static const struct tn_journal_entry two[] = {
        { SPAN("modules.dep"), 12, 0xaf63dc4c8601ec8cu },
        { SPAN("modules.dep.bin"), UINT64_MAX, 1 },
};

static struct tn_buf make(const struct tn_journal_entry *entries, size_t n)
{
        struct tn_buf text = { 0 };

        assert_int_equal(tn_journal_format(entries, n, &text), 0);
        return text;
}

/* The same text with another last line, right for what is above it. */
static struct tn_buf seal(const char *lines)
{
        struct tn_buf text = { 0 };

        tn_buf_add_str(&text, lines);
        tn_buf_addf(&text, "%016llx end\n", (unsigned long long)tn_journal_sum(tn_buf_span(&text)));
        assert_int_equal(tn_buf_error(&text), 0);
        return text;
}

static void assert_damaged(struct span text)
{
        struct tn_journal journal;

        assert_int_equal(tn_journal_parse(text, &journal), -EINVAL);
}

CHECK(journal_text_is_as_documented)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = make(two, ARRAY_SIZE(two));
        _cleanup_(tn_buf_fini) struct tn_buf expected =
                seal("tenon-journal 2\n"
                     "af63dc4c8601ec8c 12 modules.dep\n"
                     "0000000000000001 18446744073709551615 modules.dep.bin\n");

        assert_string_equal(tn_buf_str(&text), tn_buf_str(&expected));
}

CHECK(journal_comes_back_as_it_was_written)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = make(two, ARRAY_SIZE(two));
        struct tn_journal_entry entry;
        struct tn_journal journal;

        assert_int_equal(tn_journal_parse(tn_buf_span(&text), &journal), 0);
        for (size_t i = 0; i < ARRAY_SIZE(two); i++) {
                assert_true(tn_journal_next(&journal, &entry));
                assert_true(tn_span_eq(entry.name, two[i].name));
                assert_int_equal(entry.size, two[i].size);
                assert_int_equal(entry.sum, two[i].sum);
        }
        assert_false(tn_journal_next(&journal, &entry));
}

CHECK(journal_without_entries_is_whole)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = make(NULL, 0);
        struct tn_journal_entry entry;
        struct tn_journal journal;

        assert_int_equal(tn_journal_parse(tn_buf_span(&text), &journal), 0);
        assert_false(tn_journal_next(&journal, &entry));
}

CHECK(journal_cut_anywhere_is_damaged)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = make(two, ARRAY_SIZE(two));

        for (size_t n = 0; n < text.len; n++)
                assert_damaged(tn_span_head(tn_buf_span(&text), n));
}

CHECK(journal_with_any_byte_changed_is_damaged)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = make(two, ARRAY_SIZE(two));

        for (size_t i = 0; i < text.len; i++) {
                text.ptr[i] = (char)(text.ptr[i] ^ 1);
                assert_damaged(tn_buf_span(&text));
                text.ptr[i] = (char)(text.ptr[i] ^ 1);
        }
}

CHECK(journal_with_something_behind_it_is_damaged)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = make(two, ARRAY_SIZE(two));

        tn_buf_add_char(&text, '\n');
        assert_damaged(tn_buf_span(&text));
}

/* Each is sealed properly: it is the lines that are refused. */
CHECK(journal_with_strange_lines_is_refused)
{
        static const char *const lines[] = {
                "",
                "tenon-journal 1\n",
                "tenon-journal 2\n\n",
                "tenon-journal 2\n0000000000000001 1\n",
                "tenon-journal 2\n0000000000000001 1 \n",
                "tenon-journal 2\n0000000000000001 1 a/b\n",
                "tenon-journal 2\n0000000000000001 1 ..\\../x y\n",
                "tenon-journal 2\n0000000000000001 01 a\n",
                "tenon-journal 2\n0000000000000001 -1 a\n",
                "tenon-journal 2\n000000000000000A 1 a\n",
                "tenon-journal 2\n1 1 a\n",
                "tenon-journal 2\n0000000000000001 18446744073709551616 a\n",
                "tenon-journal 2\n0000000000000001  1 a\n",
                "tenon-journal 2\n0000000000000001 1 a\r\n",
                "tenon-journal 2\n0000000000000001 1 \xc3\xa4\n",
                "tenon-journal 2\n0000000000000001 1 a",
        };

        for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf text = seal(lines[i]);

                assert_damaged(tn_buf_span(&text));
        }
}
