/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>

#include "core/params.h"
#include "util/vec.h"

static int get(struct tn_params *params, struct span name, struct tn_param **ret_param)
{
        uintptr_t at = (uintptr_t)tn_map_find(&params->by_name, name);
        struct tn_param param = { .name = name };
        int r;

        if (!at) {
                r = tn_vec_add(params, param);
                if (r == 0)
                        r = tn_map_add(&params->by_name, name, (void *)params->n);
                if (r < 0)
                        return r;
                at = params->n;
        }
        *ret_param = &params->v[at - 1];
        return 0;
}

int tn_params_add(struct tn_params *params, const struct tn_modinfo *entry)
{
        bool is_type = tn_span_eq(entry->key, SPAN("parmtype"));
        size_t colon = tn_span_chr(entry->value, ':');
        struct tn_param *param;
        int r;

        if (!is_type && !tn_span_eq(entry->key, SPAN("parm")))
                return 0;
        if (colon == entry->value.len)
                return -EINVAL;
        r = get(params, tn_span_head(entry->value, colon), &param);
        if (r < 0)
                return r;
        *(is_type ? &param->type : &param->description) = tn_span_skip(entry->value, colon + 1);
        return 1;
}

void tn_params_fini(struct tn_params *params)
{
        tn_vec_fini(params);
        tn_map_fini(&params->by_name);
}
