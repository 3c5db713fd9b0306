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

static char normal(char c)
{
        return c == '-' ? '_' : c;
}

bool tn_params_is_same(struct span a, struct span b)
{
        if (a.len != b.len)
                return false;
        for (size_t i = 0; i < a.len; i++)
                if (normal(a.ptr[i]) != normal(b.ptr[i]))
                        return false;
        return true;
}

const struct tn_param *tn_params_find(const struct tn_params *params, struct span name)
{
        for (size_t i = 0; i < params->n; i++)
                if (tn_params_is_same(params->v[i].name, name))
                        return &params->v[i];
        return NULL;
}

bool tn_params_is_kernels(struct span name)
{
        struct span last = tn_span_skip(name, tn_span_chr(name, '.') + 1);

        return tn_params_is_same(name, SPAN("dyndbg")) || tn_params_is_same(last, SPAN("dyndbg")) ||
               tn_params_is_same(name, SPAN("async_probe"));
}

void tn_params_fini(struct tn_params *params)
{
        tn_vec_fini(params);
        tn_map_fini(&params->by_name);
}

bool tn_params_may_have(struct span module, struct span name)
{
        for (size_t i = 0; i + name.len < module.len; i++)
                if (module.ptr[i + name.len] == '\0' &&
                    tn_params_is_same((struct span){ module.ptr + i, name.len }, name))
                        return true;
        return false;
}
