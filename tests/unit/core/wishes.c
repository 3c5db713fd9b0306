/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "core/wishes.h"
#include "util/cleanup.h"
#include "room.h"

#define DEPS "k/a.ko:\nk/b-b.ko:\nk/c.ko:\nk/d.ko:\n"

static void assert_wishes(struct room *w, const char *module, enum tn_wish wish, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf said = { 0 };

        assert_int_equal(tn_wishes_lookup(w->catalog, w->config, module, wish, &arena, &matches), 0);
        for (size_t i = 0; i < matches.n; i++)
                tn_buf_addf(&said, "%s ", matches.v[i].name);
        assert_string_equal(tn_buf_str(&said), expected);
}

CHECK(wishes_of_all_softdep_lines_come_together)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL,
                         "softdep m pre: c b-b post: d\nsoftdep x pre: d\nsoftdep m* post: a pre: a\n");

        assert_wishes(&w, "m", TN_WISH_PRE, "c b_b a ");
        assert_wishes(&w, "m", TN_WISH_POST, "d a ");
        assert_wishes(&w, "m", TN_WISH_WEAK, "");
        assert_wishes(&w, "n", TN_WISH_PRE, "");
}

CHECK(wishes_repeat_no_name_but_all_that_an_alias_stands_for)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "al-* c\nal-x a\n", NULL,
                         "softdep m pre: b-b al-x b_b\nsoftdep m pre: a b_b nope x[\n");

        assert_wishes(&w, "m", TN_WISH_PRE, "b_b c a a ");
}

CHECK(wishes_of_weakdeps_are_words)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, NULL, NULL, "weakdep m a\tb-b\nweakdep m pre: d a\n");

        assert_wishes(&w, "m", TN_WISH_WEAK, "a b_b d ");
        assert_wishes(&w, "m", TN_WISH_PRE, "");
}
