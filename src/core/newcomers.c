/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>
#include <time.h>

#include "core/catalog_facts.h"
#include "core/list.h"
#include "core/newcomers.h"
#include "format/modname.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"

struct walk {
        struct tn_newcomers *newcomers;
        struct tn_catalog *catalog;
        struct timespec indexed; /* when depmod was run */
};

void tn_newcomers_fini(struct tn_newcomers *newcomers)
{
        tn_vec_fini(&newcomers->list);
        tn_arena_fini(&newcomers->arena);
}

static bool is_newer(struct timespec a, struct timespec b)
{
        return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static bool is_indexed(const struct walk *walk, struct span name, struct span path)
{
        const struct tn_dir *dir = tn_catalog_where(walk->catalog);
        struct tn_depline dep;
        struct stat st;

        return tn_catalog_find_dep(walk->catalog, name, &dep) == 0 && tn_span_eq(dep.path, path) &&
               tn_dir_stat(dir, path.ptr, &st) == 0 && !is_newer(st.st_mtim, walk->indexed);
}

static bool is_loaded(const struct tn_newcomers *newcomers, const char *name)
{
        enum tn_kernel_state state;

        return newcomers->running && (tn_kernel_module_state(name, &state) < 0 || state != TN_KERNEL_ABSENT);
}

static bool keep(struct tn_newcomers *newcomers, const struct tn_buf *text, struct span *ret_text)
{
        *ret_text = (struct span){ tn_arena_dup(&newcomers->arena, tn_buf_span(text)), text->len };
        return ret_text->ptr;
}

static int look_at(void *data, struct span path)
{
        struct walk *walk = data;
        struct tn_newcomers *newcomers = walk->newcomers;
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 }, full = { 0 };
        struct tn_newcomer one = { 0 };

        tn_modname_from_path(path, &name);
        if (!tn_buf_str(&name))
                return -ENOMEM;
        if (is_indexed(walk, tn_buf_span(&name), path) || is_loaded(newcomers, name.ptr))
                return 0;
        tn_catalog_add_path(walk->catalog, path, &full);
        if (tn_buf_error(&full) < 0 || !keep(newcomers, &name, &one.name) ||
            !keep(newcomers, &full, &one.path))
                return -ENOMEM;
        return tn_vec_add(&newcomers->list, one);
}

int tn_newcomers_load(struct tn_newcomers *newcomers, struct tn_catalog *catalog)
{
        const struct tn_dir *dir = tn_catalog_where(catalog);
        struct walk walk = { .newcomers = newcomers, .catalog = catalog };
        struct stat st;

        if (newcomers->walked)
                return 0;
        newcomers->walked = true;
        if (tn_dir_stat(dir, tn_catalog_files[TN_CATALOG_SYMBOLS].index, &st) == 0)
                walk.indexed = st.st_mtim;
        return tn_list_tree(dir, look_at, &walk) == -ENOMEM ? -ENOMEM : 0;
}

int tn_newcomers_read(struct tn_newcomers *newcomers, const struct tn_catalog *catalog,
                      struct tn_newcomer *newcomer)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        const struct tn_modsym *export;
        int r;

        if (newcomer->read)
                return 0;
        newcomer->read = true;
        r = tn_catalog_facts_at(catalog, newcomer->path.ptr, TN_FACTS_EXPORTS, &facts);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        tn_vec_each (export, &facts.exports) {
                tn_buf_add_span(&names, export->name);
                tn_buf_add_char(&names, '\0');
        }
        return tn_buf_error(&names) == 0 && keep(newcomers, &names, &newcomer->exports) ? 0 : -ENOMEM;
}
