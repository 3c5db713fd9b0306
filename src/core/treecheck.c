/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>

#include "core/claims.h"
#include "core/evidence_name.h"
#include "core/treecheck.h"
#include "core/twins.h"
#include "util/cleanup.h"
#include "util/set.h"

struct treecheck {
        struct tn_catalog *catalog;
        struct tn_findings *findings;
        struct tn_claims claims;
        struct tn_buf text;   /* modules.dep */
        struct tn_set listed; /* paths in it, which borrow from the text */
        struct tn_evidence_name place;
};

/* A line of a dump is "NAME PATH: PATH...". Returns the path, empty for a line without one. */
static struct span listed_path(struct span line)
{
        struct span path;

        tn_span_word(&line, " ");
        path = tn_span_word(&line, " ");
        path.len = tn_span_chr(path, ':');
        return path;
}

static int take_listed(struct treecheck *tree)
{
        struct span rest, line;
        int r = tn_catalog_dump(tree->catalog, TN_CATALOG_DEP, &tree->text);

        for (rest = tn_buf_span(&tree->text); r >= 0 && tn_span_split(&rest, '\n', &line);) {
                struct span path = listed_path(line);

                if (path.len)
                        r = tn_set_add(&tree->listed, path);
        }
        return r < 0 ? r : 0;
}

/* Files that depmod would take. */
static int find_unlisted(struct treecheck *tree)
{
        const struct tn_claimed *claimed;
        unsigned n = 0;
        int r = 0;

        tn_vec_each (claimed, &tree->claims.modules)
                if (r == 0 && !tn_set_has(&tree->listed, claimed->path) && n++ < TN_TREECHECK_NAMED)
                        r = tn_findings_add(tree->findings,
                                            (struct tn_finding){ .code = TN_FINDING_INDEX_STALE,
                                                                 .path = claimed->path.ptr,
                                                                 .subject = tree->place.version,
                                                                 .value = tree->place.base });
        return r;
}

static int report_gone(struct treecheck *tree, struct span path)
{
        _cleanup_(tn_buf_fini) struct tn_buf full = { 0 };
        struct stat st;

        tn_catalog_add_path(tree->catalog, path, &full);
        if (!tn_buf_str(&full))
                return -ENOMEM;
        if (tn_dir_stat(tn_catalog_where(tree->catalog), full.ptr, &st) != -ENOENT)
                return 0;
        return tn_findings_add(tree->findings,
                               (struct tn_finding){ .code = TN_FINDING_FILE_MISSING, .path = full.ptr });
}

/* Indexed files that the walk did not meet; a file may have been met under another of its names. */
static int find_gone(struct treecheck *tree)
{
        struct tn_set there = { 0 };
        const struct tn_claimed *claimed;
        size_t before = tree->findings->list.n;
        struct span rest = tn_buf_span(&tree->text), line;
        int r = 0;

        tn_vec_each (claimed, &tree->claims.modules)
                if (r >= 0)
                        r = tn_set_add(&there, claimed->path);
        while (r >= 0 && tree->findings->list.n - before < TN_TREECHECK_NAMED &&
               tn_span_split(&rest, '\n', &line)) {
                struct span path = listed_path(line);

                if (path.len && !tn_set_has(&there, path))
                        r = report_gone(tree, path);
        }
        tn_set_fini(&there);
        return r < 0 ? r : 0;
}

static void note_unread(void *data, const char *path)
{
        (void)path;
        *(bool *)data = true;
}

static int walk(struct treecheck *tree, bool *ret_unread)
{
        const struct tn_dir *where = tn_catalog_where(tree->catalog);
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        _cleanup_(tn_twins_fini) struct tn_twins twins = { 0 };
        _cleanup_(closep) int fd = tn_dir_open(where, ".", O_RDONLY | O_DIRECTORY);
        struct tn_dir dir = *where;
        const struct tn_claims_from from = { .dir = &dir,
                                             .root = dir.root,
                                             .priority = &priority,
                                             .keeps_beaten = true,
                                             .unread = note_unread,
                                             .data = ret_unread };
        int r = fd < 0 ? fd : tn_priority_load_for(where, &priority);

        dir.fd = fd;
        if (r == 0)
                r = tn_claims_load(&from, NULL, &tree->claims);
        if (r == 0)
                r = find_unlisted(tree);
        if (r == 0)
                r = find_gone(tree);
        if (r == 0)
                r = tn_twins_add(&twins, &dir, &priority, &tree->claims, NULL);
        return r < 0 ? r : tn_detect_twins(&twins, tree->findings);
}

int tn_treecheck(struct tn_catalog *catalog, struct tn_findings *findings, bool *ret_unread)
{
        const struct tn_evidence_name_from place = { .asked = "", .catalog = catalog };
        struct treecheck tree = { .catalog = catalog, .findings = findings };
        int r = tn_evidence_name_init(&place, &tree.place);

        *ret_unread = false;
        if (r == 0)
                r = take_listed(&tree);
        if (r == 0)
                r = walk(&tree, ret_unread);
        tn_evidence_name_fini(&tree.place);
        tn_claims_fini(&tree.claims);
        tn_set_fini(&tree.listed);
        tn_buf_fini(&tree.text);
        return r;
}
