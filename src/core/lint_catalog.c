/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/lint_catalog.h"
#include "core/modfile.h"
#include "core/params.h"
#include "format/facts_parse.h"
#include "format/modname.h"
#include "util/cleanup.h"
#include "util/set.h"

/* One module whose file is open. */
struct opened {
        struct span name; /* in the arena; empty: none is */
        const char *path;
        struct tn_modfile file;
        struct tn_facts facts;
        bool ok; /* it could be read */
};

struct tn_lint_store {
        struct tn_lint_catalog answers;
        struct tn_catalog *catalog;
        struct tn_arena arena;
        struct tn_buf names;
        struct opened opened;
        struct tn_set with_aliases;
        bool has_aliases;             /* that was made */
        struct tn_map dependents;     /* from a name to a struct tn_buf, of names */
        TN_VEC(struct tn_buf *) bufs; /* of that map */
        bool has_dependents;          /* that was made */
};

static void close_opened(struct opened *opened)
{
        tn_facts_fini(&opened->facts);
        tn_modfile_close(&opened->file);
        *opened = (struct opened){ .file.fd = -1 };
}

void tn_lint_store_free(struct tn_lint_store *store)
{
        struct tn_buf **buf;

        if (!store)
                return;
        close_opened(&store->opened);
        tn_vec_each (buf, &store->bufs)
                tn_buf_fini(*buf);
        tn_vec_fini(&store->bufs);
        tn_map_fini(&store->dependents);
        tn_set_fini(&store->with_aliases);
        tn_buf_fini(&store->names);
        tn_arena_fini(&store->arena);
        free(store);
}

static int find(void *data, struct span name, enum tn_lint_presence *ret_presence)
{
        struct tn_lint_store *store = data;
        struct tn_depline dep;
        int r = tn_catalog_find_dep(store->catalog, name, &dep);

        *ret_presence = r == 0                                        ? TN_LINT_MODULE
                        : tn_catalog_is_builtin(store->catalog, name) ? TN_LINT_BUILTIN
                                                                      : TN_LINT_ABSENT;
        return r == -ENOMEM ? r : 0;
}

static int find_alias(void *data, struct span text, const char **ret_module)
{
        static const enum tn_catalog_index indexes[] = { TN_CATALOG_ALIAS, TN_CATALOG_BUILTIN_ALIAS };
        _cleanup_(tn_index_hits_fini) struct tn_index_hits hits = { 0 };
        struct tn_lint_store *store = data;

        *ret_module = NULL;
        for (size_t i = 0; hits.n == 0 && i < ARRAY_SIZE(indexes); i++)
                if (tn_catalog_match(store->catalog, indexes[i], text, &store->arena, &hits) == -ENOMEM)
                        return -ENOMEM;
        if (hits.n)
                *ret_module = tn_arena_dup(&store->arena, hits.v[0].value);
        return hits.n && !*ret_module ? -ENOMEM : 0;
}

static int each(struct tn_lint_store *store, enum tn_catalog_index which, tn_index_each_fn *fn)
{
        const struct tn_index *index;
        int r = tn_catalog_get_index(store->catalog, which, &index);

        if (r == 0)
                r = tn_index_each(index, fn, store);
        return r == -ENOMEM ? r : 0;
}

static int add_name(void *data, struct span key, struct tn_index_value value)
{
        struct tn_lint_store *store = data;

        (void)value;
        tn_buf_add_span(&store->names, key);
        tn_buf_add_char(&store->names, '\0');
        return tn_buf_error(&store->names);
}

static int add_alias(void *data, struct span key, struct tn_index_value value)
{
        struct tn_lint_store *store = data;

        (void)key;
        return MIN(tn_set_add_copy(&store->with_aliases, &store->arena, value.value), 0);
}

static int has_aliases(void *data, struct span name, bool *ret_has)
{
        struct tn_lint_store *store = data;
        int r = store->has_aliases ? 0 : each(store, TN_CATALOG_ALIAS, add_alias);

        store->has_aliases = true;
        *ret_has = tn_set_has(&store->with_aliases, name);
        return r;
}

static struct tn_buf *get_dependents(struct tn_lint_store *store, struct span name)
{
        struct tn_buf *buf = tn_map_find(&store->dependents, name);
        const char *copy;

        if (buf)
                return buf;
        buf = tn_arena_alloc(&store->arena, sizeof(*buf));
        copy = tn_arena_dup(&store->arena, name);
        if (!buf || !copy || tn_vec_add(&store->bufs, buf) < 0 ||
            tn_map_add(&store->dependents, (struct span){ copy, name.len }, buf) < 0)
                return NULL;
        return buf;
}

static int add_dependent(struct tn_lint_store *store, struct span module, struct span dep)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct tn_buf *names;

        tn_modname_from_path(dep, &name);
        names = tn_buf_error(&name) < 0 ? NULL : get_dependents(store, tn_buf_span(&name));
        if (!names)
                return -ENOMEM;
        tn_buf_add_span(names, module);
        tn_buf_add_char(names, '\0');
        return tn_buf_error(names);
}

static int add_dependents(void *data, struct span key, struct tn_index_value value)
{
        struct tn_depline line;
        struct span dep;
        int r = 0;

        if (tn_depline_parse(value.value, &line) < 0)
                return 0;
        while (r == 0 && (dep = tn_span_word(&line.deps, " ")).len)
                r = add_dependent(data, key, dep);
        return r;
}

static int find_dependents(void *data, struct span name, struct span *ret_names)
{
        struct tn_lint_store *store = data;
        int r = store->has_dependents ? 0 : each(store, TN_CATALOG_DEP, add_dependents);
        const struct tn_buf *buf = tn_map_find(&store->dependents, name);

        store->has_dependents = true;
        *ret_names = buf ? tn_buf_span(buf) : SPAN("");
        return r;
}

static int read_facts(struct opened *opened, int fd)
{
        struct span bytes;
        int r = tn_modfile_take(fd, &opened->file);

        if (r == 0)
                r = tn_modfile_bytes(&opened->file, &bytes);
        if (r == 0)
                r = tn_facts_parse(bytes, TN_LINT_FACTS, &opened->facts);
        opened->ok = r == 0;
        return r == -ENOMEM ? r : 0;
}

static int open_module(struct tn_lint_store *store, struct span name)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct opened *opened = &store->opened;
        int r, fd;

        if (tn_span_eq(opened->name, name))
                return 0;
        close_opened(opened);
        r = tn_catalog_find_path(store->catalog, name, &path);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        opened->name = (struct span){ tn_arena_dup(&store->arena, name), name.len };
        opened->path = tn_arena_dup(&store->arena, tn_buf_span(&path));
        if (!opened->name.ptr || !opened->path)
                return -ENOMEM;
        fd = tn_catalog_open_file(store->catalog, opened->path);
        return fd < 0 ? 0 : read_facts(opened, fd);
}

static int find_facts(void *data, struct span name, const struct tn_facts **ret_facts, const char **ret_path)
{
        struct tn_lint_store *store = data;
        int r = open_module(store, name);

        *ret_facts = store->opened.ok ? &store->opened.facts : NULL;
        *ret_path = store->opened.ok ? store->opened.path : NULL;
        return r;
}

static int says(void *data, struct span name, struct span text, bool *ret_says)
{
        struct tn_lint_store *store = data;
        struct span bytes;
        int r = open_module(store, name);

        *ret_says = r == 0 && store->opened.ok && tn_modfile_bytes(&store->opened.file, &bytes) == 0 &&
                    tn_params_may_have(bytes, text);
        return r;
}

int tn_lint_store_new(struct tn_catalog *catalog, struct tn_lint_store **ret_store)
{
        struct tn_lint_store *store = calloc(1, sizeof(*store));
        int r;

        if (!store)
                return -ENOMEM;
        store->catalog = catalog;
        store->opened.file.fd = -1;
        r = each(store, TN_CATALOG_DEP, add_name);
        if (r == 0 && store->names.len)
                r = each(store, TN_CATALOG_BUILTIN, add_name);
        if (r < 0) {
                tn_lint_store_free(store);
                return r;
        }
        store->answers = (struct tn_lint_catalog){
                .data = store,
                .dir = tn_catalog_dir(catalog),
                .names = tn_buf_span(&store->names),
                .find = find,
                .alias = find_alias,
                .has_aliases = has_aliases,
                .dependents = find_dependents,
                .facts = find_facts,
                .says = says,
        };
        *ret_store = store;
        return 0;
}

const struct tn_lint_catalog *tn_lint_store_catalog(struct tn_lint_store *store)
{
        return store->names.len ? &store->answers : NULL;
}
