/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "check.h"
#include "depmod/touch.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static void assert_time(const struct tmpdir *dir, const char *name, time_t sec, long nsec)
{
        struct stat st;

        assert_int_equal(fstatat(dir->fd, name, &st, 0), 0);
        assert_int_equal(st.st_mtim.tv_sec, sec);
        assert_int_equal(st.st_mtim.tv_nsec, nsec);
}

static void set_time(const struct tmpdir *dir, const char *name, time_t sec, long nsec)
{
        const struct timespec times[2] = { { 1, 0 }, { sec, nsec } };

        assert_int_equal(utimensat(dir->fd, name, times, 0), 0);
}

/* Far in the future, so that it is not the time of now. */
#define LATE ((struct timespec){ 4000000000, 5 })

CHECK(touch_gives_a_file_that_is_too_old_its_time_and_takes_it_back)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct tn_touch touch = { 0 };
        struct stat st;

        tmpdir_write(&dir, "f", "");
        set_time(&dir, "f", 1000, 7);
        tn_touch_plan(&touch, "f", (struct timespec){ 1000, 7 }, LATE);
        assert_time(&dir, "f", 1000, 7);
        assert_int_equal(tn_touch_do(&touch, dir.fd), 0);
        assert_time(&dir, "f", 4000000000, 5);
        assert_int_equal(tn_touch_undo(&touch, dir.fd), 0);
        assert_time(&dir, "f", 1000, 7);
        assert_int_equal(fstatat(dir.fd, "f", &st, 0), 0);
        assert_int_equal(st.st_atim.tv_sec, 1);
        touch.file = "none";
        assert_int_equal(tn_touch_do(&touch, dir.fd), -ENOENT);
}

CHECK(touch_takes_the_time_of_now_where_that_is_late_enough)
{
        struct tn_touch touch = { 0 };
        struct timespec before, after;

        assert_int_equal(clock_gettime(CLOCK_REALTIME, &before), 0);
        tn_touch_plan(&touch, "f", (struct timespec){ 1000, 7 }, (struct timespec){ 1000, 8 });
        assert_int_equal(clock_gettime(CLOCK_REALTIME, &after), 0);
        assert_string_equal(touch.file, "f");
        assert_true(touch.to.tv_sec >= before.tv_sec && touch.to.tv_sec <= after.tv_sec);
}

CHECK(touch_lets_a_file_be_that_is_new_enough)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct tn_touch touch = { 0 };

        tmpdir_write(&dir, "f", "");
        set_time(&dir, "f", 1000, 7);
        tn_touch_plan(&touch, "f", (struct timespec){ 1000, 7 }, (struct timespec){ 1000, 7 });
        assert_null(touch.file);
        assert_int_equal(tn_touch_do(&touch, dir.fd), 0);
        assert_int_equal(tn_touch_undo(&touch, dir.fd), 0);
        assert_time(&dir, "f", 1000, 7);
}

CHECK(touch_makes_an_open_file_no_older_than_that)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(closep) int fd = -1;

        tmpdir_write(&dir, "f", "");
        fd = openat(dir.fd, "f", O_WRONLY | O_CLOEXEC);
        assert_true(fd >= 0);
        assert_int_equal(tn_touch_fd(fd, LATE), 0);
        assert_time(&dir, "f", 4000000000, 5);
        assert_int_equal(tn_touch_fd(fd, (struct timespec){ 1000, 0 }), 0);
        assert_time(&dir, "f", 4000000000, 5);
        assert_int_equal(tn_touch_fd(-1, LATE), -EBADF);
}
