/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/incomplete.h"

void tn_incompletes_fini(struct tn_incompletes *incompletes)
{
        tn_vec_fini(&incompletes->list);
        tn_arena_fini(&incompletes->arena);
}

int tn_incompletes_add(struct tn_incompletes *incompletes, const char *what, const char *why)
{
        const struct tn_incomplete *there;
        struct tn_incomplete one;

        tn_vec_each (there, &incompletes->list)
                if (strcmp(there->what, what) == 0 && strcmp(there->why, why) == 0)
                        return 0;
        one.what = tn_arena_dup(&incompletes->arena, tn_span_of(what));
        one.why = tn_arena_dup(&incompletes->arena, tn_span_of(why));
        return one.what && one.why ? tn_vec_add(&incompletes->list, one) : -ENOMEM;
}
