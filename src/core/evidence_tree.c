/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>

#include "core/evidence_file.h"
#include "core/evidence_tree.h"
#include "core/priority.h"
#include "core/tree.h"
#include "format/modname.h"
#include "util/cleanup.h"

/* Bounds of the walk, as for a list of modules. */
#define DEPTH_MAX  64
#define LINKED_MAX 4096

/* Of several candidates the better one counts, of equal ones the first. */
enum rank {
        NONE,
        ODD,  /* "a.ko.bz2", "a.ko.disabled" */
        LINK, /* one that leads nowhere */
        LEFT, /* one that depmod.d excludes */
        FILE_,
};

struct search {
        struct tn_evidence_tree *tree;
        const struct tn_priority *priority;
        struct span name;
        enum rank found;
        bool is_partial;
};

void tn_evidence_tree_fini(struct tn_evidence_tree *tree)
{
        tn_evidence_fini(&tree->contents);
        tn_arena_fini(&tree->arena);
        *tree = (struct tn_evidence_tree){ 0 };
}

static bool is_part(void *data, struct span base)
{
        (void)data;
        return !tn_span_starts(base, SPAN(".")) && !tn_span_eq(base, SPAN("build")) &&
               !tn_span_eq(base, SPAN("source"));
}

/* "fs/a.ko" and "fs/a.ko.bz2", but not "fs/a.c". */
static bool is_called(struct span name, struct span path)
{
        struct span base = tn_span_base(path);
        size_t stem = tn_span_chr(base, '.');

        if (stem != name.len || !tn_span_starts(tn_span_skip(base, stem), SPAN(".ko")))
                return false;
        for (size_t i = 0; i < stem; i++)
                if (base.ptr[i] != name.ptr[i] && !(base.ptr[i] == '-' && name.ptr[i] == '_'))
                        return false;
        return true;
}

static bool counts_file(void *data, struct span path)
{
        const struct search *search = data;

        return tn_modname_is_file(path, NULL) || is_called(search->name, path);
}

static int take(struct search *search, struct span path, enum rank rank)
{
        if (search->found >= rank || !is_called(search->name, path))
                return 0;
        search->found = rank;
        search->tree->file = tn_arena_dup(&search->tree->arena, path);
        return search->tree->file ? 0 : -ENOMEM;
}

/* The line of depmod.d that excludes a file or a directory that it is in; NULL: none does. */
static const struct tn_priority_line *exclusion_of(const struct tn_priority *priority, struct span path,
                                                   struct span *ret_part)
{
        const struct tn_priority_line *line = NULL;

        while (!line && tn_span_split(&path, '/', ret_part))
                line = tn_priority_excluded_by(priority, *ret_part);
        return line;
}

static enum rank rank_of(const struct search *search, struct span path)
{
        struct span unused;

        if (!tn_modname_is_file(path, NULL))
                return ODD;
        return is_called(search->name, path) && exclusion_of(search->priority, path, &unused) ? LEFT : FILE_;
}

static int take_file(void *data, const struct tn_place *place, struct span path)
{
        struct search *search = data;
        enum rank rank = rank_of(search, path);

        (void)place;
        search->tree->has_files |= rank != ODD;
        return take(search, path, rank);
}

static int take_left(void *data, const struct tn_tree_left *left)
{
        struct search *search = data;

        search->is_partial |= left->why == TN_TREE_NO_DIR;
        if (left->why != TN_TREE_NO_ENTRY || !tn_modname_is_file(left->path, NULL))
                return 0;
        return take(search, left->path, LINK);
}

static int walk(const struct tn_dir *dir, struct search *search)
{
        struct tn_dir top = *dir;
        _cleanup_(closep) int fd = tn_dir_open(dir, ".", O_RDONLY | O_DIRECTORY);
        const struct tn_tree tree = {
                .dir = &top,
                .file = take_file,
                .counts_file = counts_file,
                .has = is_part,
                .left = take_left,
                .data = search,
                .depth = DEPTH_MAX,
                .linked = LINKED_MAX,
        };

        top.fd = fd;
        return fd < 0 ? fd : tn_tree_walk(&tree);
}

static int find_exclusion(const struct tn_priority *priority, struct tn_evidence_tree *tree)
{
        struct span part;
        const struct tn_priority_line *line = exclusion_of(priority, tn_span_of(tree->file), &part);

        if (!line)
                return 0;
        tree->excluded = tn_arena_dup(&tree->arena, part);
        tree->conf = tn_arena_dup(&tree->arena, tn_span_of(line->file));
        tree->line = line->number;
        return tree->excluded && tree->conf ? 0 : -ENOMEM;
}

static int take_contents(const struct tn_catalog *catalog, const char *name, struct tn_evidence_tree *tree)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        tn_buf_addf(&path, "%s/%s", tn_catalog_dir(catalog), tree->file);
        return tn_buf_str(&path) ? tn_evidence_file_load(catalog, name, path.ptr, &tree->contents) : -ENOMEM;
}

int tn_evidence_tree_load(const struct tn_catalog *catalog, const char *name,
                          struct tn_evidence_tree *ret_tree)
{
        _cleanup_(tn_evidence_tree_fini) struct tn_evidence_tree tree = { 0 };
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        struct search search = { .tree = &tree, .priority = &priority, .name = tn_span_of(name) };
        int r = tn_priority_load_for(tn_catalog_where(catalog), &priority);

        if (r != -ENOMEM)
                r = walk(tn_catalog_where(catalog), &search);
        if (r == -ENOMEM)
                return r;
        tree.is_partial = r < 0 || search.is_partial;
        tree.has_files |= tree.is_partial; /* what cannot be looked at may hold some */
        tree.is_odd = search.found == ODD;
        r = tree.file ? take_contents(catalog, name, &tree) : 0;
        if (r == 0 && tree.file)
                r = find_exclusion(&priority, &tree);
        if (r < 0)
                return r;
        *ret_tree = TAKE(tree);
        return 0;
}
