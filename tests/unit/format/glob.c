/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fnmatch.h>
#include <stdlib.h>

#include "check.h"
#include "format/glob.h"
#include "util/cleanup.h"

/* The whole pattern against the text from pos on. */
static bool matches(const char *pattern, const char *text, size_t pos)
{
        _cleanup_(tn_glob_fini) struct tn_glob glob = { 0 };
        _cleanup_(freep) uint64_t *set = NULL;

        assert_int_equal(tn_glob_init(&glob, tn_span_of(text)), 0);
        set = calloc(glob.words, sizeof(*set));
        assert_non_null(set);
        tn_glob_start(&glob, pos, set);
        for (; *pattern; pattern++)
                if (!tn_glob_step(&glob, *pattern, set))
                        return false;
        return tn_glob_accepts(&glob, set);
}

CHECK(glob_without_wildcards_compares)
{
        assert_true(matches("abc", "abc", 0));
        assert_false(matches("abc", "abcd", 0));
        assert_false(matches("abcd", "abc", 0));
        assert_true(matches("", "", 0));
        assert_false(matches("", "a", 0));
}

CHECK(glob_star_is_any_run_and_question_mark_any_byte)
{
        assert_true(matches("*", "", 0));
        assert_true(matches("a*c", "a/.bc", 0));
        assert_false(matches("a*c", "a/.bcd", 0));
        assert_true(matches("?", "\xff", 0));
        assert_false(matches("?", "", 0));
        assert_false(matches("?", "ab", 0));
}

CHECK(glob_starts_anywhere)
{
        assert_true(matches("c*", "abc", 2));
        assert_true(matches("", "abc", 3));
        assert_false(matches("a*", "abc", 1));
}

CHECK(glob_says_when_nothing_can_match_any_more)
{
        _cleanup_(tn_glob_fini) struct tn_glob glob = { 0 };
        uint64_t set[1];

        assert_int_equal(tn_glob_init(&glob, SPAN("abcabc")), 0);
        assert_int_equal(glob.words, 1);
        tn_glob_start(&glob, 0, set);
        assert_true(tn_glob_step(&glob, '*', set));
        assert_true(tn_glob_step(&glob, 'c', set));
        assert_true(tn_glob_step(&glob, 'a', set));
        assert_false(tn_glob_step(&glob, 'a', set));
        assert_false(tn_glob_step(&glob, '*', set));
}

CHECK(glob_leaves_sets_and_escapes_to_fnmatch)
{
        assert_false(tn_glob_knows('['));
        assert_false(tn_glob_knows('\\'));
        assert_true(tn_glob_knows('*'));
        assert_true(tn_glob_knows(']'));
}

/* Small alphabet, all lengths around the 64 bits of a word. */
CHECK(glob_agrees_with_fnmatch)
{
        unsigned seed = 1, hits = 0;

        for (unsigned round = 0; round < 20000; round++) {
                char pattern[12] = "", text[140] = "";
                size_t text_len = (size_t)rand_r(&seed) % (round % 2 ? 8 : sizeof(text) - 1);
                size_t pattern_len = (size_t)rand_r(&seed) % (sizeof(pattern) - 1);
                size_t pos = text_len && round % 3 == 0 ? (size_t)rand_r(&seed) % text_len : 0;
                bool expected;

                for (size_t i = 0; i < text_len; i++)
                        text[i] = "ab"[rand_r(&seed) % 8 == 0];
                for (size_t i = 0; i < pattern_len; i++)
                        pattern[i] = "aab??***"[rand_r(&seed) % 8];
                expected = fnmatch(pattern, text + pos, 0) == 0;
                hits += expected;
                assert_int_equal(matches(pattern, text, pos), expected);
        }
        assert_in_range(hits, 2000, 18000);
}
