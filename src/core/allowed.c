/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/allowed.h"
#include "core/lookup.h"
#include "format/index_walk.h"
#include "format/softdep.h"
#include "util/cleanup.h"

void tn_allowed_init(struct tn_catalog *catalog, const struct tn_config *config, struct tn_allowed *allowed)
{
        *allowed = (struct tn_allowed){
                .config = config,
                .needs = { .catalog = catalog,
                           .arena = &allowed->arena,
                           .size = sizeof(struct tn_allowed_module) },
        };
}

void tn_allowed_fini(struct tn_allowed *allowed)
{
        tn_needs_fini(&allowed->needs);
        tn_vec_fini(&allowed->waiting);
        tn_arena_fini(&allowed->arena);
}

/* Lets a module in, once; what it brings waits to be looked for. */
static int let_in(struct tn_allowed *allowed, struct span name, const struct tn_conf_record *record,
                  const char *from)
{
        struct tn_needs_module *needs;
        struct tn_allowed_module *mod;
        int r = tn_needs_get(&allowed->needs, name, &needs);

        if (r < 0)
                return r;
        mod = (struct tn_allowed_module *)needs;
        if (mod->record)
                return 0;
        mod->record = record;
        mod->from = from;
        return tn_vec_add(&allowed->waiting, mod);
}

/* What a word of a module's own softdep stands for. */
static int follow_word(struct tn_allowed *allowed, const struct tn_allowed_module *mod, struct span word)
{
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r = tn_lookup(allowed->needs.catalog, NULL, word, &allowed->arena, &matches);

        if (r < 0)
                return r == -ENOMEM ? r : 0;
        for (size_t i = 0; r == 0 && i < matches.n; i++)
                r = let_in(allowed, tn_span_of(matches.v[i].name), mod->record, mod->needs.name);
        return r;
}

static int follow_softdeps(struct tn_allowed *allowed, const struct tn_allowed_module *mod)
{
        struct tn_config_iter iter = tn_config_match(allowed->config, TN_CONF_SOFTDEP, mod->needs.name);
        const struct tn_conf_record *record;
        struct span word;
        int r = 0;

        while (r == 0 && (record = tn_config_next(&iter))) {
                struct tn_softdep softdep = tn_softdep_init(record->value);

                while (r == 0 && record->declared && tn_softdep_next(&softdep, &word))
                        r = follow_word(allowed, mod, word);
        }
        return r;
}

static int follow(struct tn_allowed *allowed)
{
        int r = 0;

        while (r == 0 && allowed->waiting.n > 0) {
                struct tn_allowed_module *mod = allowed->waiting.v[--allowed->waiting.n];

                r = tn_needs_ask(&allowed->needs, &mod->needs);
                for (size_t i = 0; r == 0 && i < mod->needs.n_deps; i++)
                        r = let_in(allowed, tn_span_of(mod->needs.deps[i]->name), mod->record,
                                   mod->needs.name);
                if (r == 0)
                        r = follow_softdeps(allowed, mod);
        }
        return r;
}

/* The line that names a module; the name must end in a NUL. */
static int let_in_named(struct tn_allowed *allowed, const char *name)
{
        const struct tn_conf_record *record = tn_config_find(allowed->config, TN_CONF_ALLOW, name);

        return record ? let_in(allowed, tn_span_of(name), record, NULL) : 0;
}

static int hear_name(void *data, struct span key, struct tn_index_value value)
{
        _cleanup_(freep) char *name = tn_span_dup(key);

        (void)value;
        return name ? let_in_named(data, name) : -ENOMEM;
}

/* All that the lines name. For patterns each module of the catalog is tried. */
static int let_in_all(struct tn_allowed *allowed)
{
        struct tn_config_iter iter = tn_config_each(allowed->config, TN_CONF_ALLOW);
        const struct tn_conf_record *record;
        const struct tn_index *index;
        bool patterns = false;
        int r = 0;

        while (r == 0 && (record = tn_config_next(&iter))) {
                patterns |= tn_span_has_any(record->key, "*?[\\");
                r = let_in_named(allowed, record->key.ptr);
        }
        if (r == 0 && patterns && tn_catalog_get_index(allowed->needs.catalog, TN_CATALOG_DEP, &index) == 0)
                r = tn_index_each(index, hear_name, allowed);
        return r == -ENOMEM ? r : 0;
}

static const struct tn_allowed_module *get(const struct tn_allowed *allowed, struct span name)
{
        const struct tn_allowed_module *mod = tn_map_find(&allowed->needs.modules, name);

        return mod && mod->record ? mod : NULL;
}

/* What a line names brings its own along. Only what no line names takes all of the lines. */
static int look_for(struct tn_allowed *allowed, struct span name)
{
        _cleanup_(freep) char *str = tn_span_dup(name);
        int r = str ? let_in_named(allowed, str) : -ENOMEM;

        if (r == 0)
                r = follow(allowed);
        if (r < 0 || allowed->whole || get(allowed, name))
                return r;
        allowed->whole = true;
        r = let_in_all(allowed);
        return r < 0 ? r : follow(allowed);
}

int tn_allowed_find(struct tn_allowed *allowed, struct span name, const struct tn_allowed_module **ret_mod)
{
        const struct tn_allowed_module *mod = get(allowed, name);
        int r = mod || allowed->whole ? 0 : look_for(allowed, name);

        if (r < 0)
                return r;
        mod = get(allowed, name);
        if (!mod)
                return 0;
        *ret_mod = mod;
        return 1;
}
