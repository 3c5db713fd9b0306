/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "depmod/hash.h"
#include "depmod/order.h"
#include "format/line.h"
#include "format/modname.h"
#include "util/cleanup.h"
#include "util/map.h"
#include "util/textsort.h"

/* No line of modules.order. */
#define NO_LINE UINT32_MAX

/* For each module the first line that names it. */
static int number_lines(const struct tn_depmod_modules *modules, struct span text, uint32_t *lines)
{
        _cleanup_(tn_map_fini) struct tn_map by_path = { 0 };
        struct span line, plain;
        uint32_t number = 0;

        for (size_t i = 0; i < modules->n; i++) {
                int r = 0;

                lines[i] = NO_LINE;
                if (tn_modname_is_file(modules->v[i].path, &plain))
                        r = tn_map_add(&by_path, plain, &lines[i]);
                if (r < 0)
                        return r;
        }
        text = tn_line_text(text);
        while (number < NO_LINE && tn_line_next(&text, &line)) {
                uint32_t *first = tn_map_find(&by_path, line);

                if (first && *first == NO_LINE)
                        *first = number;
                number++;
        }
        return 0;
}

static int reorder(struct tn_depmod_modules *modules, const struct tn_keyed *sorted)
{
        struct tn_depmod_module *moved = reallocarray(NULL, modules->n + 1, sizeof(*moved));

        if (!moved)
                return -ENOMEM;
        for (size_t i = 0; i < modules->n; i++)
                moved[i] = modules->v[sorted[i].n];
        free(modules->v);
        modules->v = moved;
        modules->cap = modules->n + 1;
        return 0;
}

int tn_order_modules(struct tn_depmod_modules *modules, struct span modules_order)
{
        _cleanup_(freep) struct tn_keyed *sorted = reallocarray(NULL, modules->n + 1, sizeof(*sorted));
        _cleanup_(freep) uint32_t *lines = reallocarray(NULL, modules->n + 1, sizeof(*lines));
        int r = sorted && lines ? number_lines(modules, modules_order, lines) : -ENOMEM;

        if (r < 0 || modules->n == 0)
                return r;
        for (uint32_t i = 0; i < modules->n; i++) {
                uint32_t bucket = tn_hash(modules->v[i].name) % TN_HASH_MODULES;

                sorted[i].n = i;
                sorted[i].key = lines[i] == NO_LINE ? (uint64_t)NO_LINE + bucket : lines[i];
        }
        r = tn_textsort(sorted, modules->n, &modules->v->name, sizeof(*modules->v));
        return r < 0 ? r : reorder(modules, sorted);
}
