/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/confd.h"

static void hear(void *data, enum tn_log_level level, const char *text)
{
        struct tn_buf *heard = data;

        tn_buf_addf(heard, "%d %s\n", level, text);
}

static void scan(struct tn_confd *confd, const struct tmpdir *dir, const char *name, struct tn_log *log)
{
        _cleanup_(freep) char *path = tmpdir_path(dir, name);

        assert_int_equal(tn_confd_scan(confd, path, log), 0);
}

/* The list as text: each path below dir, in order, with a blank after it. */
static void assert_files(const struct tn_confd *confd, const struct tmpdir *dir, const char *want)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        for (size_t i = 0; i < confd->files.n; i++)
                tn_buf_addf(&got, "%s ", confd->files.v[i].path + strlen(dir->path) + 1);
        assert_string_equal(tn_buf_str(&got), want);
}

CHECK(confd_sorts_by_name_over_all_directories)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };

        tmpdir_write(&dir, "etc/b.conf", "");
        tmpdir_write(&dir, "etc/Z.conf", "");
        tmpdir_write(&dir, "lib/a.conf", "");
        tmpdir_write(&dir, "lib/c.conf", "");
        scan(&confd, &dir, "etc", NULL);
        scan(&confd, &dir, "run", NULL);
        scan(&confd, &dir, "lib", NULL);
        assert_files(&confd, &dir, "etc/Z.conf lib/a.conf etc/b.conf lib/c.conf ");
}

CHECK(confd_earlier_directory_hides_the_same_name)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };

        tmpdir_write(&dir, "etc/empty.conf", "");
        tmpdir_write(&dir, "lib/empty.conf", "options a b=1");
        tmpdir_write(&dir, "lib/null.conf", "options a b=1");
        assert_int_equal(symlinkat("/dev/null", dir.fd, "etc/null.conf"), 0);
        scan(&confd, &dir, "etc", NULL);
        scan(&confd, &dir, "lib", NULL);
        assert_files(&confd, &dir, "etc/empty.conf etc/null.conf ");
}

CHECK(confd_takes_only_names_that_end_in_conf)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };

        tmpdir_write(&dir, "d/x.conf", "");
        tmpdir_write(&dir, "d/.conf", "");
        tmpdir_write(&dir, "d/.hidden.conf", "");
        tmpdir_write(&dir, "d/conf", "");
        tmpdir_write(&dir, "d/x.conf~", "");
        tmpdir_write(&dir, "d/x.conf.dpkg-old", "");
        tmpdir_write(&dir, "d/README", "");
        scan(&confd, &dir, "d", NULL);
        assert_files(&confd, &dir, "d/x.conf ");
}

CHECK(confd_path_may_be_a_file_of_any_name)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };

        tmpdir_write(&dir, "my-options", "");
        tmpdir_write(&dir, "d/a.conf", "");
        scan(&confd, &dir, "my-options", NULL);
        scan(&confd, &dir, "d", NULL);
        assert_files(&confd, &dir, "d/a.conf my-options ");
        assert_string_equal(confd.files.v[1].name, "my-options");
        assert_int_equal(tn_confd_scan(&confd, "/dev/null", NULL), 0);
        assert_int_equal(confd.files.n, 3);
}

CHECK(confd_entries_that_cannot_be_read_are_told_and_hide_nothing)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf heard = { 0 }, want = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_ERR };

        tmpdir_write(&dir, "one/dir.conf/x", "");
        tmpdir_write(&dir, "two/dir.conf", "");
        scan(&confd, &dir, "one", &log);
        tn_buf_addf(&want, "3 Directories inside directories are not supported: %s/one/dir.conf\n", dir.path);
        assert_string_equal(tn_buf_str(&heard), tn_buf_str(&want));

        tn_buf_reset(&heard);
        tn_buf_reset(&want);
        tmpdir_write(&dir, "three/x", "");
        tmpdir_write(&dir, "two/gone.conf", "");
        assert_int_equal(symlinkat("nowhere", dir.fd, "three/gone.conf"), 0);
        scan(&confd, &dir, "three", &log);
        tn_buf_addf(&want, "3 could not read configuration file %s/three/gone.conf: %s\n", dir.path,
                    "No such file or directory");
        assert_string_equal(tn_buf_str(&heard), tn_buf_str(&want));

        scan(&confd, &dir, "two", &log);
        assert_files(&confd, &dir, "two/dir.conf two/gone.conf ");
}

CHECK(confd_knows_regular_files_from_their_directory)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { .by_type = true };

        tmpdir_write(&dir, "d/a.conf", "");
        assert_int_equal(symlinkat("a.conf", dir.fd, "d/b.conf"), 0);
        tmpdir_write(&dir, "d/c.conf/x", "");
        scan(&confd, &dir, "d", NULL);
        assert_files(&confd, &dir, "d/a.conf d/b.conf ");
        assert_true(confd.files.v[0].regular);
        assert_false(confd.files.v[1].regular);
}

CHECK(confd_files_added_by_hand_cannot_be_hidden)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };
        _cleanup_(freep) char *path = tmpdir_path(&dir, "tree/modules.softdep");

        tmpdir_write(&dir, "d/n.conf", "");
        tmpdir_write(&dir, "d/a.conf", "");
        tmpdir_write(&dir, "modules.softdep", "");
        assert_int_equal(tn_confd_add(&confd, path, "modules.softdep"), 0);
        scan(&confd, &dir, "d", NULL);
        scan(&confd, &dir, "modules.softdep", NULL);
        assert_files(&confd, &dir, "d/a.conf tree/modules.softdep d/n.conf ");
}

CHECK(confd_directory_of_two_names_is_read_once)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf heard = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_ERR };

        tmpdir_write(&dir, "usr/lib/a.conf", "");
        tmpdir_write(&dir, "usr/lib/dir.conf/x", "");
        assert_int_equal(symlinkat("usr/lib", dir.fd, "lib"), 0);
        scan(&confd, &dir, "usr/lib", &log);
        assert_true(heard.len > 0);
        tn_buf_reset(&heard);
        scan(&confd, &dir, "lib", &log);
        assert_int_equal(heard.len, 0);
        assert_files(&confd, &dir, "usr/lib/a.conf ");
}

CHECK(confd_file_of_two_names_counts_twice)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };

        tmpdir_write(&dir, "b", "");
        assert_int_equal(symlinkat("b", dir.fd, "a"), 0);
        scan(&confd, &dir, "b", NULL);
        scan(&confd, &dir, "a", NULL);
        assert_files(&confd, &dir, "a b ");
}

CHECK(confd_in_a_root_follows_links_within_it)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf heard = { 0 }, got = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_ERR };

        tmpdir_write(&dir, "usr/lib/modprobe.d/b.conf", "");
        tmpdir_write(&dir, "usr/lib/modprobe.d/null.conf", "");
        tmpdir_write(&dir, "usr/share/a.conf", "");
        tmpdir_write(&dir, "etc/modprobe.d/dir.conf/x", "");
        assert_int_equal(symlinkat("/usr/share/a.conf", dir.fd, "etc/modprobe.d/a.conf"), 0);
        assert_int_equal(symlinkat("/dev/null", dir.fd, "etc/modprobe.d/null.conf"), 0);
        assert_int_equal(symlinkat("/usr/lib", dir.fd, "lib"), 0);
        assert_int_equal(tn_inroot_init(dir.path, &root), 0);
        root.dir = "IMG";
        confd.root = &root;
        assert_int_equal(tn_confd_scan(&confd, "/etc/modprobe.d", &log), 0);
        assert_int_equal(tn_confd_scan(&confd, "/lib/modprobe.d", &log), 0);
        for (size_t i = 0; i < confd.files.n; i++) {
                assert_ptr_equal(confd.files.v[i].root, &root);
                tn_buf_addf(&got, "%s ", confd.files.v[i].path);
        }
        assert_string_equal(tn_buf_str(&got),
                            "/etc/modprobe.d/a.conf /lib/modprobe.d/b.conf /etc/modprobe.d/null.conf ");
        assert_string_equal(
                tn_buf_str(&heard),
                "3 Directories inside directories are not supported: IMG/etc/modprobe.d/dir.conf\n");
}

static int hear_left(void *data, const struct tn_confd_left *left)
{
        static const char *const whys[] = { "failed", "suffix", "hidden", "directory" };
        struct tn_buf *heard = data;

        tn_buf_addf(heard, "%s %s %s %s;", whys[left->why], tn_span_base(tn_span_of(left->path)).ptr,
                    left->other ? left->other->name : "-", left->err ? strerror(-left->err) : "-");
        return 0;
}

static void assert_left(struct tn_confd *confd, const struct tmpdir *dir, const char *name, const char *want)
{
        _cleanup_(tn_buf_fini) struct tn_buf heard = { 0 };

        confd->left_out = hear_left;
        confd->data = &heard;
        scan(confd, dir, name, NULL);
        assert_string_equal(tn_buf_str(&heard), want);
}

CHECK(confd_says_which_entries_it_leaves_out)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_confd_fini) struct tn_confd confd = { .all = true }, failed = { 0 };

        tmpdir_write(&dir, "etc/a.conf", "");
        tmpdir_write(&dir, "etc/.b", "");
        tmpdir_write(&dir, "lib/a.conf", "");
        tmpdir_write(&dir, "other/README", "");
        tmpdir_write(&dir, "more/d.conf/x", "");
        assert_int_equal(symlinkat("nowhere", dir.fd, "other.conf"), 0);
        assert_int_equal(mkdirat(dir.fd, "links", 0755), 0);
        assert_int_equal(symlinkat("nowhere", dir.fd, "links/e.conf"), 0);
        assert_left(&confd, &dir, "etc", "");
        assert_left(&confd, &dir, "lib", "hidden a.conf a.conf -;");
        assert_left(&confd, &dir, "other", "suffix README - -;");
        assert_left(&confd, &dir, "more", "directory d.conf - -;");
        assert_left(&confd, &dir, "links", "failed e.conf - No such file or directory;");
        assert_left(&failed, &dir, "other", "");
        assert_left(&failed, &dir, "more", "");
        assert_left(&failed, &dir, "links", "failed e.conf - No such file or directory;");
}
