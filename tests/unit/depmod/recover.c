/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "depmod/recover.h"
#include "format/journal.h"
#include "logged.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/file.h"

static const char journal_name[] = ".tenon-journal";

static void assert_file(const struct tmpdir *dir, const char *name, const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        assert_int_equal(tn_file_read_at(dir->fd, name, 1000, &buf), 0);
        assert_string_equal(tn_buf_str(&buf), text);
}

static bool is_there(const struct tmpdir *dir, const char *name)
{
        return faccessat(dir->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A journal that says that each of these will hold "new". */
static void write_journal(const struct tmpdir *dir, const char *first, const char *second)
{
        const struct tn_journal_entry entries[] = {
                { tn_span_of(first), 3, tn_journal_sum(SPAN("new")) },
                { tn_span_of(second), 3, tn_journal_sum(SPAN("new")) },
        };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        assert_int_equal(tn_journal_format(entries, ARRAY_SIZE(entries), &text), 0);
        tmpdir_write_bytes(dir, journal_name, text.ptr, text.len);
}

/* As a run leaves it that was killed between modules.dep and modules.dep.bin. */
static void write_half(const struct tmpdir *dir)
{
        write_journal(dir, "modules.dep", "modules.dep.bin");
        tmpdir_write(dir, "modules.dep", "new");
        tmpdir_write(dir, ".tenon-old-modules.dep", "old");
        tmpdir_write(dir, "modules.dep.bin", "old");
        tmpdir_write(dir, ".tenon-new-modules.dep.bin", "new");
        tmpdir_write(dir, ".tenon-old-modules.dep.bin", "old");
}

static void assert_tidy(const struct tmpdir *dir)
{
        assert_false(is_there(dir, journal_name));
        assert_false(is_there(dir, ".tenon-old-modules.dep"));
        assert_false(is_there(dir, ".tenon-new-modules.dep.bin"));
        assert_false(is_there(dir, ".tenon-old-modules.dep.bin"));
}

CHECK(recover_finishes_what_a_whole_journal_says)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf want = { 0 };
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        logged.log.max = TN_LOG_NOTICE;
        write_half(&dir);
        assert_int_equal(tn_recover(dir.fd, dir.path, &logged.log), 0);
        assert_file(&dir, "modules.dep", "new");
        assert_file(&dir, "modules.dep.bin", "new");
        assert_tidy(&dir);
        tn_buf_addf(&want, "5 finishing what another depmod has begun in %s\n", dir.path);
        assert_string_equal(tn_buf_str(&logged.text), tn_buf_str(&want));
}

CHECK(recover_with_a_damaged_journal_takes_nothing_over)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        write_half(&dir);
        tmpdir_write(&dir, journal_name, "tenon-journal 2\n");
        assert_int_equal(tn_recover(dir.fd, dir.path, NULL), 0);
        assert_file(&dir, "modules.dep.bin", "old");
        assert_tidy(&dir);
}

CHECK(recover_without_journal_takes_nothing_over)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        write_half(&dir);
        assert_int_equal(unlinkat(dir.fd, journal_name, 0), 0);
        assert_int_equal(tn_recover(dir.fd, dir.path, NULL), 0);
        assert_file(&dir, "modules.dep.bin", "old");
        assert_tidy(&dir);
}

CHECK(recover_does_not_take_a_file_that_is_not_as_the_journal_says)
{
        static const char *const others[] = { "neW", "ne", "newer", "" };

        for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
                _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

                write_half(&dir);
                tmpdir_write(&dir, ".tenon-new-modules.dep.bin", others[i]);
                assert_int_equal(tn_recover(dir.fd, dir.path, NULL), 0);
                assert_file(&dir, "modules.dep.bin", "old");
                assert_tidy(&dir);
        }
}

CHECK(recover_takes_no_link_for_a_file)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        write_half(&dir);
        tmpdir_write(&dir, "elsewhere", "new");
        assert_int_equal(unlinkat(dir.fd, ".tenon-new-modules.dep.bin", 0), 0);
        assert_int_equal(symlinkat("elsewhere", dir.fd, ".tenon-new-modules.dep.bin"), 0);
        assert_int_equal(tn_recover(dir.fd, dir.path, NULL), 0);
        assert_file(&dir, "modules.dep.bin", "old");
        assert_file(&dir, "elsewhere", "new");
        assert_tidy(&dir);
}

CHECK(recover_touches_no_name_but_those_of_depmod)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        write_journal(&dir, "modules.order", "precious");
        tmpdir_write(&dir, "precious", "old");
        tmpdir_write(&dir, ".tenon-new-precious", "new");
        tmpdir_write(&dir, "modules.order", "old");
        tmpdir_write(&dir, ".tenon-new-modules.order", "new");
        tmpdir_write(&dir, ".tenon-x", "x");
        assert_int_equal(tn_recover(dir.fd, dir.path, NULL), 0);
        assert_false(is_there(&dir, journal_name));
        assert_file(&dir, "precious", "old");
        assert_file(&dir, "modules.order", "old");
        assert_true(is_there(&dir, ".tenon-new-precious"));
        assert_true(is_there(&dir, ".tenon-new-modules.order"));
        assert_true(is_there(&dir, ".tenon-x"));
}

CHECK(recover_does_not_wait_for_a_fifo)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        assert_int_equal(mkfifoat(dir.fd, journal_name, 0600), 0);
        assert_int_equal(mkfifoat(dir.fd, ".tenon-new-modules.dep.bin", 0600), 0);
        assert_int_equal(tn_recover(dir.fd, dir.path, NULL), 0);
        assert_tidy(&dir);
}

CHECK(recover_removes_whatever_has_a_name_of_depmod)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        write_half(&dir);
        tmpdir_write(&dir, "elsewhere", "safe");
        assert_int_equal(mkdirat(dir.fd, ".tenon-new-modules.dep", 0755), 0);
        assert_int_equal(unlinkat(dir.fd, ".tenon-old-modules.dep", 0), 0);
        assert_int_equal(symlinkat("elsewhere", dir.fd, ".tenon-old-modules.dep"), 0);
        assert_int_equal(mkfifoat(dir.fd, ".tenon-1-new-modules.alias", 0600), 0);
        assert_int_equal(mkdirat(dir.fd, ".tenon-2-journal", 0), 0);
        assert_int_equal(tn_recover(dir.fd, dir.path, NULL), 0);
        assert_tidy(&dir);
        assert_false(is_there(&dir, ".tenon-new-modules.dep"));
        assert_false(is_there(&dir, ".tenon-1-new-modules.alias"));
        assert_false(is_there(&dir, ".tenon-2-journal"));
        assert_file(&dir, "elsewhere", "safe");
        assert_file(&dir, "modules.dep.bin", "new");
}

CHECK(recover_reports_what_it_cannot_remove_and_finds_other_names)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };

        logged_init(&logged);
        tmpdir_write(&dir, ".tenon-new-modules.dep/x", "precious");
        tmpdir_write(&dir, ".tenon-old-modules.dep/x", "one line is enough");
        tmpdir_write(&dir, ".tenon-new-modules.alias", "half");
        assert_int_equal(tn_recover(dir.fd, dir.path, &logged.log), 1);
        tn_buf_addf(&expected,
                    "4 could not remove %s/.tenon-new-modules.dep: Directory not empty. It has a name of "
                    "depmod's, which takes another; please remove it\n",
                    dir.path);
        assert_string_equal(tn_buf_str(&logged.text), tn_buf_str(&expected));
        assert_false(is_there(&dir, ".tenon-new-modules.alias"));
        assert_file(&dir, ".tenon-new-modules.dep/x", "precious");
}

CHECK(recover_that_cannot_finish_is_an_error_and_leaves_the_rest_for_later)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };

        logged_init(&logged);
        write_half(&dir);
        assert_int_equal(unlinkat(dir.fd, "modules.dep.bin", 0), 0);
        assert_int_equal(mkdirat(dir.fd, "modules.dep.bin", 0755), 0);
        assert_int_equal(tn_recover(dir.fd, dir.path, &logged.log), -EISDIR);
        tn_buf_addf(&expected,
                    "3 could not finish %s/modules.dep.bin, which another depmod has begun: Is a directory\n",
                    dir.path);
        assert_string_equal(tn_buf_str(&logged.text), tn_buf_str(&expected));
        assert_true(is_there(&dir, journal_name));
        assert_file(&dir, ".tenon-new-modules.dep.bin", "new");
}

CHECK(recover_finishes_a_run_that_had_other_names)
{
        const struct tn_journal_entry entry = { SPAN("modules.dep"), 3, tn_journal_sum(SPAN("new")) };
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        assert_int_equal(tn_journal_format(&entry, 1, &text), 0);
        tmpdir_write_bytes(&dir, ".tenon-1-journal", text.ptr, text.len);
        tmpdir_write(&dir, ".tenon-journal/x", "in the way");
        tmpdir_write(&dir, ".tenon-1-new-modules.dep", "new");
        tmpdir_write(&dir, "modules.dep", "old");
        assert_int_equal(tn_recover(dir.fd, dir.path, NULL), 1);
        assert_file(&dir, "modules.dep", "new");
        assert_false(is_there(&dir, ".tenon-1-journal"));
}

CHECK(recover_without_a_free_name_is_an_error)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, ".tenon-journal/x", "");
        tmpdir_write(&dir, ".tenon-1-new-modules.dep/x", "");
        tmpdir_write(&dir, ".tenon-2-old-modules.dep.bin/x", "");
        assert_int_equal(tn_recover(dir.fd, dir.path, NULL), -EEXIST);
}

CHECK(recover_in_a_tidy_directory_writes_nothing)
{
        const struct timespec past[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct stat st;

        tmpdir_write(&dir, "modules.dep", "old");
        assert_int_equal(futimens(dir.fd, past), 0);
        assert_int_equal(tn_recover(dir.fd, dir.path, NULL), 0);
        assert_int_equal(fstat(dir.fd, &st), 0);
        assert_int_equal(st.st_mtim.tv_sec, 1000);
        assert_file(&dir, "modules.dep", "old");
}
