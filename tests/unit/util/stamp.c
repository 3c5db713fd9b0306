/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "check.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/stamp.h"

static void set_time(const char *path, long nsec)
{
        const struct timespec times[2] = { { 1000, nsec }, { 1000, nsec } };

        assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

CHECK(stamp_holds_while_nothing_changes)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "a");
        struct tn_stamp stamp;

        tmpdir_write(&dir, "a", "text");
        stamp = tn_stamp_of(path);
        assert_true(stamp.there);
        assert_true(tn_stamp_holds(&stamp, path));
}

CHECK(stamp_of_nothing_holds_until_something_appears_and_leaves_errno_alone)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "a");
        struct tn_stamp stamp;

        errno = EXDEV;
        stamp = tn_stamp_of(path);
        assert_int_equal(errno, EXDEV);
        assert_false(stamp.there);
        assert_true(tn_stamp_holds(&stamp, path));
        tmpdir_write(&dir, "a", "");
        assert_false(tn_stamp_holds(&stamp, path));
}

CHECK(stamp_does_not_hold_after_an_edit_of_the_same_size_a_rename_or_a_removal)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *path = tmpdir_path(&dir, "a"), *other = tmpdir_path(&dir, "b");
        struct tn_stamp stamp;

        tmpdir_write(&dir, "a", "text");
        tmpdir_write(&dir, "b", "text");
        set_time(path, 1);
        set_time(other, 1);
        stamp = tn_stamp_of(path);
        set_time(path, 2);
        assert_false(tn_stamp_holds(&stamp, path));
        set_time(path, 1);
        assert_true(tn_stamp_holds(&stamp, path));
        assert_int_equal(rename(other, path), 0);
        assert_false(tn_stamp_holds(&stamp, path));
        assert_int_equal(unlink(path), 0);
        assert_false(tn_stamp_holds(&stamp, path));
}
