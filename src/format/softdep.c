/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/softdep.h"

bool tn_softdep_next(struct tn_softdep *softdep, struct span *ret_name)
{
        struct span word;

        while ((word = tn_span_word(&softdep->rest, " \t\n\v\f\r")).len) {
                if (tn_span_eq(word, SPAN("pre:"))) {
                        softdep->part = TN_SOFTDEP_PRE;
                } else if (tn_span_eq(word, SPAN("post:"))) {
                        softdep->part = TN_SOFTDEP_POST;
                } else if (softdep->part != TN_SOFTDEP_NONE) {
                        *ret_name = word;
                        return true;
                }
        }
        return false;
}
