/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/depline.h"

int tn_depline_parse(struct span line, struct tn_depline *ret_dep)
{
        size_t colon = tn_span_chr(line, ':');

        if (colon == 0 || colon == line.len)
                return -EINVAL;
        *ret_dep = (struct tn_depline){
                .path = tn_span_head(line, colon),
                .deps = tn_span_trim(tn_span_skip(line, colon + 1)),
        };
        return 0;
}

bool tn_depline_pop(struct span *deps, struct span *ret_path)
{
        size_t start;

        *deps = tn_span_trim(*deps);
        start = deps->len;
        while (start > 0 && deps->ptr[start - 1] != ' ' && deps->ptr[start - 1] != '\t')
                start--;
        *ret_path = tn_span_skip(*deps, start);
        *deps = tn_span_head(*deps, start);
        return ret_path->len > 0;
}
