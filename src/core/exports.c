/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/exports.h"
#include "core/exports_load.h"
#include "core/list.h"
#include "core/catalog_facts.h"
#include "format/modname.h"
#include "util/arena.h"
#include "util/cleanup.h"
#include "util/map.h"
#include "util/set.h"
#include "util/vec.h"

/* What it takes to read a module, compared with one that is not compressed. */
#define READ_COMPRESSED 16

enum origin {
        FROM_SOURCE, /* a file that lists all */
        FROM_OWNER,  /* the module that exports it */
        FROM_USER,   /* a module that needs it, so somebody exports it */
};

struct record {
        struct tn_export export;
        enum origin origin;
};

/* What the file of a module says that it exports. */
struct offer {
        struct tn_exports_entry *entries;
        size_t n;
};

struct tn_exports {
        struct tn_catalog *catalog;
        struct tn_exports_file file;
        bool is_listed; /* a file of the kernel lists what it exports itself */
        const char *except;
        unsigned reads, reads_max;

        struct tn_arena arena;
        struct tn_map records; /* name to struct record */
        struct tn_map owners;  /* name of a module to itself */
        struct tn_map offers;  /* name of a module to struct offer, until somebody asks for one of them */
        struct tn_set read;    /* modules whose exports are among the records */

        TN_VEC(struct span) users; /* paths of modules to be asked for what they need */
        size_t next_user;
        bool has_users; /* they were listed */
};

/* The normalised name of a module, kept once. */
static const char *intern(struct tn_exports *exports, struct span path)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        char *kept;

        tn_modname_from_path(path, &name);
        if (!tn_buf_str(&name))
                return NULL;
        kept = tn_map_find(&exports->owners, tn_buf_span(&name));
        if (kept)
                return kept;
        kept = tn_arena_dup(&exports->arena, tn_buf_span(&name));
        return kept && tn_map_add(&exports->owners, tn_span_of(kept), kept) == 0 ? kept : NULL;
}

static bool dup_span(struct tn_exports *exports, struct span text, struct span *ret_text)
{
        *ret_text = (struct span){ tn_arena_dup(&exports->arena, text), text.len };
        return ret_text->ptr;
}

/* The file of a module knows better than who needs it, and than what lists all as it was built. The kernel's own stay. */
static bool may_replace(const struct record *record, enum origin origin)
{
        return origin == FROM_OWNER &&
               (record->origin == FROM_USER ||
                (record->origin == FROM_SOURCE && strcmp(record->export.owner, "vmlinux") != 0));
}

static int add(struct tn_exports *exports, const struct tn_exports_entry *entry, enum origin origin)
{
        struct record *record = tn_map_find(&exports->records, entry->name);
        struct span name;

        if (record && !may_replace(record, origin))
                return 0;
        if (!record) {
                record = tn_arena_alloc(&exports->arena, sizeof(*record));
                if (!record || !dup_span(exports, entry->name, &name) ||
                    tn_map_add(&exports->records, name, record) < 0)
                        return -ENOMEM;
                record->export.name = name;
        }
        record->origin = origin;
        record->export.owner = intern(exports, entry->owner);
        record->export.crc = entry->crc;
        record->export.has_crc = entry->has_crc;
        record->export.gpl_only = entry->gpl_only;
        record->export.has_rules = entry->has_rules;
        return record->export.owner && dup_span(exports, entry->space, &record->export.space) ? 0 : -ENOMEM;
}

static int add_listed(void *data, const struct tn_exports_entry *entry)
{
        return add(data, entry, FROM_SOURCE);
}

int tn_exports_open(const struct tn_exports_from *from, struct tn_exports **ret_exports)
{
        _cleanup_(tn_exports_closep) struct tn_exports *exports = calloc(1, sizeof(*exports));
        int r;

        if (!exports)
                return -ENOMEM;
        exports->catalog = from->catalog;
        exports->except = from->except;
        exports->reads_max = from->reads_max;
        r = tn_exports_load(from->catalog, tn_span_of(from->release), add_listed, exports, &exports->file);
        if (r < 0)
                return r;
        exports->is_listed = r == 1;
        *ret_exports = TAKE(exports);
        return 0;
}

void tn_exports_close(struct tn_exports *exports)
{
        if (!exports)
                return;
        tn_exports_file_fini(&exports->file);
        tn_map_fini(&exports->records);
        tn_map_fini(&exports->owners);
        tn_map_fini(&exports->offers);
        tn_set_fini(&exports->read);
        tn_vec_fini(&exports->users);
        tn_arena_fini(&exports->arena);
        free(exports);
}

void tn_exports_closep(struct tn_exports **exports)
{
        tn_exports_close(*exports);
}

static int load_facts(struct tn_exports *exports, struct span path, unsigned parts, struct tn_facts *facts)
{
        _cleanup_(tn_buf_fini) struct tn_buf full = { 0 };

        tn_catalog_add_path(exports->catalog, path, &full);
        return tn_buf_str(&full) ? tn_catalog_facts_at(exports->catalog, full.ptr, parts, facts) : -ENOMEM;
}

static bool make_entry(struct tn_exports *exports, struct span owner, const struct tn_facts *facts, size_t i,
                       struct tn_exports_entry *ret_entry)
{
        const struct tn_modsym *sym = &facts->exports.v[i];
        struct tn_exports_entry entry = { .owner = owner, .crc = (uint32_t)sym->crc, .has_crc = sym->crc };

        if (i < facts->export_rules.n) {
                const struct tn_exportrule *rule = &facts->export_rules.v[i];

                entry.gpl_only = rule->gpl_only;
                entry.has_rules = rule->known;
                if (!dup_span(exports, rule->space, &entry.space))
                        return false;
        }
        *ret_entry = entry;
        return dup_span(exports, sym->name, &ret_entry->name);
}

int tn_exports_offer(struct tn_exports *exports, struct span owner, const struct tn_facts *facts)
{
        size_t n = facts->exports.n;
        struct offer *offer;

        if (tn_set_has(&exports->read, owner) || tn_map_find(&exports->offers, owner))
                return 0;
        offer = tn_arena_alloc(&exports->arena, sizeof(*offer));
        if (!offer || !dup_span(exports, owner, &owner))
                return -ENOMEM;
        offer->entries = tn_arena_alloc(&exports->arena, n * sizeof(*offer->entries) + 1);
        if (!offer->entries)
                return -ENOMEM;
        for (; offer->n < n; offer->n++)
                if (!make_entry(exports, owner, facts, offer->n, &offer->entries[offer->n]))
                        return -ENOMEM;
        return tn_map_add(&exports->offers, owner, offer);
}

/* Reads the file of a module, unless somebody has. */
static int need_offer(struct tn_exports *exports, struct span owner)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct tn_depline dep;
        int r;

        if (tn_map_find(&exports->offers, owner))
                return 0;
        r = tn_catalog_find_dep(exports->catalog, owner, &dep);
        if (r == 0)
                r = load_facts(exports, dep.path, TN_EXPORTS_FACTS, &facts);
        return r < 0 ? r : tn_exports_offer(exports, owner, &facts);
}

/* All that a module exports, by its file. Returns 0, also when it cannot be read, or -ENOMEM. */
static int add_owner(struct tn_exports *exports, struct span owner)
{
        const struct offer *offer;
        int r = 0;

        if (tn_set_has(&exports->read, owner))
                return 0;
        r = need_offer(exports, owner);
        offer = tn_map_del(&exports->offers, owner);
        for (size_t i = 0; r == 0 && offer && i < offer->n; i++)
                r = add(exports, &offer->entries[i], FROM_OWNER);
        if (r == -ENOMEM)
                return r;
        r = tn_set_add_copy(&exports->read, &exports->arena, owner);
        return MIN(r, 0);
}

/*
 * The module that exports a symbol by the index. Returns 1; 0 when there is none; -ENODATA when the index cannot be read;
 * -ENOMEM.
 */
static int find_owner(struct tn_exports *exports, struct span name, struct span *ret_owner)
{
        _cleanup_(tn_index_hits_fini) struct tn_index_hits hits = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        const struct tn_index *index;
        int r;

        r = tn_catalog_get_index(exports->catalog, TN_CATALOG_SYMBOLS, &index);
        if (r < 0)
                return r == -ENOMEM ? r : -ENODATA;
        tn_buf_addf(&key, "symbol:%.*s", SPAN_FMT(name));
        r = tn_buf_error(&key);
        if (r == 0)
                r = tn_catalog_match(exports->catalog, TN_CATALOG_SYMBOLS, tn_buf_span(&key), &exports->arena,
                                     &hits);
        if (r < 0)
                return r == -ENOMEM ? r : -ENODATA;
        if (hits.n > 0)
                *ret_owner = hits.v[0].value;
        return hits.n > 0;
}

static int keep_user(void *data, struct span path)
{
        struct tn_exports *exports = data;
        struct span kept;

        return dup_span(exports, path, &kept) ? tn_vec_add(&exports->users, kept) : -ENOMEM;
}

/* Weak symbols need not be there. */
static int add_user(struct tn_exports *exports, struct span path)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        const struct tn_modsym *need;
        int r;

        tn_modname_from_path(path, &name);
        if (!tn_buf_str(&name))
                return -ENOMEM;
        if (exports->except && strcmp(name.ptr, exports->except) == 0)
                return 0;
        r = load_facts(exports, path, TN_FACTS_NEEDS | TN_FACTS_FILE, &facts);
        exports->reads += facts.file.codec.len ? READ_COMPRESSED : 1;
        tn_vec_each (need, &facts.needs)
                if (r == 0 && need->bind != 'W')
                        r = add(exports,
                                &(struct tn_exports_entry){ .name = need->name,
                                                            .owner = SPAN("vmlinux"),
                                                            .crc = (uint32_t)need->crc,
                                                            .has_crc = need->crc != 0 },
                                FROM_USER);
        return r == -ENOMEM ? r : 0;
}

/* Reads modules until one is found that needs it. Returns the record, or NULL, then *ret_err is -ENODATA or -ENOMEM. */
static const struct record *ask_users(struct tn_exports *exports, struct span name, int *ret_err)
{
        const struct tn_dir *dir = tn_catalog_where(exports->catalog);
        const struct record *record = tn_map_find(&exports->records, name);
        int r = 0;

        if (!exports->has_users && !record)
                r = tn_list_each(dir, &(struct tn_list_filter){ .dir = "kernel" }, keep_user, exports);
        exports->has_users = true;
        *ret_err = r == -ENOMEM ? r : -ENODATA;
        while (!record && *ret_err == -ENODATA && exports->next_user < exports->users.n &&
               (exports->reads_max == 0 || exports->reads < exports->reads_max)) {
                r = add_user(exports, exports->users.v[exports->next_user++]);
                if (r < 0)
                        *ret_err = r;
                record = tn_map_find(&exports->records, name);
        }
        return record;
}

/* A module that was put in the place of one that came with the kernel need not export the same. */
static bool is_replaced(struct tn_exports *exports, const struct record *record)
{
        struct tn_depline dep;

        return record->origin == FROM_SOURCE && strcmp(record->export.owner, "vmlinux") != 0 &&
               tn_catalog_find_dep(exports->catalog, tn_span_of(record->export.owner), &dep) == 0 &&
               !tn_span_starts(dep.path, SPAN("kernel/"));
}

/* By the modules of the tree: to what the index says, the record of a name comes to be what their files say. */
static int ask_tree(struct tn_exports *exports, struct span name, const struct record **ret_record)
{
        struct span owner = SPAN("");
        int listed = find_owner(exports, name, &owner), r = 0;
        const struct record *record;

        if (listed == 1)
                r = add_owner(exports, owner);
        if (r < 0 || listed == -ENOMEM)
                return -ENOMEM;
        record = tn_map_find(&exports->records, name);
        if (!record && listed == 0 && !exports->is_listed)
                record = ask_users(exports, name, &r);
        if (!record || is_replaced(exports, record))
                return r < 0 ? r : listed == 0 ? -ENOENT : -ENODATA;
        *ret_record = record;
        return 0;
}

int tn_exports_find(struct tn_exports *exports, struct span name, struct tn_export *ret_export)
{
        const struct record *record = tn_map_find(&exports->records, name);
        int r = 0;

        if (!record || record->origin == FROM_USER || is_replaced(exports, record))
                r = ask_tree(exports, name, &record);
        if (r == 0)
                *ret_export = record->export;
        return r;
}

enum tn_exports_source tn_exports_source(const struct tn_exports *exports)
{
        return exports->is_listed ? exports->file.source : TN_EXPORTS_MODULES;
}

const char *tn_exports_path(const struct tn_exports *exports)
{
        return exports->is_listed ? exports->file.path.ptr : NULL;
}

const char *tn_exports_unread(const struct tn_exports *exports, int *ret_err)
{
        *ret_err = exports->file.unread_err;
        return exports->file.unread_err < 0 ? exports->file.unread.ptr : NULL;
}
