/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/symvers.h"
#include "util/num.h"

static const char blanks[] = " \t\r\n";

static bool is_macro(struct span word)
{
        return tn_span_starts(word, SPAN("EXPORT_"));
}

/* EXPORT_SYMBOL_GPL_FUTURE, of old kernels, was not yet for the GPL only. */
static bool is_gpl(struct span macro)
{
        return tn_span_eq(macro, SPAN("EXPORT_SYMBOL_GPL")) ||
               tn_span_eq(macro, SPAN("EXPORT_UNUSED_SYMBOL_GPL"));
}

/* What is behind the symbol. A namespace that comes first makes the macro the third word. */
static void parse_rest(struct span rest, struct tn_symvers *symvers)
{
        struct span first = tn_span_word(&rest, blanks);
        struct span second = tn_span_word(&rest, blanks);
        struct span third = tn_span_word(&rest, blanks);
        bool is_first = !is_macro(second) && is_macro(third);
        struct span macro = is_first ? third : second;

        symvers->owner = is_first ? second : first;
        symvers->has_rules = is_macro(macro);
        symvers->gpl_only = is_gpl(macro);
        if (symvers->has_rules)
                symvers->space = is_first ? first : third;
}

int tn_symvers_parse(struct span line, struct tn_symvers *ret_symvers, struct span *ret_bad)
{
        struct span crc = tn_span_word(&line, blanks);
        struct tn_symvers symvers = { .name = tn_span_word(&line, blanks) };
        int r;

        parse_rest(line, &symvers);
        if (symvers.owner.len == 0)
                return 0;
        r = tn_num_parse(crc, 16, &symvers.crc);
        *ret_symvers = symvers;
        if (r < 0)
                *ret_bad = crc;
        return r < 0 ? -EINVAL : 1;
}
