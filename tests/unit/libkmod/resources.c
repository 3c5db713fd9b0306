/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "client.h"
#include "util/cleanup.h"
#include "util/file.h"

#define DEPS "k/fat.ko:\nk/vfat.ko: k/fat.ko\n"

static void client_whole(struct client *c)
{
        client_init(c, DEPS, "fs-vfat vfat\n", "ext4\n", "blacklist fat\n");
        tmpdir_write(&c->room.dir, "modules.symbols", "alias symbol:f fat\n");
        kmod_set_log_priority(c->ctx, 3);
}

/* Puts the index of another tree in the place of ours, as depmod does. */
static void replace_deps(struct client *c, const char *deps)
{
        struct room other = room_new(deps, NULL, NULL, NULL);
        _cleanup_(freep) char *from = tmpdir_path(&other.dir, "modules.dep.bin");
        _cleanup_(freep) char *to = tmpdir_path(&c->room.dir, "modules.dep.bin");

        assert_int_equal(rename(from, to), 0);
        room_fini(&other);
}

static bool knows(struct client *c, const char *name)
{
        struct kmod_list *list = NULL;
        bool known;

        assert_int_equal(kmod_module_new_from_lookup(c->ctx, name, &list), 0);
        known = list != NULL;
        kmod_module_unref_list(list);
        return known;
}

CHECK(resources_are_loaded_once_and_valid)
{
        _cleanup_(client_fini) struct client c;

        client_whole(&c);
        assert_int_equal(kmod_load_resources(c.ctx), 0);
        assert_int_equal(kmod_load_resources(c.ctx), 0);
        assert_int_equal(kmod_validate_resources(c.ctx), KMOD_RESOURCES_OK);
        assert_true(knows(&c, "vfat"));
        kmod_unload_resources(c.ctx);
        assert_true(knows(&c, "vfat"));
        kmod_unload_resources(NULL);
}

CHECK(resources_cannot_be_loaded_without_an_index)
{
        _cleanup_(client_fini) struct client c;

        client_init(&c, DEPS, NULL, NULL, NULL);
        kmod_set_log_priority(c.ctx, 3);
        assert_int_equal(kmod_load_resources(c.ctx), -ENOENT);
        assert_int_equal(kmod_load_resources(NULL), -ENOENT);
        assert_true(knows(&c, "vfat"));
        assert_int_equal(kmod_validate_resources(c.ctx), KMOD_RESOURCES_OK);
}

CHECK(resources_stay_as_they_were_until_they_are_reloaded)
{
        _cleanup_(client_fini) struct client c;

        client_whole(&c);
        assert_int_equal(kmod_load_resources(c.ctx), 0);
        replace_deps(&c, "k/loop.ko:\n");
        assert_int_equal(kmod_validate_resources(c.ctx), KMOD_RESOURCES_MUST_RELOAD);
        assert_true(knows(&c, "vfat"));
        assert_false(knows(&c, "loop"));
        kmod_unload_resources(c.ctx);
        assert_int_equal(kmod_load_resources(c.ctx), 0);
        assert_int_equal(kmod_validate_resources(c.ctx), KMOD_RESOURCES_OK);
        assert_true(knows(&c, "loop"));
}

CHECK(resources_that_are_not_loaded_are_always_up_to_date)
{
        _cleanup_(client_fini) struct client c;

        client_whole(&c);
        assert_true(knows(&c, "vfat"));
        replace_deps(&c, "k/loop.ko:\n");
        assert_false(knows(&c, "vfat"));
        assert_true(knows(&c, "loop"));
        assert_int_equal(kmod_validate_resources(c.ctx), KMOD_RESOURCES_OK);
}

CHECK(resources_are_to_be_made_anew_once_configuration_changes)
{
        _cleanup_(client_fini) struct client c;

        client_whole(&c);
        assert_int_equal(kmod_load_resources(c.ctx), 0);
        tmpdir_write(&c.room.dir, "modules.softdep", "softdep fat pre: a\n");
        assert_int_equal(kmod_validate_resources(c.ctx), KMOD_RESOURCES_MUST_RECREATE);
        replace_deps(&c, DEPS);
        assert_int_equal(kmod_validate_resources(c.ctx), KMOD_RESOURCES_MUST_RECREATE);
        assert_int_equal(kmod_validate_resources(NULL), KMOD_RESOURCES_MUST_RECREATE);
}

static void assert_dump(struct client *c, enum kmod_index type, int result, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        _cleanup_(fclosep) FILE *file = tmpfile();

        assert_int_equal(kmod_dump_index(c->ctx, type, fileno(file)), result);
        assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
        assert_int_equal(tn_file_read(fileno(file), 4096, &got), 0);
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(index_dump_is_written_to_the_descriptor)
{
        _cleanup_(client_fini) struct client c;

        client_whole(&c);
        tmpdir_write(&c.room.dir, "modules.builtin.modinfo", "ext4.alias=fs-ext4");
        assert_dump(&c, KMOD_INDEX_MODULES_DEP, 0, "fat k/fat.ko:\nvfat k/vfat.ko: k/fat.ko\n");
        assert_dump(&c, KMOD_INDEX_MODULES_ALIAS, 0, "alias fs_vfat vfat\n");
        assert_dump(&c, KMOD_INDEX_MODULES_SYMBOL, 0, "alias symbol:f fat\n");
        assert_dump(&c, KMOD_INDEX_MODULES_BUILTIN_ALIAS, 0, "fs_ext4 ext4\n");
        assert_dump(&c, KMOD_INDEX_MODULES_BUILTIN, 0, "ext4 \n");
}

CHECK(index_dump_tells_what_is_wrong)
{
        _cleanup_(client_fini) struct client c;

        client_whole(&c);
        assert_dump(&c, KMOD_INDEX_MODULES_BUILTIN_ALIAS, -ENOSYS, "");
        assert_dump(&c, (enum kmod_index)5, -ENOENT, "");
        assert_dump(&c, (enum kmod_index) - 1, -ENOENT, "");
        assert_int_equal(kmod_dump_index(NULL, KMOD_INDEX_MODULES_DEP, 1), -ENOSYS);
        assert_int_equal(kmod_dump_index(c.ctx, KMOD_INDEX_MODULES_DEP, -1), -EBADF);
}
