/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "index_help.h"

/* The values of all keys that match, in order, each followed by a blank. */
static void assert_match(const struct tn_index *index, const char *text, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_index_hits_fini) struct tn_index_hits hits = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        assert_int_equal(tn_index_match(index, tn_span_of(text), &arena, &hits), 0);
        for (size_t i = 0; i < hits.n; i++)
                tn_buf_addf(&got, "%.*s ", SPAN_FMT(hits.v[i].value));
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(index_match_takes_keys_for_patterns)
{
        struct index_line lines[] = {
                { "usb:v0403p6001*", 1, "ftdi" },
                { "usb:v04??p*", 2, "any04" },
                { "usb:v0[0-3]*", 3, "low" },
                { "usb:v0403p6001", 4, "exact" },
                { "*", 5, "all" },
                { "pci:*", 6, "pci" },
        };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_match(&index, "usb:v0403p6001", "ftdi any04 exact all ");
        assert_match(&index, "usb:v0403p6001d", "ftdi any04 all ");
        assert_match(&index, "usb:v0203p1", "low all ");
        assert_match(&index, "usb:v0", "all ");
        assert_match(&index, "", "all ");
        assert_match(&index, "pci", "all ");
}

/* The same with their keys: "KEY=VALUE ". */
static void assert_keys(const struct tn_index *index, const char *text, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_index_hits_fini) struct tn_index_hits hits = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        assert_int_equal(tn_index_match(index, tn_span_of(text), &arena, &hits), 0);
        for (size_t i = 0; i < hits.n; i++)
                tn_buf_addf(&got, "%s=%.*s ", hits.v[i].key, SPAN_FMT(hits.v[i].value));
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(index_match_says_the_key_of_each_value)
{
        struct index_line lines[] = {
                { "*", 0, "all" },          { "usb:v04*", 1, "child" },   { "usb:v0403", 2, "exact" },
                { "usb:v0403", 3, "too" },  { "usb:v0?03", 4, "inside" }, { "usb:v04[0-9]3", 5, "set" },
                { "usb:v04\\03", 6, "no" }, { "*\\03", 7, "escaped" },
        };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_keys(&index, "usb:v0403",
                    "*=all usb:v04*=child usb:v0403=exact usb:v0403=too usb:v0?03=inside usb:v04[0-9]3=set "
                    "*\\03=escaped ");
        assert_keys(&index, "usb:v04", "*=all usb:v04*=child ");
}

CHECK(index_match_says_the_key_of_a_text_with_wildcards)
{
        struct index_line lines[] = {
                { "a*b", 0, "ab" }, { "a*b?", 1, "more" }, { "[a]*", 2, "set" }, { "a", 3, "other" }
        };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_keys(&index, "a*b", "a*b=ab a*b=ab [a]*=set ");
        assert_keys(&index, "a*bc", "a*b?=more a*b?=more [a]*=set ");
        assert_keys(&index, "[a]bc", "[a]*=set ");
}

CHECK(index_match_keeps_keys_up_to_a_bound)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_index_hits_fini) struct tn_index_hits hits = { 0 };
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 }, key = { 0 };
        struct tn_index index;

        for (size_t i = 0; i < 8000; i++) {
                tn_buf_add_char(&key, '*');
                assert_int_equal(tn_index_writer_add(writer, tn_buf_span(&key), SPAN(""), 0), 0);
        }
        assert_int_equal(tn_index_writer_emit(writer, &buf), 0);
        assert_int_equal(tn_index_parse(tn_buf_span(&buf), &index), 0);
        assert_int_equal(tn_index_match(&index, SPAN("a"), &arena, &hits), -EINVAL);
        assert_int_equal(hits.n, 0);
}

CHECK(index_match_finds_wildcards_inside_a_prefix)
{
        struct index_line lines[] = { { "abc*xyz", 1, "star" },
                                      { "def?", 2, "one" },
                                      { "ghi[12]j", 3, "set" } };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_match(&index, "abcxyz", "star ");
        assert_match(&index, "abc/.../xyz", "star ");
        assert_match(&index, "abcxy", "");
        assert_match(&index, "defg", "one ");
        assert_match(&index, "def", "");
        assert_match(&index, "ghi2j", "set ");
        assert_match(&index, "ghi3j", "");
}

CHECK(index_match_knows_sets_and_escapes_as_fnmatch_does)
{
        struct index_line lines[] = {
                { "*[!a]b", 1, "not-a" },  { "*[x", 2, "unfinished" },  { "*\\*", 3, "escaped" },
                { "?[]]?", 4, "bracket" }, { "*[!a]bc*", 5, "behind" },
        };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_match(&index, "cb", "not-a ");
        assert_match(&index, "ab", "");
        assert_match(&index, "qq[x", "unfinished ");
        assert_match(&index, "qq*", "escaped ");
        assert_match(&index, "q]q", "bracket ");
        assert_match(&index, "cbcd", "behind ");
}

CHECK(index_match_takes_a_backslash_before_any_wildcard_as_it_is)
{
        struct index_line lines[] = { { "a\\b*", 1, "v" } };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_match(&index, "a\\b", "v ");
        assert_match(&index, "ab", "");
}

CHECK(index_match_sorts_by_priority_and_the_last_met_first)
{
        struct index_line lines[] = {
                { "usb*", 0, "a" },          { "usb*a", 0, "b" },       { "usb*b", 0, "c" },
                { "usb?bab", 0, "d" },       { "usb[0-9]bab", 0, "e" }, { "usb1bab", 0, "f" },
                { "usb1*bab", 0, "g" },      { "usb1b*b", 0, "h" },     { "usb1b*", 0, "i" },
                { "usb1*", 0, "j" },         { "usb1bab*", 0, "k" },    { "usb1bab", 9, "last" },
                { "usb1bab", 0, "younger" },
        };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        /* what kmod prints for the same index, but for the order within "usb1bab", which the merge turns round */
        assert_match(&index, "usb1bab", "f younger k i h j g e d a c last ");
}

CHECK(index_match_keeps_repeats)
{
        struct index_line lines[] = { { "a*", 1, "m" }, { "a?", 2, "m" }, { "ab", 3, "m" } };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_match(&index, "ab", "m m m ");
}

CHECK(index_match_follows_a_wildcard_in_the_text_both_ways)
{
        struct index_line lines[] = {
                { "a*b", 0, "ab" }, { "a*", 0, "a" }, { "a", 0, "lit" }, { "*", 0, "all" }
        };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_match(&index, "a*b", "ab a ab all ");
}

/* Below each wildcard of the text the rest of the tree is walked once more. */
CHECK(index_match_has_time_for_each_wildcard_of_the_text)
{
        static const char stars[] = "********************";
        struct index_line lines[sizeof(stars) - 1];
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_index_hits_fini) struct tn_index_hits hits = { 0 };
        struct tn_index index;

        for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
                lines[i] = (struct index_line){ stars + i, 0, "v" };
        index = INDEX_OF(lines, &buf);
        assert_int_equal(tn_index_match(&index, tn_span_of(stars), &arena, &hits), 0);
        assert_true(hits.n > ARRAY_SIZE(lines));
        assert_string_equal(hits.v[0].key, stars);
}

CHECK(index_match_sees_all_of_a_text_with_nul)
{
        struct index_line lines[] = { { "a*", 0, "a" }, { "a", 0, "b" } };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_index_hits_fini) struct tn_index_hits hits = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_int_equal(tn_index_match(&index, SPAN("a\0"), &arena, &hits), 0);
        assert_int_equal(hits.n, 0);
}

CHECK(index_match_appends)
{
        struct index_line lines[] = { { "a*", 1, "one" }, { "b*", 0, "two" } };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_index_hits_fini) struct tn_index_hits hits = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);

        assert_int_equal(tn_index_match(&index, SPAN("a"), &arena, &hits), 0);
        assert_int_equal(tn_index_match(&index, SPAN("b"), &arena, &hits), 0);
        assert_int_equal(hits.n, 2);
        assert_span(hits.v[0].value, "one");
        assert_span(hits.v[1].value, "two");
}

CHECK(index_match_adds_nothing_from_a_broken_index)
{
        /* "a*" has a value, "a+" lies outside */
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_index_hits_fini) struct tn_index_hits hits = { 0 };
        struct tn_index index;

        tn_buf_add(&buf, "\xb0\x07\xf4\x57\0\x02\0\x01\xa0\0\0\x0c", 12);
        tn_buf_add(&buf, "a\0*+\x40\0\0\x18\x40\0\0\xff", 12);
        tn_buf_add(&buf, "\0\0\0\x01\0\0\0\0v\0", 10);
        assert_int_equal(tn_index_parse(tn_buf_span(&buf), &index), 0);
        assert_match(&index, "ab", "v ");
        assert_int_equal(tn_index_match(&index, SPAN("a+"), &arena, &hits), -EINVAL);
        assert_int_equal(hits.n, 0);
}
