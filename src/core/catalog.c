/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "core/bounds.h"
#include "core/catalog.h"
#include "core/catalog/text.h"
#include "core/catalog/walk.h"
#include "core/deporder.h"
#include "core/dirs.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/stamp.h"

static const char *const index_names[TN_CATALOG_INDEXES] = {
        [TN_CATALOG_DEP] = "modules.dep.bin",
        [TN_CATALOG_ALIAS] = "modules.alias.bin",
        [TN_CATALOG_SYMBOLS] = "modules.symbols.bin",
        [TN_CATALOG_BUILTIN_ALIAS] = "modules.builtin.alias.bin",
        [TN_CATALOG_BUILTIN] = "modules.builtin.bin",
};

struct slot {
        bool tried;
        bool replaced;              /* index is of text, not of file */
        int err;                    /* what opening it returned */
        bool empty;                 /* the file was */
        struct tn_stamp stamp;      /* of the file, before it was opened */
        struct tn_stamp text_stamp; /* of the text file, if that was asked */
        struct tn_file file;
        struct tn_buf text;
        struct tn_index index;
};

struct tn_catalog {
        char *dir, *inside;
        struct tn_dir where; /* borrows the two */
        struct tn_log *log;
        bool told_missing;
        struct slot slots[TN_CATALOG_INDEXES];
        bool walked; /* the tree stands in for modules.dep */
        struct tn_catalog_walk walk;
        struct tn_map whole;   /* name to its completed line, of what stands in for modules.dep.bin */
        size_t whole_len;      /* bytes of dependencies in them */
        struct tn_arena arena; /* of these */
};

int tn_catalog_open(const struct tn_dir *dir, struct tn_catalog **ret_cat)
{
        _cleanup_(tn_catalog_closep) struct tn_catalog *cat = calloc(1, sizeof(*cat));

        if (!cat)
                return -ENOMEM;
        cat->dir = strdup(dir->path);
        cat->inside = dir->root ? strdup(dir->inside) : NULL;
        if (!cat->dir || (dir->root && !cat->inside))
                return -ENOMEM;
        cat->where = *dir;
        cat->where.path = cat->dir;
        cat->where.inside = cat->inside;
        *ret_cat = TAKE(cat);
        return 0;
}

void tn_catalog_unload(struct tn_catalog *cat)
{
        for (size_t i = 0; i < TN_CATALOG_INDEXES; i++) {
                tn_file_unmap(&cat->slots[i].file);
                tn_buf_fini(&cat->slots[i].text);
                cat->slots[i] = (struct slot){ 0 };
        }
        tn_map_fini(&cat->whole);
        tn_arena_fini(&cat->arena);
        cat->whole = (struct tn_map){ 0 };
        cat->whole_len = 0;
        cat->arena = (struct tn_arena){ 0 };
        tn_catalog_walk_fini(&cat->walk);
        cat->walk = (struct tn_catalog_walk){ 0 };
        cat->walked = cat->told_missing = false;
}

void tn_catalog_close(struct tn_catalog *cat)
{
        if (!cat)
                return;
        tn_catalog_unload(cat);
        free(cat->dir);
        free(cat->inside);
        free(cat);
}

void tn_catalog_closep(struct tn_catalog **cat)
{
        tn_catalog_close(*cat);
}

void tn_catalog_set_log(struct tn_catalog *cat, struct tn_log *log)
{
        cat->log = log;
}

const char *tn_catalog_dir(const struct tn_catalog *cat)
{
        return cat->dir;
}

const struct tn_dir *tn_catalog_where(const struct tn_catalog *cat)
{
        return &cat->where;
}

static const char unreadable[] = "not readable";

/* What is wrong with an index, from what opening it returned. Older depmods leave built-in ones empty or out. */
static const char *fault_of(struct tn_catalog *cat, enum tn_catalog_index which, int err)
{
        if (err == -ENODATA)
                return which == TN_CATALOG_BUILTIN || which == TN_CATALOG_BUILTIN_ALIAS ? NULL : "empty";
        if (err != -ENOENT && err != -ENOTDIR)
                return err == -EINVAL ? "corrupt" : unreadable;
        if (cat->told_missing || which == TN_CATALOG_BUILTIN_ALIAS)
                return NULL;
        cat->told_missing = true;
        return "missing";
}

static bool is_denied(int err)
{
        return err == -EACCES || err == -EPERM;
}

/* depmod gives all files the mode of new ones; it cannot help where the directory is closed. */
static const char *advice_for(const struct tn_catalog *cat, enum tn_catalog_index which, int err)
{
        struct stat st;

        if (!is_denied(err))
                return "run depmod";
        if (tn_dir_stat(&cat->where, index_names[which], &st) < 0)
                return "this user may not look into the directory";
        return "run depmod as root, with umask 022";
}

static void tell(struct tn_catalog *cat, enum tn_catalog_index which, int err, const char *instead)
{
        const char *fault = fault_of(cat, which, err);
        bool is_reason = fault && strcmp(fault, unreadable) == 0;

        if (fault)
                tn_log(cat->log, TN_LOG_WARNING, "%s is %s in %s%s%s; %s; %s", index_names[which], fault,
                       cat->dir, is_reason ? ": " : "", is_reason ? strerror(-err) : "", instead,
                       advice_for(cat, which, err));
}

/* Not that of one kernel, but where those of all are: what a version that is empty leads to. */
static bool is_above_trees(struct span dir)
{
        while (tn_span_ends(dir, SPAN("/")) || tn_span_ends(dir, SPAN("/.")))
                dir.len--;
        return tn_span_ends(dir, SPAN(TN_DIRS_MODULES));
}

/*
 * The tree in the place of both modules.dep.bin and modules.dep, which could not be read for err and text_err. One
 * without modules is none.
 */
static int walk_instead(struct tn_catalog *cat, int err, int text_err)
{
        int r;

        if (is_above_trees(tn_span_of(cat->dir)))
                return err;
        r = tn_catalog_walk_load(&cat->where, &cat->walk);
        if (r == -ENOMEM)
                return r;
        if (r < 0 || cat->walk.claims.modules.n == 0) {
                if (is_denied(err))
                        tell(cat, TN_CATALOG_DEP, err, "what it says is not known");
                return err;
        }
        cat->walked = true;
        tell(cat, TN_CATALOG_DEP, err,
             is_denied(text_err) ? "modules.dep is not readable, so modules are found by the names of their "
                                   "files, and no aliases"
                                 : "without modules.dep either, modules are found by the names of their "
                                   "files, and no aliases");
        return -ENOENT;
}

/* Nobody keeps a catalog in a root for long. */
static int stamp(const struct tn_catalog *cat, const char *name, struct tn_stamp *ret_stamp)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        *ret_stamp = (struct tn_stamp){ 0 };
        if (cat->where.root)
                return 0;
        tn_buf_addf(&path, "%s/%s", cat->dir, name);
        if (!tn_buf_str(&path))
                return tn_buf_error(&path);
        *ret_stamp = tn_stamp_of(path.ptr);
        return 0;
}

/* Puts what there is besides in the place of an index. Returns what is then to be said of opening it. */
static int replace(struct tn_catalog *cat, enum tn_catalog_index which, int err)
{
        struct slot *slot = &cat->slots[which];
        _cleanup_(tn_buf_fini) struct tn_buf instead = { 0 };
        int r = stamp(cat, tn_catalog_text_name(which), &slot->text_stamp);

        if (r < 0)
                return r;
        r = tn_catalog_text_load(&cat->where, which, &slot->text);
        slot->replaced = true;
        if (r == 0)
                r = tn_index_parse(tn_buf_span(&slot->text), &slot->index);
        if (r == 0) {
                tn_buf_addf(&instead, "using %s instead, which is slower", tn_catalog_text_name(which));
                tell(cat, which, err, tn_buf_str(&instead));
                return 0;
        }
        if (r == -ENOMEM)
                return r;
        if (which == TN_CATALOG_DEP)
                return walk_instead(cat, err, r);
        if (err != -ENOENT && err != -ENOTDIR)
                tell(cat, which, err, "what it says is not known");
        return err == -ENODATA ? -ENOENT : err;
}

static int load_index(const struct tn_catalog *cat, enum tn_catalog_index which, struct slot *slot)
{
        _cleanup_(closep) int fd = -1;
        int r = stamp(cat, index_names[which], &slot->stamp);

        if (r < 0)
                return r;
        fd = tn_dir_open_regular(&cat->where, index_names[which]);
        r = fd < 0 ? fd : tn_file_map(fd, &slot->file);
        slot->empty = r == 0 && slot->file.len == 0;
        if (slot->empty)
                return -ENODATA;
        return r < 0 ? r : tn_index_parse(tn_file_span(&slot->file), &slot->index);
}

int tn_catalog_get_index(struct tn_catalog *cat, enum tn_catalog_index which,
                         const struct tn_index **ret_index)
{
        struct slot *slot = &cat->slots[which];

        if (!slot->tried) {
                slot->err = load_index(cat, which, slot);
                if (slot->err < 0 && slot->err != -ENOMEM)
                        slot->err = replace(cat, which, slot->err);
                slot->tried = true;
        }
        if (slot->err < 0)
                return slot->err;
        *ret_index = &slot->index;
        return 0;
}

/* Whether a set of indexes without it is a whole one. */
static bool may_lack(const struct tn_catalog *cat, enum tn_catalog_index which)
{
        return which == TN_CATALOG_BUILTIN_ALIAS || (which == TN_CATALOG_BUILTIN && cat->slots[which].empty);
}

int tn_catalog_load(struct tn_catalog *cat)
{
        const struct tn_index *unused;

        for (enum tn_catalog_index i = 0; i < TN_CATALOG_INDEXES; i++) {
                int r = tn_catalog_get_index(cat, i, &unused);

                if (r < 0 && (r == -ENOMEM || !may_lack(cat, i)))
                        return r;
        }
        return 0;
}

static bool holds(const struct tn_catalog *cat, const char *name, const struct tn_stamp *stamp)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        if (cat->where.root)
                return true;
        tn_buf_addf(&path, "%s/%s", cat->dir, name);
        return !tn_buf_str(&path) || tn_stamp_holds(stamp, path.ptr);
}

bool tn_catalog_is_stale(const struct tn_catalog *cat)
{
        for (enum tn_catalog_index i = 0; i < TN_CATALOG_INDEXES; i++) {
                const struct slot *slot = &cat->slots[i];

                if (slot->tried && !holds(cat, index_names[i], &slot->stamp))
                        return true;
                if (slot->replaced && !holds(cat, tn_catalog_text_name(i), &slot->text_stamp))
                        return true;
        }
        return false;
}

/*
 * Whether a question to an index is to be asked again, for it has turned out to be corrupt only now. What was read
 * from it before stays where it is.
 */
static bool is_replaced(struct tn_catalog *cat, enum tn_catalog_index which, int err)
{
        struct slot *slot = &cat->slots[which];

        if (err != -EINVAL || slot->replaced)
                return false;
        err = replace(cat, which, err);
        if (err < 0 && !(which == TN_CATALOG_DEP && cat->walked))
                return false;
        slot->err = err;
        return true;
}

static int find(struct tn_catalog *cat, enum tn_catalog_index which, struct span key,
                struct tn_index_value *ret_value)
{
        const struct tn_index *index;
        int r = tn_catalog_get_index(cat, which, &index);

        if (r < 0)
                return r;
        r = tn_index_find(index, key, ret_value);
        return is_replaced(cat, which, r) ? find(cat, which, key, ret_value) : r;
}

/* The line of a module as it is written. */
static int find_line(void *data, struct span name, struct tn_depline *ret_line)
{
        struct tn_catalog *cat = data;
        struct tn_index_value line;
        int r = find(cat, TN_CATALOG_DEP, name, &line);

        if (cat->walked)
                return tn_catalog_walk_find(&cat->walk, name, ret_line);
        if (r == 0)
                r = tn_depline_parse(line.value, ret_line);
        return is_replaced(cat, TN_CATALOG_DEP, r) ? find_line(cat, name, ret_line) : r;
}

/* An index is depmod's. What stands in for it may be anybody's. */
int tn_catalog_find_dep(struct tn_catalog *cat, struct span name, struct tn_depline *ret_dep)
{
        struct tn_depline line, *whole;
        const char *key;
        int r = find_line(cat, name, &line);

        if (r < 0)
                return r;
        *ret_dep = line;
        if (!cat->slots[TN_CATALOG_DEP].replaced)
                return 0;
        whole = tn_map_find(&cat->whole, name);
        if (!whole) {
                key = tn_arena_dup(&cat->arena, name);
                whole = tn_arena_alloc(&cat->arena, sizeof(*whole));
                if (!key || !whole)
                        return -ENOMEM;
                if (cat->whole_len > TN_BOUND_WHOLE)
                        return -EFBIG;
                r = tn_deporder_complete(line, find_line, cat, &cat->arena, whole);
                if (r == 0)
                        r = tn_map_add(&cat->whole, (struct span){ key, name.len }, whole);
                if (r < 0)
                        return r;
                cat->whole_len += whole->deps.len;
        }
        *ret_dep = *whole;
        return 0;
}

int tn_catalog_find_path(struct tn_catalog *cat, struct span name, struct tn_buf *path)
{
        struct tn_depline dep;
        int r = tn_catalog_find_dep(cat, name, &dep);

        if (r < 0)
                return r;
        tn_catalog_add_path(cat, dep.path, path);
        return tn_buf_error(path);
}

/* What is before a path inside the root; nothing without a root. */
static struct span root_of(const struct tn_catalog *cat)
{
        struct span dir = tn_span_of(cat->dir);

        return cat->inside ? tn_span_head(dir, dir.len - strlen(cat->inside)) : SPAN("");
}

void tn_catalog_add_path(const struct tn_catalog *cat, struct span path, struct tn_buf *out)
{
        if (!tn_span_starts(path, SPAN("/")))
                tn_buf_addf(out, "%s/", cat->dir);
        else
                tn_buf_add_span(out, root_of(cat));
        tn_buf_add_span(out, path);
}

int tn_catalog_open_file(const struct tn_catalog *cat, const char *path)
{
        struct span root = root_of(cat);

        if (cat->where.root && tn_span_starts(tn_span_of(path), root) && path[root.len] == '/')
                return tn_dir_open_regular(&cat->where, path + root.len);
        return tn_dir_open_regular(&TN_DIR_HERE, path);
}

bool tn_catalog_is_builtin(struct tn_catalog *cat, struct span name)
{
        struct tn_index_value unused;

        return find(cat, TN_CATALOG_BUILTIN, name, &unused) == 0;
}

int tn_catalog_match(struct tn_catalog *cat, enum tn_catalog_index which, struct span text,
                     struct tn_arena *arena, struct tn_index_hits *hits)
{
        const struct tn_index *index;
        size_t before = hits->n;
        int r = tn_catalog_get_index(cat, which, &index);

        if (r == -ENOENT || r == -ENOTDIR)
                return 0;
        if (r == 0)
                r = tn_index_match(index, text, arena, hits);
        if (!is_replaced(cat, which, r))
                return r;
        hits->n = before;
        return tn_catalog_match(cat, which, text, arena, hits);
}
