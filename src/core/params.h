/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_PARAMS_H
#define TN_CORE_PARAMS_H

#include <stdbool.h>

#include "format/modinfo.h"
#include "util/map.h"
#include "util/span.h"
#include "util/vec.h"

/* A parameter of a module: what its entries "parm=NAME:DESCRIPTION" and "parmtype=NAME:TYPE" say, the last of each. */
struct tn_param {
        struct span name;
        struct span description; /* ptr is NULL when there is none */
        struct span type;        /* likewise */
};

/* The parameters of one module in the order of their first entries. Zero-initialised is none. */
struct tn_params {
        TN_VEC_FIELDS(struct tn_param);
        struct tn_map by_name; /* name to where in v it is, from 1 */
};

/*
 * Takes an entry of .modinfo in; spans borrow from it. Returns 1 when it is about a parameter, 0 when it is about
 * something else; -EINVAL when it is about one but has no ':'; -ENOMEM.
 */
int tn_params_add(struct tn_params *params, const struct tn_modinfo *entry);

/* Whether two names are the same to the kernel, where '-' and '_' are. */
bool tn_params_is_same(struct span a, struct span b);

/* The one of that name, or NULL. */
const struct tn_param *tn_params_find(const struct tn_params *params, struct span name);

/* Whether the kernel takes it of any module: "dyndbg", "NAME.dyndbg", "async_probe". */
bool tn_params_is_kernels(struct span name);

void tn_params_fini(struct tn_params *params);

/*
 * Whether the bytes of a module, which need not describe all that it has, have the name of a parameter as a string, or as
 * the end of one.
 */
bool tn_params_may_have(struct span module, struct span name);

#endif
