/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "util/nearest.h"

CHECK(nearest_counts_letters_that_differ)
{
        assert_int_equal(tn_nearest_distance(SPAN("vfat"), SPAN("vfat")), 0);
        assert_int_equal(tn_nearest_distance(SPAN("vfatt"), SPAN("vfat")), 1);
        assert_int_equal(tn_nearest_distance(SPAN("vat"), SPAN("vfat")), 1);
        assert_int_equal(tn_nearest_distance(SPAN("vfot"), SPAN("vfat")), 1);
        assert_int_equal(tn_nearest_distance(SPAN("vaft"), SPAN("vfat")), 1);
        assert_int_equal(tn_nearest_distance(SPAN("kitten"), SPAN("sitting")), 3);
        assert_int_equal(tn_nearest_distance(SPAN(""), SPAN("abc")), 3);
        assert_int_equal(tn_nearest_distance(SPAN("abc"), SPAN("")), 3);
}

CHECK(nearest_knows_no_distance_of_long_words)
{
        char text[TN_NEAREST_LEN_MAX + 1];
        const struct span longest = { text, TN_NEAREST_LEN_MAX }, longer = { text, sizeof(text) };

        memset(text, 'x', sizeof(text));
        assert_int_equal(tn_nearest_distance(longest, SPAN("x")), TN_NEAREST_LEN_MAX - 1);
        assert_int_equal(tn_nearest_distance(longest, longest), 0);
        assert_int_equal(tn_nearest_distance(longer, SPAN("x")), SIZE_MAX);
        assert_int_equal(tn_nearest_distance(SPAN("x"), longer), SIZE_MAX);
}

CHECK(nearest_is_the_first_of_those_that_are_most_like_it)
{
        struct tn_nearest nearest = { .word = SPAN("max_sped") };

        tn_nearest_look(&nearest, SPAN("max_spede"));
        assert_span(nearest.best, "max_spede");
        tn_nearest_look(&nearest, SPAN("max_speed"));
        assert_span(nearest.best, "max_spede");
        tn_nearest_look(&nearest, SPAN("max_sped"));
        assert_span(nearest.best, "max_sped");
}

CHECK(nearest_is_none_where_a_third_of_the_letters_differ)
{
        struct tn_nearest nearest = { .word = SPAN("abcdef") };

        tn_nearest_look(&nearest, SPAN("xyzdef"));
        assert_int_equal(nearest.best.len, 0);
        tn_nearest_look(&nearest, SPAN("xycdef"));
        assert_span(nearest.best, "xycdef");
        nearest = (struct tn_nearest){ .word = SPAN("ab") };
        tn_nearest_look(&nearest, SPAN("ac"));
        tn_nearest_look(&nearest, SPAN(""));
        assert_int_equal(nearest.best.len, 0);
}
