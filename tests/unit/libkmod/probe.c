/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "client.h"
#include "fake_kernel.h"
#include "util/cleanup.h"

#define DEPS "fat.ko:\nvfat.ko: fat.ko\nloop.ko:\n"

static struct tn_buf told; /* by print_action and run_install */
static int install_result;

static void tell(struct kmod_module *mod, bool install, const char *options)
{
        tn_buf_addf(&told, "%s %s '%s'\n", install ? "install" : "insert", kmod_module_get_name(mod),
                    options);
}

static int run_install(struct kmod_module *mod, const char *cmdline, void *data)
{
        tn_buf_addf(&told, "run %s '%s' %s\n", kmod_module_get_name(mod), cmdline, (const char *)data);
        return install_result;
}

static void client_files(struct client *c, const char *aliases, const char *conf)
{
        client_init(c, DEPS, aliases, "ext4\n", conf);
        tmpdir_write(&c->room.dir, "fat.ko", "\177ELF fat");
        tmpdir_write(&c->room.dir, "vfat.ko", "\177ELF vfat");
        tmpdir_write(&c->room.dir, "loop.ko", "\177ELF loop");
        tn_buf_fini(&told);
        told = (struct tn_buf){ 0 };
        install_result = 0;
}

/* Probes what a lookup finds, else the name; compares what was told, and what the kernel was told since. */
static int probe(struct client *c, const char *what, unsigned flags, const char *options, bool callback,
                 const char *expected)
{
        struct kmod_list *list = NULL;
        struct kmod_module *mod;
        int r;

        assert_int_equal(kmod_module_new_from_lookup(c->ctx, what, &list), 0);
        mod = list ? kmod_module_get_module(list) : client_name(c, what);
        kmod_module_unref_list(list);
        r = kmod_module_probe_insert_module(mod, flags, options, callback ? run_install : NULL, "data", tell);
        assert_string_equal(tn_buf_str(&told), expected);
        tn_buf_fini(&told);
        kmod_module_unref(mod);
        return r;
}

CHECK(probe_loads_what_is_needed_in_order)
{
        _cleanup_(client_fini) struct client c;

        client_files(&c, NULL, "options fat a=1\nsoftdep vfat post: loop\n");
        assert_int_equal(
                probe(&c, "vfat", 0, "x=2", false, "insert fat 'a=1 '\ninsert vfat 'x=2'\ninsert loop ''\n"),
                0);
        assert_string_equal(fake_kernel_journal(),
                            "finit fat 'a=1 ' 0\nfinit vfat 'x=2' 0\nfinit loop '' 0\n");
        assert_int_equal(probe(&c, "vfat", 0, NULL, false, ""), 0);
        assert_int_equal(probe(&c, "vfat", KMOD_PROBE_FAIL_ON_LOADED, NULL, false, ""), -EEXIST);
        assert_int_equal(probe(&c, "ext4", KMOD_PROBE_FAIL_ON_LOADED, NULL, false, ""), -EEXIST);
        assert_int_equal(probe(&c, "ext4", 0, NULL, false, ""), 0);
        assert_int_equal(kmod_module_probe_insert_module(NULL, 0, NULL, NULL, NULL, NULL), -ENOENT);
}

CHECK(probe_maps_the_two_ways_of_force)
{
        _cleanup_(client_fini) struct client c;

        client_files(&c, NULL, NULL);
        assert_int_equal(probe(&c, "fat", KMOD_PROBE_FORCE_VERMAGIC, NULL, false, "insert fat ''\n"), 0);
        assert_int_equal(probe(&c, "loop", KMOD_PROBE_FORCE_MODVERSION, NULL, false, "insert loop ''\n"), 0);
        assert_string_equal(fake_kernel_journal(), "finit fat '' 2\nfinit loop '' 1\n");
}

CHECK(probe_dry_tells_and_does_nothing)
{
        _cleanup_(client_fini) struct client c;

        client_files(&c, NULL, "install loop cmd $CMDLINE_OPTS\n");
        assert_int_equal(probe(&c, "vfat", KMOD_PROBE_DRY_RUN, NULL, true, "insert fat ''\ninsert vfat ''\n"),
                         0);
        assert_int_equal(probe(&c, "loop", KMOD_PROBE_DRY_RUN, "o=1", true, "install loop 'o=1'\n"), 0);
        assert_int_equal(probe(&c, "nix", KMOD_PROBE_DRY_RUN, NULL, true, "insert nix ''\n"), 0);
        fake_kernel_add("fat", 0, "");
        assert_int_equal(probe(&c, "fat", KMOD_PROBE_DRY_RUN, NULL, true, ""), 0);
        assert_int_equal(probe(&c, "vfat", KMOD_PROBE_DRY_RUN | KMOD_PROBE_IGNORE_LOADED, NULL, true,
                               "insert fat ''\ninsert vfat ''\n"),
                         0);
        assert_string_equal(fake_kernel_journal(), "");
        assert_said(&c, "");
}

CHECK(probe_of_what_is_not_there_fails_and_says_so)
{
        _cleanup_(client_fini) struct client c;

        client_files(&c, NULL, NULL);
        assert_int_equal(probe(&c, "nix", 0, NULL, false, "insert nix ''\n"), -ENOENT);
        assert_said(&c, "3 kmod_module_insert_module: could not find module by name='nix'\n");
        assert_int_equal(probe(&c, "ext4", KMOD_PROBE_IGNORE_LOADED, NULL, false, "insert ext4 ''\n"),
                         -ENOENT);
        assert_said(&c, "3 kmod_module_insert_module: could not find module by name='ext4'\n");
}

CHECK(probe_stopped_by_the_blacklist_returns_the_flag_that_did_it)
{
        _cleanup_(client_fini) struct client c;
        const unsigned by_alias = KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY, all = KMOD_PROBE_APPLY_BLACKLIST_ALL,
                       plain = KMOD_PROBE_APPLY_BLACKLIST, dry = KMOD_PROBE_DRY_RUN;

        client_files(&c, "x vfat\n", "blacklist vfat\nblacklist fat\n");
        assert_int_equal(probe(&c, "x", by_alias | all | plain, NULL, false, ""), by_alias);
        assert_int_equal(probe(&c, "x", all | plain, NULL, false, ""), all);
        assert_int_equal(probe(&c, "x", plain, NULL, false, ""), plain);
        assert_int_equal(probe(&c, "vfat", by_alias | all | plain, NULL, false, ""), all);
        assert_int_equal(probe(&c, "vfat", by_alias | plain, NULL, false, ""), plain);
        assert_int_equal(probe(&c, "vfat", by_alias | dry, NULL, false, "insert fat ''\ninsert vfat ''\n"),
                         0);
        assert_int_equal(probe(&c, "x", dry, NULL, false, "insert fat ''\ninsert vfat ''\n"), 0);
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(probe_stopped_by_the_policy_returns_a_flag_that_was_given)
{
        _cleanup_(client_fini) struct client c;
        const unsigned by_alias = KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY, all = KMOD_PROBE_APPLY_BLACKLIST_ALL,
                       plain = KMOD_PROBE_APPLY_BLACKLIST, dry = KMOD_PROBE_DRY_RUN;

        client_files(&c, "x vfat\n", "deny fat\nblacklist vfat\n");
        assert_int_equal(probe(&c, "x", by_alias | all | plain, NULL, false, ""), by_alias);
        assert_int_equal(probe(&c, "x", all | plain, NULL, false, ""), all);
        assert_int_equal(probe(&c, "vfat", plain, NULL, false, ""), plain);
        assert_int_equal(probe(&c, "vfat", by_alias, NULL, false, ""), by_alias);
        assert_int_equal(probe(&c, "vfat", by_alias | plain, NULL, false, ""), plain);
        assert_int_equal(probe(&c, "vfat", 0, NULL, false, ""), -EPERM);
        assert_int_equal(probe(&c, "vfat", dry | KMOD_PROBE_IGNORE_COMMAND, NULL, false, ""), -EPERM);
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(probe_leaves_blacklisted_dependencies_out_only_when_told_so)
{
        _cleanup_(client_fini) struct client c;

        client_files(&c, NULL, "blacklist fat\n");
        assert_int_equal(probe(&c, "vfat", KMOD_PROBE_APPLY_BLACKLIST_ALL, NULL, false, "insert vfat ''\n"),
                         0);
        assert_int_equal(probe(&c, "fat", 0, NULL, false, "insert fat ''\n"), 0);
}

CHECK(probe_gives_commands_to_the_client_that_wants_them)
{
        _cleanup_(client_fini) struct client c;

        client_files(&c, NULL, "install loop cmd $CMDLINE_OPTS; x\noptions loop a=1\n");
        assert_int_equal(probe(&c, "loop", 0, "b=\"1 $2\"", true,
                               "install loop 'a=1 b=\"1 $2\"'\nrun loop 'cmd a=1 b=1\\ \\$2; x' data\n"),
                         0);
        install_result = 7;
        assert_int_equal(
                probe(&c, "loop", 0, NULL, true, "install loop 'a=1 '\nrun loop 'cmd a=1; x' data\n"),
                -EINVAL);
        install_result = -EBUSY;
        assert_int_equal(
                probe(&c, "loop", 0, NULL, true, "install loop 'a=1 '\nrun loop 'cmd a=1; x' data\n"),
                -EBUSY);
        assert_said(&c, "");
        assert_int_equal(probe(&c, "loop", KMOD_PROBE_IGNORE_COMMAND, NULL, true, "insert loop 'a=1 '\n"), 0);
}

CHECK(probe_runs_commands_itself_and_never_returns_their_status)
{
        _cleanup_(client_fini) struct client c;

        client_files(&c, NULL, "install loop exit 3\ninstall fat exit 0\n");
        assert_int_equal(probe(&c, "loop", 0, NULL, false, "install loop ''\n"), -EINVAL);
        assert_said(&c, "3 command_do: Error running install command 'exit 3' for module loop: retcode 3\n");
        assert_int_equal(probe(&c, "fat", 0, NULL, false, "install fat ''\n"), 0);
        assert_string_equal(fake_kernel_journal(), "");
}

CHECK(probe_lets_only_softdeps_fail)
{
        _cleanup_(client_fini) struct client c;

        client_files(&c, NULL, "softdep vfat pre: loop\n");
        fake_kernel_fail("loop", -EIO);
        assert_int_equal(probe(&c, "vfat", 0, NULL, false, "insert fat ''\ninsert loop ''\ninsert vfat ''\n"),
                         0);
        assert_int_equal(probe(&c, "vfat", 0, NULL, false, ""), 0);
        fake_kernel_reset();
        fake_kernel_fail("fat", -EIO);
        assert_int_equal(probe(&c, "vfat", 0, NULL, false, "insert fat ''\n"), -EIO);
}

CHECK(insert_takes_one_file_as_it_is)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod;

        client_files(&c, NULL, "options vfat a=1\n");
        mod = client_name(&c, "vfat");
        assert_int_equal(kmod_module_insert_module(mod, 0, NULL), 0);
        kmod_module_unref(mod);
        mod = client_name(&c, "fat");
        assert_int_equal(kmod_module_insert_module(mod, KMOD_INSERT_FORCE_VERMAGIC, "b=2"), 0);
        assert_int_equal(kmod_module_insert_module(mod, KMOD_INSERT_FORCE_MODVERSION, NULL), -EEXIST);
        kmod_module_unref(mod);
        assert_string_equal(fake_kernel_journal(), "finit vfat '' 0\nfinit fat 'b=2' 2\nfinit fat '' 1\n");
        assert_int_equal(kmod_module_insert_module(NULL, 0, NULL), -ENOENT);
}

CHECK(remove_never_waits_and_says_why_it_failed)
{
        _cleanup_(client_fini) struct client c;
        struct kmod_module *mod;

        client_files(&c, NULL, NULL);
        fake_kernel_add("fat", 1, "");
        mod = client_name(&c, "fat");
        assert_int_equal(kmod_module_remove_module(mod, 0), -EAGAIN);
        assert_said(
                &c,
                "3 kmod_module_remove_module: could not remove 'fat': Resource temporarily unavailable\n");
        assert_int_equal(kmod_module_remove_module(mod, KMOD_REMOVE_NOLOG), -EAGAIN);
        assert_said(&c, "");
        fake_kernel_find("fat")->refcnt = 0;
        assert_int_equal(kmod_module_remove_module(mod, KMOD_REMOVE_FORCE), 0);
        kmod_module_unref(mod);
        assert_string_equal(fake_kernel_journal(), "delete fat 2048\ndelete fat 2048\ndelete fat 2560\n");
        assert_int_equal(kmod_module_remove_module(NULL, 0), -ENOENT);
}
