/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/catalog/shelf.h"
#include "core/dirs.h"
#include "util/cleanup.h"

struct tn_catalog_shelf tn_catalog_shelf_init(const struct tn_dir *dir)
{
        return (struct tn_catalog_shelf){ .dir = dir, .faults.dir = dir };
}

void tn_catalog_shelf_fini(struct tn_catalog_shelf *shelf)
{
        for (size_t i = 0; i < TN_CATALOG_INDEXES; i++)
                tn_catalog_slot_close(&shelf->slots[i]);
        tn_catalog_walk_fini(&shelf->walk);
        shelf->walked = shelf->faults.is_missing_said = false;
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
static int walk_instead(struct tn_catalog_shelf *shelf, int err, int text_err)
{
        bool is_denied = tn_catalog_faults_is_denied(err);
        int r;

        if (is_above_trees(tn_span_of(shelf->dir->path)))
                return err;
        r = tn_catalog_walk_load(shelf->dir, &shelf->walk);
        if (r == -ENOMEM)
                return r;
        if (r < 0 || shelf->walk.claims.modules.n == 0) {
                if (is_denied)
                        tn_catalog_faults_say(&shelf->faults, TN_CATALOG_DEP, err,
                                              "what it says is not known");
                return err;
        }
        shelf->walked = true;
        tn_catalog_faults_say(&shelf->faults, TN_CATALOG_DEP, err,
                              tn_catalog_faults_is_denied(text_err)
                                      ? "modules.dep is not readable, so modules are found by the names of "
                                        "their files, and no aliases"
                                      : "without modules.dep either, modules are found by the names of their "
                                        "files, and no aliases");
        return -ENOENT;
}

/* Puts what there is besides in the place of an index. Returns what is then to be said of opening it. */
static int replace(struct tn_catalog_shelf *shelf, enum tn_catalog_index which, int err)
{
        _cleanup_(tn_buf_fini) struct tn_buf instead = { 0 };
        int r = tn_catalog_slot_replace(&shelf->slots[which], shelf->dir, which);

        if (r == 0) {
                tn_buf_addf(&instead, "using %s instead, which is slower", tn_catalog_files[which].text);
                tn_catalog_faults_say(&shelf->faults, which, err, tn_buf_str(&instead));
                return 0;
        }
        if (r == -ENOMEM)
                return r;
        if (which == TN_CATALOG_DEP)
                return walk_instead(shelf, err, r);
        if (err != -ENOENT && err != -ENOTDIR)
                tn_catalog_faults_say(&shelf->faults, which, err, "what it says is not known");
        return err == -ENODATA ? -ENOENT : err;
}

/* Remembers whose failure it is. Returns err. */
static int blame(struct tn_catalog_shelf *shelf, enum tn_catalog_index which, int err)
{
        if (err == -ENOENT || err == -ENOTDIR || err == -ENOMEM)
                return err;
        shelf->err = err;
        shelf->failed = which;
        return err;
}

const char *tn_catalog_shelf_blame(const struct tn_catalog_shelf *shelf, int err)
{
        const struct tn_catalog_files *files = &tn_catalog_files[shelf->failed];

        if (err == 0 || shelf->err != err)
                return NULL;
        return shelf->slots[shelf->failed].text.len ? files->text : files->index;
}

int tn_catalog_shelf_get(struct tn_catalog_shelf *shelf, enum tn_catalog_index which,
                         const struct tn_index **ret_index)
{
        struct tn_catalog_slot *slot = &shelf->slots[which];

        if (!slot->tried) {
                slot->brief = shelf->brief;
                slot->err = tn_catalog_slot_open(slot, shelf->dir, which);
                if (slot->err < 0 && slot->err != -ENOMEM)
                        slot->err = replace(shelf, which, slot->err);
                slot->tried = true;
        }
        if (slot->err < 0)
                return blame(shelf, which, slot->err);
        *ret_index = &slot->index;
        return 0;
}

bool tn_catalog_shelf_mends(struct tn_catalog_shelf *shelf, enum tn_catalog_index which, int err)
{
        struct tn_catalog_slot *slot = &shelf->slots[which];

        if (err == -EINVAL)
                blame(shelf, which, err);
        if (err != -EINVAL || slot->replaced)
                return false;
        err = replace(shelf, which, err);
        if (err < 0 && !(which == TN_CATALOG_DEP && shelf->walked))
                return false;
        slot->err = err;
        return true;
}

/* Whether a set of indexes without it is a whole one. */
static bool may_lack(const struct tn_catalog_shelf *shelf, enum tn_catalog_index which)
{
        return which == TN_CATALOG_BUILTIN_ALIAS ||
               (which == TN_CATALOG_BUILTIN && shelf->slots[which].empty);
}

int tn_catalog_shelf_load(struct tn_catalog_shelf *shelf)
{
        const struct tn_index *unused;

        for (enum tn_catalog_index i = 0; i < TN_CATALOG_INDEXES; i++) {
                int r = tn_catalog_shelf_get(shelf, i, &unused);

                if (r < 0 && (r == -ENOMEM || !may_lack(shelf, i)))
                        return r;
        }
        return 0;
}

bool tn_catalog_shelf_is_stale(const struct tn_catalog_shelf *shelf)
{
        for (enum tn_catalog_index i = 0; i < TN_CATALOG_INDEXES; i++)
                if (tn_catalog_slot_is_stale(&shelf->slots[i], shelf->dir, i))
                        return true;
        return false;
}
