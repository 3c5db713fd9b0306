/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "depmod/hash.h"
#include "depmod/order.h"
#include "format/line.h"
#include "format/modname.h"
#include "util/cleanup.h"
#include "util/map.h"

/* Where a module belongs. */
struct place {
        struct tn_depmod_module mod;
        uint32_t line; /* of modules.order, or UINT32_MAX */
        uint32_t hash; /* of its name */
};

static int by_place(const void *a, const void *b)
{
        const struct place *x = a, *y = b;

        if (x->line != y->line)
                return x->line < y->line ? -1 : 1;
        return tn_hash_cmp(x->mod.name, x->hash, y->mod.name, y->hash, TN_HASH_MODULES);
}

static int number_lines(struct place *places, size_t n, struct span text)
{
        _cleanup_(tn_map_fini) struct tn_map by_path = { 0 };
        struct span line, plain;
        uint32_t number = 0;

        for (size_t i = 0; i < n; i++)
                if (tn_modname_is_file(places[i].mod.path, &plain)) {
                        int r = tn_map_add(&by_path, plain, &places[i]);

                        if (r < 0)
                                return r;
                }
        text = tn_line_text(text);
        while (number < UINT32_MAX && tn_line_next(&text, &line)) {
                struct place *place = tn_map_find(&by_path, line);

                if (place && place->line == UINT32_MAX)
                        place->line = number;
                number++;
        }
        return 0;
}

int tn_order_modules(struct tn_depmod_modules *modules, struct span modules_order)
{
        _cleanup_(freep) struct place *places = calloc(modules->n + 1, sizeof(*places));
        int r;

        if (!places)
                return -ENOMEM;
        for (size_t i = 0; i < modules->n; i++)
                places[i] = (struct place){ modules->v[i], UINT32_MAX, tn_hash(modules->v[i].name) };
        r = number_lines(places, modules->n, modules_order);
        if (r < 0)
                return r;
        qsort(places, modules->n, sizeof(*places), by_place);
        for (size_t i = 0; i < modules->n; i++)
                modules->v[i] = places[i].mod;
        return 0;
}
