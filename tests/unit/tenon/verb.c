/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "tenon/verb.h"

CHECK(verb_names_may_be_shortened_while_that_is_clear)
{
        bool several;

        assert_ptr_equal(tn_verb_find("list", &several), &tn_verb_list);
        assert_ptr_equal(tn_verb_find("lis", &several), &tn_verb_list);
        assert_null(tn_verb_find("listing", &several));
        assert_false(several);
}

CHECK(verb_rows_are_complete)
{
        for (size_t i = 0; tn_verbs[i]; i++) {
                const struct tn_verb *verb = tn_verbs[i];

                assert_non_null(verb->help);
                assert_non_null(verb->build);
                assert_non_null(verb->render[TN_FORM_TEXT]);
                assert_true(verb->size >= sizeof(struct tn_run));
                assert_ptr_equal(tn_verb_of_document(verb->name), verb);
        }
}
