/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "core/treecheck.h"
#include "room.h"
#include "util/cleanup.h"

/* "ID PATH", a line a finding; paths without what is before the module directory. */
static void assert_tree(struct room *room, const char *expected)
{
        struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        const struct tn_finding *finding;
        size_t len = strlen(tn_catalog_dir(room->catalog));
        bool unread;

        assert_int_equal(tn_treecheck(room->catalog, &findings, &unread), 0);
        assert_false(unread);
        tn_vec_each (finding, &findings.list) {
                bool below = strncmp(finding->path, tn_catalog_dir(room->catalog), len) == 0;

                tn_buf_addf(&got, "%s %s\n", tn_finding_id(finding->code),
                            below ? finding->path + len + 1 : finding->path);
        }
        assert_string_equal(tn_buf_str(&got), expected);
        tn_findings_fini(&findings);
}

static void add_files(const struct room *room, const char *const *files)
{
        for (; *files; files++)
                tmpdir_write(&room->dir, *files, "");
}

CHECK(treecheck_finds_nothing_where_the_index_is_the_tree)
{
        _cleanup_(room_fini) struct room w = room_new("k/fat.ko:\nk/vfat.ko: k/fat.ko\n", NULL, NULL, NULL);

        add_files(&w, (const char *const[]){ "k/fat.ko", "k/vfat.ko", NULL });
        assert_tree(&w, "");
}

CHECK(treecheck_finds_files_that_came_and_that_went)
{
        _cleanup_(room_fini) struct room w = room_new("k/fat.ko:\nk/gone.ko:\n", NULL, NULL, NULL);

        add_files(&w, (const char *const[]){ "k/fat.ko", "k/new.ko.xz", "k/readme", NULL });
        assert_tree(&w, "index-stale k/new.ko.xz\nfile-missing k/gone.ko\n");
}

CHECK(treecheck_finds_modules_that_are_there_twice)
{
        _cleanup_(room_fini) struct room w = room_new("updates/fat.ko:\n", NULL, NULL, NULL);

        add_files(&w, (const char *const[]){ "k/fat.ko", "updates/fat.ko", NULL });
        assert_tree(&w, "file-twice updates/fat.ko\n");
}

CHECK(treecheck_names_a_few_of_many)
{
        _cleanup_(room_fini) struct room w = room_new("k/fat.ko:\n", NULL, NULL, NULL);

        add_files(&w, (const char *const[]){ "k/fat.ko", "k/a.ko", "k/b.ko", "k/c.ko", "k/d.ko", "k/e.ko",
                                             "k/f.ko", NULL });
        assert_tree(&w, "index-stale k/a.ko\nindex-stale k/b.ko\nindex-stale k/c.ko\nindex-stale k/d.ko\n"
                        "index-stale k/e.ko\n");
}
