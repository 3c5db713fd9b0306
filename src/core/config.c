/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>

#include "core/config.h"
#include "core/config_add.h"
#include "util/map.h"
#include "util/stamp.h"
#include "util/vec.h"

/* How the records of a kind are chained; a query follows one or two of the chains. */
enum link {
        LINK_ALL,     /* every record */
        LINK_SAME,    /* those with equal keys */
        LINK_PATTERN, /* those whose keys must be tried one by one */
        LINKS,
        LINK_FEW = LINKS, /* along LINK_ALL, those with equal keys */
};

/* So many records of a kind are searched as quickly as a map of them is made. */
#define FEW 64

struct tn_config_entry {
        struct tn_conf_record record;
        size_t seq; /* its place in configuration order */
        bool pattern;
        struct tn_config_entry *next[LINKS];
        struct tn_config_entry *last_same; /* of the first with its key: the end of that chain */
};

struct list {
        struct tn_config_entry *first;
        struct tn_config_entry *last;
};

struct table {
        struct list all;
        struct list patterns;
        size_t n;
        struct tn_map keys; /* to the first entry with that key, once there are more than a few */
};

struct watched {
        const char *path;
        struct tn_stamp stamp;
};

struct tn_config {
        struct tn_arena arena;
        TN_VEC(struct watched) watched;
        bool brief;
        struct table tables[TN_CONF_KINDS];
        size_t n;
};

int tn_config_new(struct tn_config **ret_config)
{
        struct tn_config *config = calloc(1, sizeof(*config));

        if (!config)
                return -ENOMEM;
        *ret_config = config;
        return 0;
}

void tn_config_free(struct tn_config *config)
{
        if (!config)
                return;
        for (int kind = 0; kind < TN_CONF_KINDS; kind++)
                tn_map_fini(&config->tables[kind].keys);
        tn_vec_fini(&config->watched);
        tn_arena_fini(&config->arena);
        free(config);
}

void tn_config_set_brief(struct tn_config *config)
{
        config->brief = true;
}

int tn_config_watch(struct tn_config *config, const char *path)
{
        struct watched watched;

        if (config->brief)
                return 0;
        watched = (struct watched){
                .path = tn_arena_dup(&config->arena, tn_span_of(path)),
                .stamp = tn_stamp_of(path),
        };
        return watched.path ? tn_vec_add(&config->watched, watched) : -ENOMEM;
}

bool tn_config_is_stale(const struct tn_config *config)
{
        const struct watched *it;

        tn_vec_each (it, &config->watched)
                if (!tn_stamp_holds(&it->stamp, it->path))
                        return true;
        return false;
}

/* A key without these matches nothing but itself. */
static bool is_pattern(const struct tn_conf_record *record)
{
        if (record->kind == TN_CONF_BLACKLIST || record->kind == TN_CONF_OPTIONS)
                return false;
        return tn_span_has_any(record->key, "*?[\\");
}

static void append(struct list *list, struct tn_config_entry *entry, enum link link)
{
        if (list->last)
                list->last->next[link] = entry;
        else
                list->first = entry;
        list->last = entry;
}

static int add_key(struct table *table, struct tn_config_entry *entry)
{
        int r = tn_map_add_new(&table->keys, entry->record.key, entry);
        struct tn_config_entry *first;

        if (r != 0) {
                entry->last_same = entry;
                return r < 0 ? r : 0;
        }
        first = tn_map_find(&table->keys, entry->record.key);
        first->last_same->next[LINK_SAME] = entry;
        first->last_same = entry;
        return 0;
}

static int add_all_keys(struct table *table)
{
        int r = 0;

        for (struct tn_config_entry *it = table->all.first; r == 0 && it; it = it->next[LINK_ALL])
                r = add_key(table, it);
        return r;
}

struct tn_arena *tn_config_arena(struct tn_config *config)
{
        return &config->arena;
}

int tn_config_add(struct tn_config *config, const struct tn_conf_record *record)
{
        struct table *table = &config->tables[record->kind];
        struct tn_config_entry *entry = tn_arena_alloc(&config->arena, sizeof(*entry));

        if (!entry)
                return -ENOMEM;
        entry->record = *record;
        entry->seq = config->n++;
        entry->pattern = is_pattern(record);
        append(&table->all, entry, LINK_ALL);
        if (entry->pattern)
                append(&table->patterns, entry, LINK_PATTERN);
        if (table->n++ < FEW)
                return 0;
        return table->n == FEW + 1 ? add_all_keys(table) : add_key(table, entry);
}

/* From entry on, the first with that key. */
static const struct tn_config_entry *seek_key(const struct tn_config_entry *entry, struct span key)
{
        while (entry && !tn_span_eq(entry->record.key, key))
                entry = entry->next[LINK_ALL];
        return entry;
}

/* From entry on, the first pattern that applies. */
static const struct tn_config_entry *seek_pattern(const struct tn_config_entry *entry, const char *name)
{
        while (entry && fnmatch(entry->record.key.ptr, name, 0) != 0)
                entry = entry->next[LINK_PATTERN];
        return entry;
}

static const struct tn_config_entry *first_same(const struct tn_config *config, enum tn_conf_kind kind,
                                                const char *name)
{
        const struct table *table = &config->tables[kind];

        return table->n > FEW ? tn_map_find(&table->keys, tn_span_of(name))
                              : seek_key(table->all.first, tn_span_of(name));
}

static unsigned link_of_same(const struct tn_config *config, enum tn_conf_kind kind)
{
        return config->tables[kind].n > FEW ? LINK_SAME : LINK_FEW;
}

static const struct tn_config_entry *follow(const struct tn_config_entry *entry, unsigned link,
                                            const char *name)
{
        switch (link) {
        case LINK_FEW: return seek_key(entry->next[LINK_ALL], entry->record.key);
        case LINK_PATTERN: return seek_pattern(entry->next[LINK_PATTERN], name);
        default: return entry->next[link];
        }
}

const struct tn_conf_record *tn_config_next(struct tn_config_iter *iter)
{
        const struct tn_config_entry *a = iter->cursor[0].at, *b = iter->cursor[1].at;
        int i = !a || (b && b->seq < a->seq);
        const struct tn_config_entry *entry = iter->cursor[i].at;

        if (!entry)
                return NULL;
        iter->cursor[i].at = follow(entry, iter->cursor[i].link, iter->name);
        return &entry->record;
}

const struct tn_conf_record *tn_config_last(const struct tn_config *config, enum tn_conf_kind kind)
{
        const struct tn_config_entry *entry = config->tables[kind].all.last;

        return entry ? &entry->record : NULL;
}

struct tn_config_iter tn_config_each(const struct tn_config *config, enum tn_conf_kind kind)
{
        return (struct tn_config_iter){ .cursor = { { config->tables[kind].all.first, LINK_ALL } } };
}

struct tn_config_iter tn_config_match(const struct tn_config *config, enum tn_conf_kind kind,
                                      const char *name)
{
        const struct tn_config_entry *same = first_same(config, kind, name);
        const struct tn_config_entry *pattern = config->tables[kind].patterns.first;

        /* A pattern that is asked for by its own text is still a pattern: "a[b]" does not match "a[b]". */
        if (same && same->pattern)
                same = NULL;
        return (struct tn_config_iter){
                .cursor = { { same, link_of_same(config, kind) },
                            { seek_pattern(pattern, name), LINK_PATTERN } },
                .name = name,
        };
}

const struct tn_conf_record *tn_config_find(const struct tn_config *config, enum tn_conf_kind kind,
                                            const char *name)
{
        struct tn_config_iter iter = tn_config_match(config, kind, name);

        return tn_config_next(&iter);
}

const struct tn_conf_record *tn_config_find_exact(const struct tn_config *config, enum tn_conf_kind kind,
                                                  const char *name)
{
        const struct tn_config_entry *entry = first_same(config, kind, name);

        return entry ? &entry->record : NULL;
}

struct tn_config_iter tn_config_options(const struct tn_config *config, const char *name, const char *alias)
{
        const struct tn_config_entry *by_name = first_same(config, TN_CONF_OPTIONS, name);
        const struct tn_config_entry *by_alias = alias ? first_same(config, TN_CONF_OPTIONS, alias) : NULL;
        unsigned link = link_of_same(config, TN_CONF_OPTIONS);

        if (by_alias == by_name)
                by_alias = NULL;
        return (struct tn_config_iter){ .cursor = { { by_name, link }, { by_alias, link } } };
}

void tn_config_join_options(const struct tn_config *config, const char *name, const char *alias,
                            struct tn_buf *text)
{
        struct tn_config_iter it = tn_config_options(config, name, alias);
        const struct tn_conf_record *record;
        bool first = true;

        while ((record = tn_config_next(&it))) {
                if (!first)
                        tn_buf_add_char(text, ' ');
                first = false;
                tn_buf_add_span(text, record->value);
        }
}
