/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/diagnose_load.h"
#include "core/list.h"
#include "core/modfacts.h"
#include "format/modname.h"
#include "util/cleanup.h"
#include "util/vec.h"

struct exports {
        struct tn_arena arena;
        TN_VEC(struct tn_diagnose_export) list;
};

static void exports_fini(struct exports *exports)
{
        tn_vec_fini(&exports->list);
        tn_arena_fini(&exports->arena);
}

static int add_export(struct exports *exports, struct span symbol, struct span module)
{
        struct tn_diagnose_export export = {
                .symbol = symbol,
                .module = tn_arena_dup(&exports->arena, module),
        };
        enum tn_kernel_state state;

        if (!export.module)
                return -ENOMEM;
        export.loaded = tn_kernel_module_state(export.module, &state) < 0 || state == TN_KERNEL_LIVE;
        return tn_vec_add(&exports->list, export);
}

/* Which modules the index of symbols has for what a module needs. */
static int find_exports(const struct tn_facts *facts, struct tn_catalog *cat, struct exports *exports)
{
        const struct tn_modsym *need;
        int r = 0;

        tn_vec_each (need, &facts->needs) {
                _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
                struct tn_index_hits hits = { 0 };

                if (need->bind == 'W')
                        continue;
                tn_buf_addf(&key, "symbol:%.*s", SPAN_FMT(need->name));
                if (tn_buf_error(&key) < 0)
                        return tn_buf_error(&key);
                if (tn_catalog_match(cat, TN_CATALOG_SYMBOLS, tn_buf_span(&key), &exports->arena, &hits) ==
                            0 &&
                    hits.n)
                        r = add_export(exports, need->name, hits.v[0].value);
                tn_index_hits_fini(&hits);
                if (r < 0)
                        return r;
        }
        return 0;
}

static const char *text_of(struct tn_buf *text)
{
        return tn_buf_str(text) ? text->ptr : "";
}

int tn_diagnose_load_refusal(int err, const char *path, const char *options, struct tn_catalog *cat,
                             struct tn_buf *lines)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 }, release = { 0 }, blacklist = { 0 };
        _cleanup_(exports_fini) struct exports exports = { 0 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct tn_diagnose_refusal refusal = { .err = err, .options = options };
        int fd = path ? tn_catalog_open_file(cat, path) : -ENODATA, r;
        unsigned parts = TN_FACTS_INFO | (err == -ENOENT ? TN_FACTS_NEEDS : 0);

        refusal.facts_err = fd < 0 ? fd : tn_modfacts_load_take(fd, parts, &facts);
        if (refusal.facts_err == 0) {
                refusal.facts = &facts;
                r = err == -ENOENT ? find_exports(&facts, cat, &exports) : 0;
                if (r < 0)
                        return r;
        }
        refusal.exports = exports.list.v;
        refusal.n_exports = exports.list.n;
        tn_modname_from_path(tn_span_of(path), &name);
        refusal.name = text_of(&name);
        tn_kernel_release(&release);
        refusal.release = text_of(&release);
        tn_kernel_blacklist(&blacklist);
        refusal.blacklist = tn_buf_span(&blacklist);
        tn_kernel_policy_get(&refusal.policy);
        return tn_diagnose_refusal(&refusal, lines);
}

static int compare_names(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

static DIR *open_parent(const struct tn_dir *where)
{
        struct span dir = tn_span_of(where->root ? where->inside : where->path);
        _cleanup_(freep) char *parent = tn_span_dup(tn_span_head(dir, dir.len - tn_span_base(dir).len));
        DIR *stream = NULL;

        if (parent)
                tn_dir_stream_take(tn_dir_open(where, parent, O_RDONLY | O_DIRECTORY), &stream);
        return stream;
}

/* The names of the directories beside the module directory, in order. */
static int find_others(const struct tn_dir *where, struct tn_arena *arena, struct tn_buf *others)
{
        TN_VEC(char *) names = { 0 };
        DIR *dir = open_parent(where);
        int r = 0;

        for (struct dirent *entry; r == 0 && dir && (entry = readdir(dir));) {
                char *name = entry->d_name[0] != '.' ? tn_arena_dup(arena, tn_span_of(entry->d_name)) : NULL;

                if (name)
                        r = tn_vec_add(&names, name);
        }
        if (dir)
                closedir(dir);
        if (names.n)
                qsort(names.v, names.n, sizeof(*names.v), compare_names);
        for (size_t i = 0; i < names.n; i++)
                tn_buf_addf(others, "%s%s", i ? " " : "", names.v[i]);
        tn_vec_fini(&names);
        return r < 0 ? r : tn_buf_error(others);
}

/* The search for a module's file. */
struct search {
        struct span name; /* normalised */
        struct tn_buf file;
        size_t n_files;
};

static int look_at_file(void *data, struct span path)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct search *search = data;

        search->n_files++;
        tn_modname_from_path(path, &name);
        if (search->file.len || !tn_span_eq(tn_buf_span(&name), search->name))
                return 0;
        tn_buf_add_span(&search->file, path);
        return tn_buf_error(&search->file);
}

int tn_diagnose_load_missing(const char *name, struct tn_catalog *cat, struct tn_buf *lines)
{
        _cleanup_(tn_buf_fini) struct tn_buf others = { 0 }, release = { 0 }, own = { 0 };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        const char *dir = tn_catalog_dir(cat), *slash = strrchr(dir, '/');
        struct tn_diagnose_missing missing = { .version = slash ? slash + 1 : dir };
        struct search search = { 0 };
        struct stat st;
        int r = 0;

        tn_kernel_release(&release);
        missing.running = tn_span_eq(tn_buf_span(&release), tn_span_of(missing.version));
        r = tn_dir_stat(tn_catalog_where(cat), ".", &st);
        if (r < 0 && r != -ENOENT && r != -ENOTDIR)
                return 0;
        missing.no_dir = r < 0;
        r = 0;
        if (missing.no_dir) {
                r = find_others(tn_catalog_where(cat), &arena, &others);
                missing.others = tn_buf_span(&others);
        } else if (*missing.version && tn_modname_from_alias(tn_span_of(name), &own) == 0) {
                search.name = tn_buf_span(&own);
                missing.no_modules = tn_list_tree(tn_catalog_where(cat), look_at_file, &search) == 0 &&
                                     search.n_files == 0;
                missing.file = tn_buf_span(&search.file);
        }
        if (r == 0)
                r = tn_diagnose_missing(&missing, lines);
        tn_buf_fini(&search.file);
        return r;
}
