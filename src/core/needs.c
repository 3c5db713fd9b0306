/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/needs.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"

void tn_needs_fini(struct tn_needs *needs)
{
        tn_map_fini(&needs->modules);
}

int tn_needs_get(struct tn_needs *needs, struct span name, struct tn_needs_module **ret_mod)
{
        struct tn_needs_module *mod = tn_map_find(&needs->modules, name);
        int r;

        if (!mod) {
                mod = tn_arena_alloc(needs->arena, needs->size ? needs->size : sizeof(*mod));
                if (!mod)
                        return -ENOMEM;
                mod->name = tn_arena_dup(needs->arena, name);
                if (!mod->name)
                        return -ENOMEM;
                r = tn_map_add(&needs->modules, (struct span){ mod->name, name.len }, mod);
                if (r < 0)
                        return r;
                if (needs->init)
                        needs->init(mod);
        }
        *ret_mod = mod;
        return 0;
}

static size_t count(struct span deps)
{
        struct span path;
        size_t n = 0;

        while (tn_depline_pop(&deps, &path))
                n++;
        return n;
}

/* They are popped from the end of the line. */
static int get_deps(struct tn_needs *needs, struct tn_needs_module *mod)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct span deps = mod->line.deps, path;
        size_t n = count(deps);
        int r = 0;

        if (n == 0)
                return 0;
        mod->deps = tn_arena_alloc(needs->arena, n * sizeof(*mod->deps));
        if (!mod->deps)
                return -ENOMEM;
        mod->n_deps = n;
        while (r == 0 && tn_depline_pop(&deps, &path)) {
                tn_buf_reset(&name);
                tn_modname_from_path(path, &name);
                r = tn_buf_error(&name);
                if (r == 0)
                        r = tn_needs_get(needs, tn_buf_span(&name), &mod->deps[--n]);
        }
        return r;
}

int tn_needs_ask(struct tn_needs *needs, struct tn_needs_module *mod)
{
        if (mod->asked)
                return 0;
        mod->asked = true;
        mod->line_err = tn_catalog_find_dep(needs->catalog, tn_span_of(mod->name), &mod->line);
        if (mod->line_err < 0)
                return mod->line_err == -ENOMEM ? -ENOMEM : 0;
        return get_deps(needs, mod);
}

/* A direct need brings all that is on its own line. */
static int cover(struct tn_needs *needs, struct tn_needs_module *mod)
{
        int r = tn_needs_ask(needs, mod);

        for (size_t i = 0; r == 0 && i < mod->n_deps; i++)
                mod->deps[i]->covered = needs->round;
        mod->covered = needs->round;
        return r;
}

int tn_needs_ask_direct(struct tn_needs *needs, struct tn_needs_module *mod)
{
        int r = tn_needs_ask(needs, mod);

        if (r < 0 || mod->direct || mod->n_deps == 0)
                return r;
        mod->direct = tn_arena_alloc(needs->arena, mod->n_deps * sizeof(*mod->direct));
        if (!mod->direct)
                return -ENOMEM;
        mod->covered = ++needs->round;
        for (size_t i = 0; r == 0 && i < mod->n_deps; i++) {
                mod->direct[i] = mod->deps[i]->covered != needs->round;
                if (mod->direct[i])
                        r = cover(needs, mod->deps[i]);
        }
        return r;
}
