/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/buildid.h"

static const struct tn_elf little = { .big_endian = false }, big = { .big_endian = true };

#define NOTE "\4\0\0\0\3\0\0\0\3\0\0\0GNU\0\x01\x02\x03"

CHECK(buildid_is_the_note_of_gnu)
{
        struct span id;

        assert_int_equal(tn_buildid_parse(&little, SPAN(NOTE "\0"), &id), 0);
        assert_span(id, "\1\2\3");
        assert_int_equal(tn_buildid_parse(&big, SPAN("\0\0\0\4\0\0\0\2\0\0\0\3GNU\0\5\6\0\0"), &id), 0);
        assert_span(id, "\5\6");
}

CHECK(buildid_may_lack_the_last_padding)
{
        struct span id;

        assert_int_equal(tn_buildid_parse(&little, SPAN(NOTE), &id), 0);
        assert_span(id, "\1\2\3");
}

CHECK(buildid_may_follow_other_notes)
{
        struct span id;

        assert_int_equal(tn_buildid_parse(&little,
                                          SPAN("\6\0\0\0\1\0\0\0\3\0\0\0Linux\0\0\0X\0\0\0"
                                               "\4\0\0\0\4\0\0\0\1\0\0\0GNU\0abcd" NOTE "\0"),
                                          &id),
                         0);
        assert_span(id, "\1\2\3");
}

CHECK(buildid_is_missing_from_a_broken_note)
{
        struct span id = SPAN("as it was");

        assert_int_equal(tn_buildid_parse(&little, SPAN(""), &id), -ENODATA);
        for (size_t n = 1; n < sizeof(NOTE) - 1; n++)
                assert_int_equal(tn_buildid_parse(&little, tn_span_head(SPAN(NOTE), n), &id), -ENODATA);
        assert_int_equal(tn_buildid_parse(&big, SPAN(NOTE), &id), -ENODATA);
        assert_int_equal(
                tn_buildid_parse(&little, SPAN("\xff\xff\xff\xff\xff\xff\xff\xff\3\0\0\0GNU\0"), &id),
                -ENODATA);
        assert_int_equal(tn_buildid_parse(&little, SPAN("\4\0\0\0\0\0\0\0\3\0\0\0GNU\0"), &id), -ENODATA);
        assert_span(id, "as it was");
}
