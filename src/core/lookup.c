/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/lookup.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/vec.h"

/* One question: the text as it was given and normalised, and where the answers go. */
struct asking {
        struct tn_catalog *cat;
        const struct tn_config *config;
        struct tn_arena *arena;
        struct span alias; /* normalised, in the arena */
        struct tn_matches *matches;
};

void tn_matches_fini(struct tn_matches *matches)
{
        tn_vec_fini(matches);
}

/* What the kernel could not have, and no file is found by, is no module, whatever leads to it. */
static int add(const struct asking *ask, struct span name, struct tn_match match)
{
        if (match.rule != TN_RULE_COMMAND && !tn_modname_is_sane(name) && !tn_modname_is_found(name))
                return 0;
        match.name = tn_arena_dup(ask->arena, name);
        return match.name ? tn_vec_add(ask->matches, match) : -ENOMEM;
}

static int by_conf_alias(const struct asking *ask, enum tn_rule rule)
{
        const struct tn_conf_record *record;
        struct tn_config_iter it;
        int r = 0;

        if (!ask->config)
                return 0;
        it = tn_config_match(ask->config, TN_CONF_ALIAS, ask->alias.ptr);
        while (r == 0 && (record = tn_config_next(&it)))
                r = add(ask, record->value,
                        (struct tn_match){ .rule = rule,
                                           .alias = record->key.ptr,
                                           .pattern = record->key.ptr,
                                           .record = record });
        return r;
}

static int by_name(const struct asking *ask, enum tn_rule rule)
{
        struct tn_depline unused;
        int r;

        if (tn_span_chr(ask->alias, ':') < ask->alias.len)
                return 0;
        r = tn_catalog_find_dep(ask->cat, ask->alias, &unused);
        if (r == -ENOENT)
                return 0;
        return r < 0 ? r : add(ask, ask->alias, (struct tn_match){ .rule = rule });
}

static int by_index(const struct asking *ask, enum tn_rule rule, enum tn_catalog_index which)
{
        struct tn_match match = { .rule = rule, .alias = ask->alias.ptr };
        struct tn_index_hits hits = { 0 };
        int r = tn_catalog_match(ask->cat, which, ask->alias, ask->arena, &hits);

        for (size_t i = 0; r == 0 && i < hits.n; i++) {
                match.pattern = hits.v[i].key;
                r = add(ask, hits.v[i].value, match);
        }
        tn_index_hits_fini(&hits);
        return r;
}

static int by_symbol(const struct asking *ask, enum tn_rule rule)
{
        if (!tn_span_starts(ask->alias, SPAN("symbol:")))
                return 0;
        return by_index(ask, rule, TN_CATALOG_SYMBOLS);
}

static int by_command(const struct asking *ask, enum tn_rule rule)
{
        const struct tn_conf_record *record;

        if (!ask->config)
                return 0;
        record = tn_config_find_exact(ask->config, TN_CONF_INSTALL, ask->alias.ptr);
        if (!record)
                record = tn_config_find_exact(ask->config, TN_CONF_REMOVE, ask->alias.ptr);
        return record ? add(ask, record->key, (struct tn_match){ .rule = rule, .record = record }) : 0;
}

static int by_alias(const struct asking *ask, enum tn_rule rule)
{
        return by_index(ask, rule, TN_CATALOG_ALIAS);
}

static int by_builtin(const struct asking *ask, enum tn_rule rule)
{
        if (!tn_catalog_is_builtin(ask->cat, ask->alias))
                return 0;
        return add(ask, ask->alias, (struct tn_match){ .rule = rule });
}

static int by_builtin_alias(const struct asking *ask, enum tn_rule rule)
{
        return by_index(ask, rule, TN_CATALOG_BUILTIN_ALIAS);
}

/* The first rule that knows the text wins. */
static const struct {
        int (*ask)(const struct asking *ask, enum tn_rule rule);
        bool of_names; /* asked, too, when only names count */
} rules[] = {
        [TN_RULE_CONF_ALIAS] = { by_conf_alias, false },
        [TN_RULE_NAME] = { by_name, true },
        [TN_RULE_SYMBOL] = { by_symbol, false },
        [TN_RULE_COMMAND] = { by_command, false },
        [TN_RULE_ALIAS] = { by_alias, false },
        [TN_RULE_BUILTIN] = { by_builtin, true },
        [TN_RULE_BUILTIN_ALIAS] = { by_builtin_alias, true },
};

/* Asks for a normalised text. */
static int look_up(struct asking *ask, struct tn_buf *text, bool only_names)
{
        size_t before = ask->matches->n;
        int r = 0;

        if (text->len == 0)
                return tn_buf_error(text);
        ask->alias = (struct span){ tn_arena_dup(ask->arena, tn_buf_span(text)), text->len };
        if (tn_buf_error(text) < 0 || !ask->alias.ptr)
                return -ENOMEM;
        for (enum tn_rule i = 0; r == 0 && i < ARRAY_SIZE(rules) && ask->matches->n == before; i++)
                if (rules[i].of_names || !only_names)
                        r = rules[i].ask(ask, i);
        return r;
}

int tn_lookup(struct tn_catalog *cat, const struct tn_config *config, struct span text,
              struct tn_arena *arena, struct tn_matches *matches)
{
        _cleanup_(tn_buf_fini) struct tn_buf alias = { 0 };
        struct asking ask = { .cat = cat, .config = config, .arena = arena, .matches = matches };
        int r = tn_modname_is_request(text) ? tn_modname_from_alias(text, &alias) : 0;

        return r < 0 ? r : look_up(&ask, &alias, false);
}

int tn_lookup_beaten(struct tn_catalog *cat, const struct tn_config *config, struct span text,
                     enum tn_rule winner, struct tn_arena *arena, struct tn_matches *matches)
{
        _cleanup_(tn_buf_fini) struct tn_buf alias = { 0 };
        struct asking ask = { .cat = cat, .config = config, .arena = arena, .matches = matches };
        int r = tn_modname_is_request(text) ? tn_modname_from_alias(text, &alias) : 0;

        if (r < 0 || alias.len == 0)
                return r < 0 ? r : tn_buf_error(&alias);
        ask.alias = (struct span){ tn_arena_dup(arena, tn_buf_span(&alias)), alias.len };
        if (tn_buf_error(&alias) < 0 || !ask.alias.ptr)
                return -ENOMEM;
        for (size_t i = (size_t)winner + 1; r == 0 && i < ARRAY_SIZE(rules); i++)
                r = rules[i].ask(&ask, (enum tn_rule)i);
        return r;
}

int tn_lookup_name(struct tn_catalog *cat, struct span text, struct tn_arena *arena,
                   struct tn_matches *matches)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct asking ask = { .cat = cat, .arena = arena, .matches = matches };

        if (tn_modname_is_request(text))
                tn_modname_from_text(text, &name);
        return look_up(&ask, &name, true);
}
