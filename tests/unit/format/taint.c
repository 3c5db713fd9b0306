/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/taint.h"

CHECK(taints_have_words)
{
        assert_string_equal(tn_taint_by_letter('O')->word, "out-of-tree");
        assert_string_equal(tn_taint_by_letter('E')->word, "unsigned");
        assert_null(tn_taint_by_letter('G'));
        assert_null(tn_taint_by_letter('\0'));
}

CHECK(taints_stand_at_their_bits)
{
        for (unsigned bit = 0; tn_taint_by_bit(bit); bit++) {
                assert_int_equal(tn_taint_by_bit(bit)->bit, bit);
                assert_ptr_equal(tn_taint_by_letter(tn_taint_by_bit(bit)->letter), tn_taint_by_bit(bit));
        }
        assert_string_equal(tn_taint_by_bit(12)->word, "out-of-tree");
        assert_null(tn_taint_by_bit(20));
        assert_null(tn_taint_by_bit(~0u));
}
