/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "check.h"
#include "util/atomic.h"
#include "util/cleanup.h"
#include "util/file.h"

struct place {
        char path[32];
        int fd;
};

static struct place make_place(void)
{
        struct place place = { .path = "/tmp/tn-atomic-XXXXXX" };

        assert_non_null(mkdtemp(place.path));
        place.fd = open(place.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_true(place.fd >= 0);
        return place;
}

/* Removes the place; fails when anything but the two files of these tests was left in it. */
static void drop_place(struct place *place)
{
        unlinkat(place->fd, "one", 0);
        unlinkat(place->fd, "two", AT_REMOVEDIR);
        unlinkat(place->fd, "two", 0);
        close(place->fd);
        assert_int_equal(rmdir(place->path), 0);
}

static void put(const struct place *place, const char *name, struct span bytes)
{
        _cleanup_(closep) int fd = openat(place->fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

        assert_true(fd >= 0);
        assert_int_equal(tn_file_write(fd, bytes), 0);
}

static void assert_file(const struct place *place, const char *name, const char *bytes)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        assert_int_equal(tn_file_read_at(place->fd, name, 1000, &buf), 0);
        assert_string_equal(tn_buf_str(&buf), bytes);
}

CHECK(atomic_files_take_their_names_at_commit)
{
        _cleanup_(drop_place) struct place place = make_place();
        _cleanup_(tn_atomic_fini) struct tn_atomic set = tn_atomic_init(place.fd);

        put(&place, "one", SPAN("old"));
        assert_int_equal(tn_atomic_add(&set, "one", SPAN("new")), 0);
        assert_int_equal(tn_atomic_add(&set, "two", SPAN("")), 0);
        assert_file(&place, "one", "old");
        assert_int_equal(faccessat(place.fd, "two", F_OK, 0), -1);
        assert_int_equal(tn_atomic_commit(&set), 0);
        assert_file(&place, "one", "new");
        assert_file(&place, "two", "");
}

CHECK(atomic_file_has_the_mode_of_a_new_file)
{
        _cleanup_(drop_place) struct place place = make_place();
        _cleanup_(tn_atomic_fini) struct tn_atomic set = tn_atomic_init(place.fd);
        struct stat st;
        mode_t mask;

        put(&place, "one", SPAN("old"));
        mask = umask(027);
        assert_int_equal(tn_atomic_add(&set, "one", SPAN("new")), 0);
        umask(mask);
        assert_int_equal(tn_atomic_commit(&set), 0);
        assert_int_equal(fstatat(place.fd, "one", &st, 0), 0);
        assert_int_equal(st.st_mode & 07777, 0640);
}

CHECK(atomic_without_commit_leaves_nothing)
{
        _cleanup_(drop_place) struct place place = make_place();
        struct tn_atomic set = tn_atomic_init(place.fd);

        put(&place, "one", SPAN("old"));
        assert_int_equal(tn_atomic_add(&set, "one", SPAN("new")), 0);
        assert_int_equal(tn_atomic_add(&set, "two", SPAN("new")), 0);
        tn_atomic_fini(&set);
        assert_file(&place, "one", "old");
        assert_int_equal(faccessat(place.fd, "two", F_OK, 0), -1);
}

CHECK(atomic_failed_write_is_told_and_leaves_the_old_file)
{
        _cleanup_(drop_place) struct place place = make_place();
        struct tn_atomic set = tn_atomic_init(place.fd);
        struct rlimit before, small;
        static const char big[8192];

        put(&place, "one", SPAN("old"));
        assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
        small = (struct rlimit){ 4096, before.rlim_max };
        signal(SIGXFSZ, SIG_IGN);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        assert_int_equal(tn_atomic_add(&set, "two", SPAN("fits")), 0);
        assert_int_equal(tn_atomic_add(&set, "one", (struct span){ big, sizeof(big) }), -EFBIG);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_string_equal(set.failed, "one");
        tn_atomic_fini(&set);
        assert_file(&place, "one", "old");
        assert_int_equal(faccessat(place.fd, "two", F_OK, 0), -1);
}

CHECK(atomic_failed_rename_is_told_and_leaves_no_temporary_file)
{
        _cleanup_(drop_place) struct place place = make_place();
        struct tn_atomic set = tn_atomic_init(place.fd);

        assert_int_equal(mkdirat(place.fd, "two", 0755), 0);
        assert_int_equal(tn_atomic_add(&set, "one", SPAN("new")), 0);
        assert_int_equal(tn_atomic_add(&set, "two", SPAN("new")), 0);
        assert_int_equal(tn_atomic_commit(&set), -EISDIR);
        assert_string_equal(set.failed, "two");
        tn_atomic_fini(&set);
}

CHECK(atomic_passes_by_temporary_files_of_others)
{
        _cleanup_(drop_place) struct place place = make_place();
        struct tn_atomic dead = tn_atomic_init(place.fd), set = tn_atomic_init(place.fd);

        assert_int_equal(tn_atomic_add(&dead, "one", SPAN("dead")), 0);
        assert_int_equal(tn_atomic_add(&set, "one", SPAN("new")), 0);
        assert_int_equal(tn_atomic_commit(&set), 0);
        assert_file(&place, "one", "new");
        tn_atomic_fini(&set);
        assert_int_equal(tn_atomic_sweep(place.fd), 1);
        assert_int_equal(tn_atomic_sweep(place.fd), 0);
        assert_file(&place, "one", "new");
        tn_atomic_fini(&dead);
}
