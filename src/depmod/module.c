/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "depmod/module.h"
#include "util/cleanup.h"

static const struct {
        struct span key;
        enum tn_depmod_info_kind kind;
} wanted[] = {
        { SPAN("alias"), TN_DEPMOD_ALIAS },
        { SPAN("softdep"), TN_DEPMOD_SOFTDEP },
        { SPAN("weakdep"), TN_DEPMOD_WEAKDEP },
};

void tn_depmod_modules_fini(struct tn_depmod_modules *modules)
{
        tn_vec_fini(modules);
        tn_arena_fini(&modules->arena);
}

static int find_wanted(struct span key)
{
        for (size_t i = 0; i < ARRAY_SIZE(wanted); i++)
                if (tn_span_eq(key, wanted[i].key))
                        return (int)wanted[i].kind;
        return -1;
}

static int take_info(struct tn_depmod_module *mod, const struct tn_facts *facts, struct tn_arena *arena)
{
        size_t n = 0;

        for (size_t i = 0; i < facts->info.n; i++)
                n += find_wanted(facts->info.v[i].key) >= 0;
        if (n == 0)
                return 0;
        mod->info = n > UINT32_MAX ? NULL : tn_arena_alloc(arena, n * sizeof(*mod->info));
        if (!mod->info)
                return -ENOMEM;
        for (size_t i = 0; i < facts->info.n; i++) {
                int kind = find_wanted(facts->info.v[i].key);
                struct span value = facts->info.v[i].value;

                if (kind < 0)
                        continue;
                value.ptr = tn_arena_dup(arena, value);
                if (!value.ptr)
                        return -ENOMEM;
                mod->info[mod->n_info++] = (struct tn_depmod_info){ (enum tn_depmod_info_kind)kind, value };
        }
        return 0;
}

static int take_exports(uint32_t owner, const struct tn_facts *facts, struct tn_symtab *tab)
{
        for (size_t i = 0; i < facts->exports.n; i++) {
                const struct tn_modsym *sym = &facts->exports.v[i];
                int r = tn_symtab_export(tab, tn_symtab_plain(tab, sym->name), sym->crc, owner);

                if (r < 0)
                        return r;
        }
        return 0;
}

/* On 64-bit PowerPC a function's entry point has a dot in front of the name that is exported. */
static struct span plain_name(const struct tn_symtab *tab, struct span name)
{
        return tn_symtab_plain(tab, tn_span_starts(name, SPAN(".")) ? tn_span_skip(name, 1) : name);
}

static int keep_told(struct tn_depmod_module *mod, const struct tn_facts *facts, struct tn_arena *arena)
{
        size_t n = facts->needs.n;

        mod->as_told = tn_arena_alloc(arena, n * sizeof(*mod->as_told));
        if (!mod->as_told)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++) {
                const struct tn_modsym *sym = &facts->needs.v[i];
                const char *name = tn_arena_dup(arena, sym->name);

                if (!name)
                        return -ENOMEM;
                mod->as_told[i] =
                        (struct tn_depmod_need){ { name, sym->name.len }, sym->crc, sym->bind == 'W' };
        }
        return 0;
}

static int take_needs(struct tn_depmod_module *mod, const struct tn_facts *facts, struct tn_symtab *tab,
                      struct tn_arena *arena)
{
        size_t n = facts->needs.n;

        if (n == 0)
                return 0;
        mod->needs = n > UINT32_MAX ? NULL : tn_arena_alloc(arena, n * sizeof(*mod->needs));
        if (!mod->needs)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++) {
                int r = tn_symtab_intern(tab, plain_name(tab, facts->needs.v[i].name), &mod->needs[i]);

                if (r < 0)
                        return r;
        }
        mod->n_needs = (uint32_t)n;
        return 0;
}

int tn_depmod_module_digest(struct tn_depmod_modules *modules, uint32_t i, const struct tn_facts *facts,
                            struct tn_symtab *tab)
{
        struct tn_depmod_module *mod = &modules->v[i];
        int r = take_exports(i, facts, tab);

        if (r == 0)
                r = take_info(mod, facts, &modules->arena);
        if (r == 0)
                r = take_needs(mod, facts, tab, &modules->arena);
        if (r == 0 && mod->n_needs && modules->keep_told)
                r = keep_told(mod, facts, &modules->arena);
        return r;
}
