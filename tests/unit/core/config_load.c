/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "core/config.h"
#include "fake_kernel.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"

static void hear(void *data, enum tn_log_level level, const char *text)
{
        tn_buf_addf(data, "%s\n", text);
}

/* The dump of what is loaded and then what was said, with "DIR" for the directory. */
static void assert_loaded(const struct tmpdir *dir, struct tn_config_sources src, const char *expected)
{
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf heard = { 0 }, got = { 0 }, plain = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_WARNING };
        const char *at, *found;

        assert_int_equal(tn_config_load(&src, &log, &config), 0);
        tn_config_dump(config, &got);
        tn_buf_add_span(&got, tn_buf_span(&heard));
        for (at = tn_buf_str(&got); (found = strstr(at, dir->path)); at = found + strlen(dir->path)) {
                tn_buf_add(&plain, at, (size_t)(found - at));
                tn_buf_add_str(&plain, "DIR");
        }
        tn_buf_add_str(&plain, at);
        assert_string_equal(tn_buf_str(&plain), expected);
}

/* The same of a directory as the root. */
static void assert_rooted(const struct tmpdir *dir, struct tn_config_sources src, const char *expected)
{
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };

        assert_int_equal(tn_inroot_init(dir->path, &root), 0);
        src.root = &root;
        assert_loaded(dir, src, expected);
}

static void assert_root(const struct tmpdir *dir, const char *expected)
{
        assert_rooted(dir, (struct tn_config_sources){ 0 }, expected);
}

static void assert_file(const struct tmpdir *dir, const char *name, const char *expected)
{
        _cleanup_(freep) char *path = tmpdir_path(dir, name);
        const char *paths[] = { path, NULL };

        assert_loaded(dir, (struct tn_config_sources){ .paths = paths }, expected);
}

CHECK(config_load_reads_modprobe_conf_after_the_directories)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/modprobe.conf", "options m from=conf\n");
        tmpdir_write(&dir, "etc/modprobe.d/z.conf", "options m from=z\n");
        tmpdir_write(&dir, "usr/lib/modprobe.d/modprobe.conf", "options m from=lib\n");
        assert_root(&dir, "options m from=lib\noptions m from=z\noptions m from=conf\n");
}

CHECK(config_load_reads_no_modprobe_conf_beside_named_paths)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        static const char *const none[] = { NULL };

        tmpdir_write(&dir, "etc/modprobe.conf", "options m from=conf\n");
        assert_rooted(&dir, (struct tn_config_sources){ .paths = none }, "");
}

CHECK(config_load_puts_the_kernel_command_line_behind_modprobe_conf)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        fake_kernel_reset();
        fake_kernel_set_cmdline("m.a=1\n");
        tmpdir_write(&dir, "etc/modprobe.conf", "options m from=conf\n");
        assert_rooted(&dir, (struct tn_config_sources){ .kernel_cmdline = true },
                      "options m from=conf\noptions m a=1\n");
}

CHECK(config_load_warns_of_what_has_no_effect_and_takes_the_rest)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "f", "blacklist k \\\n  m\noptions n.ko a=1\n");
        assert_file(&dir, "f",
                    "blacklist k\noptions n.ko a=1\n"
                    "DIR/f line 2: ignoring 'm': blacklist takes one module a line\n"
                    "DIR/f line 3: 'n.ko' is not the name of a module; write 'n'\n");
}

CHECK(config_load_includes_files_and_directories_where_they_are_named)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/modprobe.conf",
                     "options m a=1\ninclude extra\ninclude /usr/more\noptions m a=4\n");
        tmpdir_write(&dir, "etc/extra", "options m a=2\n");
        tmpdir_write(&dir, "usr/more/x.conf", "options m a=3\ninclude y\n");
        tmpdir_write(&dir, "usr/more/y", "blacklist k\n");
        assert_root(&dir, "blacklist k\noptions m a=1\noptions m a=2\noptions m a=3\noptions m a=4\n");
}

CHECK(config_load_includes_in_files_that_are_named_and_not_in_directories)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "any", "include d/a.conf\n");
        tmpdir_write(&dir, "d/a.conf", "blacklist k\n");
        tmpdir_write(&dir, "e/a.conf", "include ../any\nabove a b\nalias x off\n");
        assert_file(&dir, "any", "blacklist k\n");
        assert_file(&dir, "e",
                    "alias x off\n"
                    "DIR/e/a.conf: command include is deprecated and not parsed anymore\n"
                    "DIR/e/a.conf line 2: ignoring bad line starting with 'above'\n");
}

CHECK(config_load_does_not_include_what_was_read_already)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/modprobe.conf",
                     "include /etc/modprobe.d\ninclude /etc/modprobe.conf\nblacklist k\n");
        tmpdir_write(&dir, "etc/modprobe.d/a.conf", "options m a=1\n");
        tmpdir_write(&dir, "etc/modprobe.d/b.conf", "options m b=1\n");
        assert_root(&dir, "blacklist k\noptions m a=1\noptions m b=1\n");
}

CHECK(config_load_does_not_read_again_what_was_included)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/modprobe.d/modprobe.conf", "include /etc/modprobe.d\n");
        tmpdir_write(&dir, "etc/modprobe.d/z.conf", "options m a=1\n");
        assert_int_equal(symlinkat("z.conf", dir.fd, "etc/modprobe.d/y.conf"), 0);
        assert_root(&dir, "options m a=1\n");
}

CHECK(config_load_circles_of_includes_come_to_an_end)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "a", "include b\nblacklist a\n");
        tmpdir_write(&dir, "b", "include ./a\ninclude .\nblacklist b\n");
        tmpdir_write(&dir, "x.conf", "include a\nblacklist x\n");
        assert_file(&dir, "a", "blacklist x\nblacklist b\nblacklist a\n");
}

CHECK(config_load_does_not_go_too_deep)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        for (int i = 0; i < 20; i++) {
                char name[16], text[64];

                snprintf(name, sizeof(name), "f%d", i);
                snprintf(text, sizeof(text), "include f%d\n%s", i + 1, i >= 15 ? "blacklist deep\n" : "");
                tmpdir_write(&dir, name, text);
        }
        assert_file(&dir, "f0",
                    "blacklist deep\nblacklist deep\n"
                    "DIR/f16 line 1: not including f17: too many files within files\n");
}

CHECK(config_load_tells_what_cannot_be_included)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "f",
                     "include\ninclude none\ninclude fifo\ninclude /dev/null\ninclude empty\nblacklist a\n");
        assert_int_equal(mkfifoat(dir.fd, "fifo", 0600), 0);
        assert_int_equal(mkdirat(dir.fd, "empty", 0700), 0);
        assert_file(&dir, "f",
                    "blacklist a\n"
                    "DIR/f line 1: ignoring bad line starting with 'include'\n"
                    "DIR/f line 2: could not read the included file DIR/none: No such file or directory\n"
                    "DIR/f line 3: could not read the included file DIR/fifo: not a regular file\n");
}

CHECK(config_load_alias_of_off_loads_nothing)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/modprobe.conf",
                     "alias net-pf-10 off\nalias ipv6 null\nalias a* off\nalias b[ off\n");
        assert_root(&dir, "install net_pf_10 /bin/true\n"
                          "install ipv6 /bin/true\n"
                          "DIR/etc/modprobe.conf line 3: a pattern cannot be an alias of 'off'; write a line "
                          "'install NAME /bin/true' for each name instead\n"
                          "DIR/etc/modprobe.conf line 4: a pattern cannot be an alias of 'off'; write a line "
                          "'install NAME /bin/true' for each name instead\n");
}

CHECK(config_load_tells_commands_that_are_gone)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/modprobe.conf", "keep\nabove ohci-hcd\\\n ehci-hcd\nbogus\nconfig x\n");
        assert_root(
                &dir,
                "DIR/etc/modprobe.conf line 1: the command 'keep' of modutils is not supported; it belonged "
                "to 'path'; take the line out\n"
                "DIR/etc/modprobe.conf line 3: the command 'above' of modutils is not supported; write "
                "'softdep ohci-hcd post: ehci-hcd' instead\n"
                "DIR/etc/modprobe.conf line 4: ignoring bad line starting with 'bogus'\n"
                "DIR/etc/modprobe.conf: command config is deprecated and not parsed anymore\n");
}

CHECK(config_load_in_a_root_follows_links_within_it)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "usr/share/a.conf", "blacklist a\n");
        tmpdir_write(&dir, "usr/lib/modprobe.d/x.conf", "blacklist x\n");
        tmpdir_write(&dir, "usr/lib/modprobe.d/y.conf", "blacklist y\n");
        assert_int_equal(mkdirat(dir.fd, "etc", 0700), 0);
        assert_int_equal(mkdirat(dir.fd, "etc/modprobe.d", 0700), 0);
        assert_int_equal(symlinkat("/usr/share/a.conf", dir.fd, "etc/modprobe.d/a.conf"), 0);
        assert_int_equal(symlinkat("/dev/null", dir.fd, "etc/modprobe.d/x.conf"), 0);
        assert_int_equal(symlinkat("/usr/lib", dir.fd, "lib"), 0);
        assert_root(&dir, "blacklist a\nblacklist y\n");
}

CHECK(config_load_in_a_root_does_not_wait_for_a_fifo)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/modprobe.d/b.conf", "blacklist b\n");
        assert_int_equal(mkfifoat(dir.fd, "etc/modprobe.d/a.conf", 0600), 0);
        assert_root(&dir, "blacklist b\ncould not read DIR/etc/modprobe.d/a.conf: not a regular file\n");
}

CHECK(config_load_finds_the_module_directory_in_the_root)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };
        _cleanup_(freep) char *img = tmpdir_path(&dir, "img"), *path = tmpdir_path(&dir, "img/lib/modules/1"),
                              *other = tmpdir_path(&dir, "img2/lib/modules/1");
        struct tn_dir inside = { .path = path, .root = &root, .inside = "/lib/modules/1" };
        struct tn_dir outside = tn_dir_at(other);

        tmpdir_write(&dir, "img/usr/lib/modules/1/modules.softdep", "softdep a pre: b\n");
        tmpdir_write(&dir, "img2/lib/modules/1/modules.softdep", "softdep c pre: d\n");
        assert_int_equal(symlinkat("/usr/lib", dir.fd, "img/lib"), 0);
        assert_int_equal(tn_inroot_init(img, &root), 0);
        assert_loaded(&dir, (struct tn_config_sources){ .root = &root, .module_dir = &inside },
                      "softdep a pre: b\n");
        assert_loaded(&dir, (struct tn_config_sources){ .root = &root, .module_dir = &outside },
                      "softdep c pre: d\n");
}

CHECK(config_load_takes_dependencies_alone_from_the_files_of_depmod)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        const struct tn_dir module_dir = tn_dir_at(dir.path);
        static const char *const no_paths[] = { NULL };

        tmpdir_write(&dir, "modules.softdep",
                     "# made\ninstall a /bin/x\nsoftdep a pre: b\nweakdep a c\nblacklist a\nnix\n");
        tmpdir_write(&dir, "modules.weakdep",
                     "softdep d pre: e\nremove a /bin/x\noptions a b=c\nweakdep * a\nsoftdep a? pre: b\n");
        assert_loaded(
                &dir, (struct tn_config_sources){ .paths = no_paths, .module_dir = &module_dir },
                "softdep a pre: b\nsoftdep d pre: e\nweakdep a c\n"
                "DIR/modules.softdep line 2: ignoring 'install a': only softdep and weakdep count in this "
                "file\n"
                "DIR/modules.softdep line 5: ignoring 'blacklist a': only softdep and weakdep count in this "
                "file\n"
                "DIR/modules.softdep line 6: ignoring bad line starting with 'nix'\n"
                "DIR/modules.weakdep line 2: ignoring 'remove a': only softdep and weakdep count in this "
                "file\n"
                "DIR/modules.weakdep line 3: ignoring 'options a': only softdep and weakdep count in this "
                "file\n"
                "DIR/modules.weakdep line 4: ignoring 'weakdep *': a pattern does not count in this file\n"
                "DIR/modules.weakdep line 5: ignoring 'softdep a?': a pattern does not count in this file\n");
}

/* A device never ends, and to open one may be to use it. */
CHECK(config_load_opens_regular_files_only)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/modprobe.d/b.conf", "blacklist b\n");
        assert_int_equal(symlinkat("/dev/null", dir.fd, "etc/modprobe.d/a.conf"), 0);
        assert_int_equal(symlinkat("/dev/zero", dir.fd, "etc/modprobe.d/c.conf"), 0);
        assert_file(&dir, "etc/modprobe.d",
                    "blacklist b\ncould not read DIR/etc/modprobe.d/c.conf: not a regular file\n");
}

/* One that may be there and blacklist something is named; not one in a directory that may not even be looked into. */
CHECK(config_load_tells_of_files_that_may_not_be_read)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "shut");
        const char *no_paths[] = { NULL };
        const struct tn_dir shut = tn_dir_at(path);
        bool is_root = geteuid() == 0;

        tmpdir_write(&dir, "shut/modules.softdep", "softdep a pre: b\n");
        tmpdir_write(&dir, "d/b.conf", "blacklist b\n");
        assert_int_equal(fchmodat(dir.fd, ".", 0755, 0), 0);
        assert_int_equal(fchmodat(dir.fd, "d/b.conf", 0, 0), 0);
        assert_int_equal(fchmodat(dir.fd, "shut", 0, 0), 0);
        if (is_root)
                assert_int_equal(seteuid(65534), 0);
        assert_file(&dir, "d/b.conf", "could not read DIR/d/b.conf: Permission denied\n");
        assert_loaded(&dir, (struct tn_config_sources){ .paths = no_paths, .module_dir = &shut }, "");
        if (is_root)
                assert_int_equal(seteuid(0), 0);
        assert_int_equal(fchmodat(dir.fd, "shut", 0700, 0), 0);
}

static struct tn_config *load_dir(const struct tmpdir *dir, const char *name)
{
        _cleanup_(freep) char *path = tmpdir_path(dir, name), *modules = tmpdir_path(dir, "modules");
        const char *paths[] = { path, NULL };
        const struct tn_dir module_dir = tn_dir_at(modules);
        const struct tn_config_sources src = { .paths = paths, .module_dir = &module_dir };
        struct tn_config *config;

        assert_int_equal(tn_config_load(&src, NULL, &config), 0);
        return config;
}

/* Whether a configuration is stale once a file was written. */
static bool stales(const struct tmpdir *dir, const char *name, const char *text)
{
        _cleanup_(tn_config_freep) struct tn_config *config = load_dir(dir, "d");

        assert_false(tn_config_is_stale(config));
        tmpdir_write(dir, name, text);
        return tn_config_is_stale(config);
}

CHECK(config_is_stale_once_a_file_is_edited_or_appears_or_goes)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "d/a.conf");
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;

        assert_true(stales(&dir, "d/a.conf", "blacklist a\n"));
        assert_true(stales(&dir, "d/a.conf", "blacklist ab\n"));
        assert_true(stales(&dir, "d/b.conf", ""));
        assert_true(stales(&dir, "modules/modules.softdep", "softdep a pre: b\n"));
        assert_true(stales(&dir, "modules/modules.softdep", "softdep a pre: bc\n"));
        assert_true(stales(&dir, "modules/modules.weakdep", ""));
        assert_false(stales(&dir, "modules/modules.dep", ""));
        config = load_dir(&dir, "d");
        assert_int_equal(unlink(path), 0);
        assert_true(tn_config_is_stale(config));
}

CHECK(config_that_is_brief_is_never_stale)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "d");
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        const char *paths[] = { path, NULL };

        tmpdir_write(&dir, "d/a.conf", "blacklist a\n");
        assert_int_equal(
                tn_config_load(&(struct tn_config_sources){ .paths = paths, .brief = true }, NULL, &config),
                0);
        assert_non_null(tn_config_find(config, TN_CONF_BLACKLIST, "a"));
        tmpdir_write(&dir, "d/a.conf", "blacklist ab\n");
        assert_false(tn_config_is_stale(config));
}

CHECK(config_is_stale_once_a_link_that_led_nowhere_leads_to_a_file)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "d/a.conf", "");
        tmpdir_write(&dir, "elsewhere/a.conf", "");
        assert_int_equal(symlinkat("../elsewhere/b.conf", dir.fd, "d/b.conf"), 0);
        assert_true(stales(&dir, "elsewhere/b.conf", "blacklist a\n"));
}

CHECK(config_is_stale_once_an_included_file_changes)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "d/modprobe.conf", "include ../more\ninclude ../later\n");
        assert_true(stales(&dir, "more", "blacklist a\n"));
        assert_true(stales(&dir, "later", "blacklist a\n"));
}

CHECK(config_of_a_root_is_never_stale)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };
        const struct tn_config_sources src = { .root = &root };

        assert_int_equal(tn_inroot_init(dir.path, &root), 0);
        assert_int_equal(tn_config_load(&src, NULL, &config), 0);
        tmpdir_write(&dir, "etc/modprobe.d/a.conf", "");
        assert_false(tn_config_is_stale(config));
}

/* "FATE NAME [of OTHER] [line N] [err] [classic] [generated]: BYTES\n", names without the directory. */
static int hear_input(void *data, const struct tn_config_input *input)
{
        static const char *const fates[] = { "read", "failed", "suffix", "hidden", "directory" };
        struct tn_buf *heard = data;

        tn_buf_addf(heard, "%s %s", fates[input->fate], tn_span_base(tn_span_of(input->path)).ptr);
        assert_true(tn_span_ends(tn_span_of(input->name), tn_span_of(input->path)));
        assert_true(!input->root || tn_span_starts(tn_span_of(input->name), tn_span_of(input->root->dir)));
        if (input->other)
                tn_buf_addf(heard, " of %s", tn_span_base(tn_span_of(input->other)).ptr);
        if (input->line)
                tn_buf_addf(heard, " line %u", input->line);
        if (input->err)
                tn_buf_addf(heard, " %s", strerror(-input->err));
        tn_buf_addf(heard, "%s%s: %zu\n", input->classic ? " classic" : "",
                    input->generated ? " generated" : "", input->text.len);
        return tn_buf_error(heard);
}

CHECK(config_load_tells_what_becomes_of_every_file)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf heard = { 0 };
        const struct tn_config_listener listener = { hear_input, &heard };
        const struct tn_config_sources src = { .root = &root, .listener = &listener };

        tmpdir_write(&dir, "etc/modprobe.d/a.conf", "# a\n");
        tmpdir_write(&dir, "usr/lib/modprobe.d/a.conf", "# aa\n");
        tmpdir_write(&dir, "usr/lib/modprobe.d/b", "");
        tmpdir_write(&dir, "run/modprobe.d/c.conf/d", "");
        tmpdir_write(&dir, "etc/modprobe.conf", "\ninclude nowhere\n");
        assert_int_equal(symlinkat("gone", dir.fd, "usr/local"), 0);
        assert_int_equal(symlinkat("nowhere", dir.fd, "run/modprobe.d/e.conf"), 0);
        assert_int_equal(tn_inroot_init(dir.path, &root), 0);
        assert_int_equal(tn_config_load(&src, NULL, &config), 0);
        /* a directory has its entries in any order */
        assert_non_null(strstr(tn_buf_str(&heard), "directory c.conf: 0\n"));
        assert_non_null(strstr(heard.ptr, "failed e.conf No such file or directory: 0\n"));
        assert_non_null(strstr(heard.ptr, "suffix b: 0\n"));
        assert_non_null(strstr(heard.ptr, "hidden a.conf of a.conf: 0\n"));
        assert_non_null(strstr(heard.ptr, "read a.conf: 4\nread modprobe.conf classic: 17\n"
                                          "failed nowhere of modprobe.conf line 2 No such file or directory"
                                          " classic: 0\n"));
}

CHECK(config_load_makes_a_record_of_each_module_that_is_denied)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/modprobe.d/a.conf", "deny a-b c # d\nallow e\ndeny f\n");
        assert_root(&dir, "deny a_b\ndeny c\ndeny f\nallow e\n");
}

CHECK(config_load_takes_policy_lines_from_the_administrator_alone)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/modprobe.d/a.conf", "policy audit\npolicy strict\n");
        tmpdir_write(&dir, "run/modprobe.d/b.conf", "policy enforce\n");
        tmpdir_write(&dir, "usr/lib/modprobe.d/c.conf", "deny x\npolicy off\n");
        assert_root(&dir,
                    "deny x\npolicy audit\npolicy enforce\n"
                    "DIR/etc/modprobe.d/a.conf line 2: ignoring bad line starting with 'policy'\n"
                    "DIR/usr/lib/modprobe.d/c.conf line 2: ignoring 'policy off': only a file in /etc or "
                    "/run switches the policy\n");
}

CHECK(config_load_takes_policy_lines_of_a_file_that_is_named)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "my.conf", "policy off\n");
        assert_file(&dir, "my.conf", "policy off\n");
}
