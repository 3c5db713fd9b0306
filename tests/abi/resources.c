/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "abi.h"
#include "tmpdir.h"

/* A copy of the module directory without its modules, which a test may change. */
static struct tmpdir copy(void)
{
        struct tmpdir dir = tmpdir_new();
        char command[256];

        snprintf(command, sizeof(command), "cp -p /lib/modules/$(uname -r)/modules.* %s", dir.path);
        assert_int_equal(system(command), 0);
        return dir;
}

/* As if somebody had written it a while later. */
static void touch(const char *dir, const char *name)
{
        char path[256];
        struct stat st;

        snprintf(path, sizeof(path), "%s%s%s", dir, *name ? "/" : "", name);
        assert_int_equal(stat(path, &st), 0);
        st.st_mtim.tv_sec += 3;
        assert_int_equal(utimensat(AT_FDCWD, path, (struct timespec[]){ st.st_mtim, st.st_mtim }, 0), 0);
}

static int count_open(bool *ret_inherited)
{
        DIR *dir = opendir("/proc/self/fd");
        struct dirent *entry;
        int n = 0;

        assert_non_null(dir);
        while ((entry = readdir(dir))) {
                int fd = atoi(entry->d_name);

                if (fd <= STDERR_FILENO || entry->d_name[0] == '.' || fd == dirfd(dir))
                        continue;
                n++;
                if (!(fcntl(fd, F_GETFD) & FD_CLOEXEC))
                        *ret_inherited = true;
        }
        closedir(dir);
        return n;
}

CHECK(resources_load_and_what_is_found_is_the_same)
{
        struct kmod_ctx *ctx = plain();

        assert_int_equal(kmod_load_resources(ctx), 0);
        assert_int_equal(kmod_load_resources(ctx), 0);
        assert_string_equal(lookup(ctx, "base-alias"), "base");
        assert_string_equal(lookup(ctx, "symbol:mid_one"), "mid");
        assert_string_equal(lookup(ctx, "built"), "built");
        kmod_unload_resources(ctx);
        assert_string_equal(lookup(ctx, "base-alias"), "base");
        kmod_unload_resources(ctx);
        assert_int_equal(kmod_load_resources(ctx), 0);
        kmod_unref(ctx);
}

CHECK(loaded_resources_go_with_the_context)
{
        bool inherited = false;
        int before = count_open(&inherited), after;
        struct kmod_ctx *ctx = plain();

        assert_int_equal(kmod_load_resources(ctx), 0);
        kmod_unref(ctx);
        after = count_open(&inherited);
        assert_int_equal(after, before);
}

/* valgrind and the room leave descriptors of their own, so only what is new counts. */
CHECK(no_descriptor_is_passed_on_to_programs)
{
        bool had = false, has = false;
        struct kmod_ctx *ctx;

        count_open(&had);
        ctx = configured();
        assert_int_equal(kmod_load_resources(ctx), 0);
        assert_string_equal(lookup(ctx, "base-alias"), "base");
        count_open(&has);
        assert_int_equal(has, had);
        kmod_unref(ctx);
}

CHECK(resources_that_did_not_change_are_good)
{
        struct kmod_ctx *ctx = configured();

        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_OK);
        assert_int_equal(kmod_load_resources(ctx), 0);
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_OK);
        kmod_unref(ctx);
}

CHECK(an_index_that_changed_is_to_be_loaded_again)
{
        static const char *const files[] = { "modules.dep.bin", "modules.alias.bin", "modules.symbols.bin",
                                             "modules.builtin.bin", "modules.builtin.alias.bin" };
        static const char *const none[] = { NULL };

        for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
                struct tmpdir dir = copy();
                struct kmod_ctx *ctx = kmod_new(dir.path, none);

                assert_int_equal(kmod_load_resources(ctx), 0);
                assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_OK);
                touch(dir.path, files[i]);
                assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_MUST_RELOAD);
                kmod_unload_resources(ctx);
                assert_int_equal(kmod_load_resources(ctx), 0);
                assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_OK);
                kmod_unref(ctx);
                tmpdir_fini(&dir);
        }
}

CHECK(an_index_that_is_gone_is_to_be_loaded_again)
{
        struct tmpdir dir = copy();
        struct kmod_ctx *ctx = kmod_new(dir.path, NULL);

        assert_int_equal(kmod_load_resources(ctx), 0);
        assert_int_equal(unlinkat(dir.fd, "modules.alias.bin", 0), 0);
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_MUST_RELOAD);
        kmod_unref(ctx);
        tmpdir_fini(&dir);
}

CHECK(configuration_that_changed_wants_a_new_context)
{
        struct tmpdir dir = tmpdir_new();
        const char *paths[] = { dir.path, NULL };
        struct kmod_ctx *ctx = kmod_new(NULL, paths);

        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_OK);
        touch(dir.path, "");
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_MUST_RECREATE);
        kmod_unref(ctx);
        tmpdir_fini(&dir);
}

CHECK(configuration_that_is_gone_wants_a_new_context)
{
        struct tmpdir dir = tmpdir_new();
        const char *paths[] = { dir.path, NULL };
        struct kmod_ctx *ctx = kmod_new(NULL, paths);

        tmpdir_fini(&dir);
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_MUST_RECREATE);
        kmod_unref(ctx);
}

CHECK(configuration_that_was_edited_in_place_wants_a_new_context)
{
        struct tmpdir dir = tmpdir_new();
        const char *paths[] = { dir.path, NULL };
        struct kmod_ctx *ctx;

        tmpdir_write(&dir, "a.conf", "blacklist one\n");
        ctx = kmod_new(NULL, paths);
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_OK);
        touch(dir.path, "a.conf");
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_MUST_RECREATE);
        kmod_unref(ctx);
        tmpdir_fini(&dir);
}

CHECK(configuration_that_appears_wants_a_new_context)
{
        struct tmpdir dir = tmpdir_new();
        char *path = tmpdir_path(&dir, "later");
        const char *paths[] = { path, NULL };
        struct kmod_ctx *ctx = kmod_new(NULL, paths);

        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_OK);
        tmpdir_write(&dir, "later/a.conf", "blacklist one\n");
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_MUST_RECREATE);
        kmod_unref(ctx);
        free(path);
        tmpdir_fini(&dir);
}

CHECK(configuration_that_appears_behind_a_link_wants_a_new_context)
{
        struct tmpdir dir = tmpdir_new();
        char *path = tmpdir_path(&dir, "conf");
        const char *paths[] = { path, NULL };
        struct kmod_ctx *ctx;

        tmpdir_write(&dir, "conf/a.conf", "blacklist one\n");
        assert_int_equal(symlinkat("../later", dir.fd, "conf/b.conf"), 0);
        ctx = kmod_new(NULL, paths);
        kmod_set_log_fn(ctx, NULL, NULL);
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_OK);
        tmpdir_write(&dir, "later", "blacklist two\n");
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_MUST_RECREATE);
        kmod_unref(ctx);
        free(path);
        tmpdir_fini(&dir);
}

CHECK(softdeps_that_changed_want_a_new_context)
{
        struct tmpdir dir = copy();
        struct kmod_ctx *ctx = kmod_new(dir.path, NULL);

        assert_int_equal(kmod_load_resources(ctx), 0);
        touch(dir.path, "modules.softdep");
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_MUST_RECREATE);
        kmod_unref(ctx);
        tmpdir_fini(&dir);
}

CHECK(an_index_that_appears_is_to_be_loaded)
{
        struct tmpdir dir = copy();
        struct kmod_ctx *ctx;

        assert_int_equal(renameat(dir.fd, "modules.builtin.alias.bin", dir.fd, "later"), 0);
        ctx = kmod_new(dir.path, NULL);
        assert_int_equal(kmod_load_resources(ctx), 0);
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_OK);
        assert_int_equal(renameat(dir.fd, "later", dir.fd, "modules.builtin.alias.bin"), 0);
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_MUST_RELOAD);
        kmod_unref(ctx);
        tmpdir_fini(&dir);
}

CHECK(a_text_file_in_the_place_of_an_index_is_watched)
{
        struct tmpdir dir = copy();
        struct kmod_ctx *ctx;

        assert_int_equal(unlinkat(dir.fd, "modules.alias.bin", 0), 0);
        ctx = kmod_new(dir.path, NULL);
        assert_int_equal(kmod_load_resources(ctx), 0);
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_OK);
        tmpdir_write(&dir, "modules.alias", "alias new-alias base\n");
        assert_int_equal(kmod_validate_resources(ctx), KMOD_RESOURCES_MUST_RELOAD);
        assert_string_equal(lookup(ctx, "new-alias"), "");
        kmod_unload_resources(ctx);
        assert_string_equal(lookup(ctx, "new-alias"), "base");
        tmpdir_write(&dir, "modules.alias", "alias newer-alias base\n");
        assert_string_equal(lookup(ctx, "newer-alias"), "base");
        kmod_unref(ctx);
        tmpdir_fini(&dir);
}

/* lspci gives up when this fails. */
CHECK(the_index_of_builtin_aliases_may_be_missing)
{
        struct tmpdir dir = copy();
        struct kmod_ctx *ctx;

        assert_int_equal(unlinkat(dir.fd, "modules.builtin.alias.bin", 0), 0);
        ctx = kmod_new(dir.path, NULL);
        assert_true(kmod_load_resources(ctx) >= 0);
        assert_string_equal(lookup(ctx, "base-alias"), "base");
        kmod_unref(ctx);
        tmpdir_fini(&dir);
}

CHECK(what_is_null_has_no_resources)
{
        assert_int_equal(kmod_load_resources(NULL), -ENOENT);
        kmod_unload_resources(NULL);
        assert_int_equal(kmod_validate_resources(NULL), KMOD_RESOURCES_MUST_RECREATE);
}
