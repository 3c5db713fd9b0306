/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <unistd.h>

#include "check.h"
#include "util/cleanup.h"
#include "room.h"

static struct room whole(void)
{
        struct room room = room_new("kernel/a.ko:\n", "x a\n", "b\n", NULL);

        tmpdir_write(&room.dir, "modules.symbols", "alias symbol:f a\n");
        return room;
}

static const char *path_of(struct room *room, const char *name, struct tn_buf *path)
{
        tn_buf_reset(path);
        return tn_catalog_find_path(room->catalog, tn_span_of(name), path) < 0 ? NULL : tn_buf_str(path);
}

CHECK(catalog_load_opens_all_and_needs_no_built_in_aliases)
{
        _cleanup_(room_fini) struct room room = whole();

        assert_int_equal(tn_catalog_load(room.catalog), 0);
        assert_int_equal(tn_catalog_load(room.catalog), 0);
        assert_false(tn_catalog_is_stale(room.catalog));
}

CHECK(catalog_load_takes_an_empty_list_of_built_in_modules_but_not_a_missing_one)
{
        _cleanup_(room_fini) struct room room = whole();

        tmpdir_write(&room.dir, "modules.builtin.bin", "");
        assert_int_equal(tn_catalog_load(room.catalog), 0);
        tn_catalog_unload(room.catalog);
        assert_int_equal(unlinkat(room.dir.fd, "modules.builtin.bin", 0), 0);
        assert_int_equal(tn_catalog_load(room.catalog), -ENOENT);
}

CHECK(catalog_load_fails_without_an_index_and_its_text)
{
        _cleanup_(room_fini) struct room room = room_new("kernel/a.ko:\n", "x a\n", "b\n", NULL);

        assert_int_equal(tn_catalog_load(room.catalog), -ENOENT);
}

CHECK(catalog_is_stale_once_an_index_that_was_asked_is_another)
{
        _cleanup_(room_fini) struct room room = whole(), other = room_new("kernel/c.ko:\n", "", "", NULL);
        _cleanup_(freep) char *from = tmpdir_path(&other.dir, "modules.dep.bin");
        _cleanup_(freep) char *to = tmpdir_path(&room.dir, "modules.dep.bin");
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        assert_false(tn_catalog_is_stale(room.catalog));
        assert_non_null(path_of(&room, "a", &path));
        assert_false(tn_catalog_is_stale(room.catalog));
        assert_int_equal(rename(from, to), 0);
        assert_true(tn_catalog_is_stale(room.catalog));
        assert_null(path_of(&room, "c", &path));
        tn_catalog_unload(room.catalog);
        assert_false(tn_catalog_is_stale(room.catalog));
        assert_null(path_of(&room, "a", &path));
        assert_non_null(path_of(&room, "c", &path));
}

CHECK(catalog_that_is_brief_is_never_stale)
{
        _cleanup_(room_fini) struct room room = whole();
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        tn_catalog_set_brief(room.catalog);
        assert_non_null(path_of(&room, "a", &path));
        tmpdir_write(&room.dir, "modules.dep.bin", "x");
        assert_false(tn_catalog_is_stale(room.catalog));
        tn_catalog_unload(room.catalog);
        assert_null(path_of(&room, "a", &path));
        assert_false(tn_catalog_is_stale(room.catalog));
}

CHECK(catalog_is_stale_once_an_index_appears_that_was_missing)
{
        _cleanup_(room_fini) struct room room = whole();

        assert_int_equal(tn_catalog_load(room.catalog), 0);
        tmpdir_write(&room.dir, "modules.builtin.alias.bin", "");
        assert_true(tn_catalog_is_stale(room.catalog));
}

CHECK(catalog_is_stale_once_a_text_that_stands_in_is_another)
{
        _cleanup_(room_fini) struct room room = whole();
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        assert_int_equal(unlinkat(room.dir.fd, "modules.dep.bin", 0), 0);
        tmpdir_write(&room.dir, "modules.dep", "kernel/t.ko:\n");
        assert_non_null(path_of(&room, "t", &path));
        assert_false(tn_catalog_is_stale(room.catalog));
        tmpdir_write(&room.dir, "modules.dep", "kernel/two.ko:\n");
        assert_true(tn_catalog_is_stale(room.catalog));
        tn_catalog_unload(room.catalog);
        assert_non_null(path_of(&room, "two", &path));
        assert_false(tn_catalog_is_stale(room.catalog));
}

CHECK(catalog_paths_are_below_its_directory_unless_absolute)
{
        _cleanup_(room_fini) struct room room = room_new("kernel/a.ko:\n/ext/b.ko:\n", "", "", NULL);
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        _cleanup_(freep) char *a = tmpdir_path(&room.dir, "kernel/a.ko");

        assert_string_equal(path_of(&room, "a", &path), a);
        assert_string_equal(path_of(&room, "b", &path), "/ext/b.ko");
        assert_null(path_of(&room, "c", &path));
}
