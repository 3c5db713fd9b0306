/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "depmod/lock.h"
#include "logged.h"
#include "tmpdir.h"
#include "util/cleanup.h"

#define NAME ".tenon-lock"

static bool is_there(const struct tmpdir *dir, const char *name)
{
        return faccessat(dir->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Takes the lock: a file of that name, that nobody else may open; and gives it back: nothing is left. */
static void assert_taken(const struct tmpdir *dir, const char *name)
{
        struct tn_lock lock = { 0 };
        struct stat st;

        assert_int_equal(tn_lock_take(&lock, dir->fd, dir->path, NULL), 0);
        assert_string_equal(lock.name, name);
        assert_int_equal(fstatat(dir->fd, name, &st, AT_SYMLINK_NOFOLLOW), 0);
        assert_true(S_ISREG(st.st_mode));
        assert_int_equal(st.st_mode & 07777, 0600);
        assert_int_equal(tn_lock_drop(&lock), 0);
        assert_null(lock.name);
        assert_false(is_there(dir, name));
}

CHECK(lock_is_a_file_that_goes_with_it)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        assert_taken(&dir, NAME);
        assert_taken(&dir, NAME);
}

CHECK(lock_that_is_not_taken_can_be_dropped)
{
        struct tn_lock lock = { 0 };

        assert_int_equal(tn_lock_drop(&lock), 0);
}

CHECK(lock_of_the_directory_or_of_its_files_does_not_matter)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(closep) int on_dir = open(dir.path, O_RDONLY | O_CLOEXEC), on_file = -1;

        tmpdir_write(&dir, "modules.dep", "");
        on_file = openat(dir.fd, "modules.dep", O_RDONLY | O_CLOEXEC);
        assert_int_equal(flock(on_dir, LOCK_EX), 0);
        assert_int_equal(flock(on_file, LOCK_EX), 0);
        assert_taken(&dir, NAME);
}

CHECK(lock_left_by_a_run_that_died_is_taken_over)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        static const mode_t modes[] = { 0600, 0644, 0666 };

        for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
                tmpdir_write(&dir, NAME, "left");
                assert_int_equal(fchmodat(dir.fd, NAME, modes[i], 0), 0);
                assert_taken(&dir, NAME);
        }
}

CHECK(lock_takes_the_place_of_what_is_no_file)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "elsewhere", "");
        assert_int_equal(symlinkat("elsewhere", dir.fd, NAME), 0);
        assert_taken(&dir, NAME);
        assert_true(is_there(&dir, "elsewhere"));
        assert_int_equal(mkfifoat(dir.fd, NAME, 0666), 0);
        assert_taken(&dir, NAME);
        assert_int_equal(mkdirat(dir.fd, NAME, 0755), 0);
        assert_taken(&dir, NAME);
}

CHECK(lock_has_another_name_where_its_own_is_taken)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };
        struct tn_lock lock = { 0 };

        logged_init(&logged);
        tmpdir_write(&dir, NAME "/x", "");
        assert_taken(&dir, ".tenon-1-lock");
        tmpdir_write(&dir, ".tenon-1-lock/x", "");
        assert_taken(&dir, ".tenon-2-lock");
        tmpdir_write(&dir, ".tenon-2-lock/x", "");
        assert_int_equal(tn_lock_take(&lock, dir.fd, dir.path, &logged.log), -EEXIST);
        for (size_t i = 0; i < 3; i++)
                tn_buf_addf(&expected,
                            "4 could not remove %s/.tenon-%slock: Directory not empty. It has a name of "
                            "depmod's, "
                            "which takes another; please remove it\n",
                            dir.path,
                            i == 0   ? ""
                            : i == 1 ? "1-"
                                     : "2-");
        assert_string_equal(tn_buf_str(&logged.text), tn_buf_str(&expected));
}

CHECK(lock_leaves_a_file_that_took_its_name)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct tn_lock lock = { 0 };

        assert_int_equal(tn_lock_take(&lock, dir.fd, dir.path, NULL), 0);
        assert_int_equal(unlinkat(dir.fd, NAME, 0), 0);
        tmpdir_write(&dir, NAME, "of another");
        assert_int_equal(tn_lock_drop(&lock), 0);
        assert_true(is_there(&dir, NAME));
}

CHECK(lock_where_nothing_can_be_made_is_an_error)
{
        _cleanup_(closep) int proc = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        struct tn_lock lock = { 0 };

        assert_true(proc >= 0);
        assert_true(tn_lock_take(&lock, proc, "/proc/self", NULL) < 0);
        assert_null(lock.name);
}

/* Another run, which ends as soon as somebody is reported to wait for it: after a second. */
struct busy {
        int fd;
        struct logged logged;
};

static void let_go(void *data, enum tn_log_level level, const char *text)
{
        struct busy *busy = data;

        closep(&busy->fd);
        busy->fd = -1;
        logged_emit(&busy->logged, level, text);
}

static void assert_waits(mode_t mode)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };
        struct busy busy;
        struct tn_log log = { let_go, &busy, TN_LOG_WARNING };
        struct tn_lock lock = { 0 };
        struct timespec before, after;

        logged_init(&busy.logged);
        tmpdir_write(&dir, NAME, "");
        assert_int_equal(fchmodat(dir.fd, NAME, mode, 0), 0);
        busy.fd = openat(dir.fd, NAME, O_RDONLY | O_CLOEXEC);
        assert_int_equal(flock(busy.fd, LOCK_EX), 0);
        clock_gettime(CLOCK_MONOTONIC, &before);
        alarm(30); /* for nothing ends the wait if it is not reported */
        assert_int_equal(tn_lock_take(&lock, dir.fd, dir.path, &log), 0);
        alarm(0);
        clock_gettime(CLOCK_MONOTONIC, &after);
        assert_true((after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000 >=
                    1000);
        tn_buf_addf(&expected, "4 waiting for another depmod that is at work in %s\n", dir.path);
        assert_string_equal(tn_buf_str(&busy.logged.text), tn_buf_str(&expected));
        assert_int_equal(tn_lock_drop(&lock), 0);
        logged_fini(&busy.logged);
}

CHECK(lock_of_a_run_at_work_is_waited_for)
{
        assert_waits(0600);
}

/* Only after long is it taken away. */
CHECK(lock_that_anybody_could_have_taken_is_waited_for)
{
        assert_waits(0644);
}

/* In each of several processes, many times: nobody is in when it gets in. */
static void take_turns(const struct tmpdir *dir, unsigned times)
{
        for (unsigned i = 0; i < times; i++) {
                struct tn_lock lock = { 0 };
                int fd;

                if (tn_lock_take(&lock, dir->fd, dir->path, NULL) < 0)
                        _exit(1);
                fd = openat(dir->fd, "inside", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
                if (fd < 0)
                        _exit(2);
                close(fd);
                if (unlinkat(dir->fd, "inside", 0) < 0 || tn_lock_drop(&lock) < 0)
                        _exit(3);
        }
        _exit(0);
}

CHECK(lock_lets_one_process_in_at_a_time)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        pid_t pids[6];

        for (size_t i = 0; i < ARRAY_SIZE(pids); i++) {
                pids[i] = fork();
                assert_true(pids[i] >= 0);
                if (pids[i] == 0)
                        take_turns(&dir, 20);
        }
        for (size_t i = 0; i < ARRAY_SIZE(pids); i++) {
                int status;

                assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
                assert_true(WIFEXITED(status));
                assert_int_equal(WEXITSTATUS(status), 0);
        }
        assert_false(is_there(&dir, NAME));
}
