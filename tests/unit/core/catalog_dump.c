/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "util/cleanup.h"
#include "room.h"

CHECK(catalog_dump_has_every_alias_and_a_key_before_longer_ones)
{
        _cleanup_(room_fini) struct room room =
                room_new("", "fs-b two\nfs-ab one\nfs-b* x\nfs-b y\n", NULL, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        assert_int_equal(tn_catalog_dump(room.catalog, TN_CATALOG_ALIAS, &text), 0);
        assert_string_equal(tn_buf_str(&text), "alias fs_ab one\n"
                                               "alias fs_b two\n"
                                               "alias fs_b y\n"
                                               "alias fs_b* x\n");
}

CHECK(catalog_dump_of_a_missing_index_is_empty_and_of_a_corrupt_one_fails)
{
        _cleanup_(room_fini) struct room room = room_new("", NULL, NULL, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tmpdir_write(&room.dir, "modules.symbols.bin", "not an index");
        assert_int_equal(tn_catalog_dump(room.catalog, TN_CATALOG_BUILTIN_ALIAS, &text), 0);
        assert_int_equal(tn_catalog_dump(room.catalog, TN_CATALOG_SYMBOLS, &text), -EINVAL);
        assert_int_equal(text.len, 0);
}

CHECK(catalog_dump_of_modules_has_their_lines_and_of_built_in_ones_their_names)
{
        _cleanup_(room_fini) struct room room = room_new("k/b.ko: k/a.ko\nk/a.ko:\n", NULL, "x\n", NULL);
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        assert_int_equal(tn_catalog_dump(room.catalog, TN_CATALOG_DEP, &text), 0);
        assert_int_equal(tn_catalog_dump(room.catalog, TN_CATALOG_BUILTIN, &text), 0);
        assert_string_equal(tn_buf_str(&text), "a k/a.ko:\nb k/b.ko: k/a.ko\nx \n");
}
