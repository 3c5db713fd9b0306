/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>
#include <stdio.h>

#include "check.h"
#include "util/brief.h"

static struct span some(const char *text, size_t len)
{
        return (struct span){ text, len };
}

CHECK(brief_shows_what_is_short_as_it_is)
{
        char text[TN_BRIEF_MAX + 1];

        memset(text, 'x', sizeof(text));
        assert_string_equal(TN_BRIEF(SPAN("pci:v*")), "pci:v*");
        assert_string_equal(TN_BRIEF((struct span){ 0 }), "");
        assert_string_equal(TN_BRIEF_STR(NULL), "");
        assert_int_equal(strlen(TN_BRIEF(some(text, TN_BRIEF_MAX))), TN_BRIEF_MAX);
}

CHECK(brief_cuts_what_is_long_and_tells_its_length)
{
        char text[TN_BRIEF_MAX + 1];
        const char *got;

        memset(text, 'x', sizeof(text));
        got = TN_BRIEF(some(text, sizeof(text)));
        assert_memory_equal(got, text, TN_BRIEF_MAX);
        assert_string_equal(got + TN_BRIEF_MAX, "... (241 bytes)");
}

CHECK(brief_does_not_cut_a_character_in_two)
{
        char text[TN_BRIEF_MAX + 10];

        memset(text, 'x', sizeof(text));
        memcpy(text + TN_BRIEF_MAX - 2, "\xe2\x82\xac", 3);
        assert_string_equal(TN_BRIEF(some(text, sizeof(text))) + TN_BRIEF_MAX - 3, "x... (250 bytes)");
        /* bytes that are no UTF-8 */
        memset(text, 0x80, sizeof(text));
        assert_string_equal(TN_BRIEF(some(text, sizeof(text))) + TN_BRIEF_MAX - 4, "... (250 bytes)");
}

CHECK(brief_has_room_for_any_length)
{
        char text[TN_BRIEF_MAX + 1], end[40];
        struct span huge = { text, SIZE_MAX };

        memset(text, 'x', sizeof(text));
        snprintf(end, sizeof(end), "... (%zu bytes)", SIZE_MAX);
        assert_string_equal(TN_BRIEF(huge) + TN_BRIEF_MAX, end);
}
