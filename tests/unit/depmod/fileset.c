/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "depmod/fileset.h"
#include "logged.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/file.h"

static const struct tn_fileset_name one = TN_FILESET_NAME("one"), two = TN_FILESET_NAME("two");

struct place {
        struct tmpdir dir;
        struct logged logged;
        struct tn_fileset set;
};

static void place_init(struct place *place)
{
        place->dir = tmpdir_new();
        logged_init(&place->logged);
        place->set = tn_fileset_init(place->dir.fd, place->dir.path, &place->logged.log);
        tmpdir_write(&place->dir, "one", "old");
}

/* Whatever happened, no hidden file is left. */
static void place_fini(struct place *place)
{
        _cleanup_(closedirp) DIR *stream = opendir(place->dir.path);
        struct dirent *ent;

        tn_fileset_fini(&place->set);
        assert_non_null(stream);
        while ((ent = readdir(stream)))
                assert_false(tn_span_starts(tn_span_of(ent->d_name), SPAN(TN_FILESET_PREFIX)));
        logged_fini(&place->logged);
        tmpdir_fini(&place->dir);
}

static void assert_file(const struct place *place, const char *name, const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        assert_int_equal(tn_file_read_at(place->dir.fd, name, 1000, &buf), 0);
        assert_string_equal(tn_buf_str(&buf), text);
}

static bool is_there(const struct place *place, const char *name)
{
        return faccessat(place->dir.fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static struct stat stat_of(const struct place *place, const char *name)
{
        struct stat st;

        assert_int_equal(fstatat(place->dir.fd, name, &st, AT_SYMLINK_NOFOLLOW), 0);
        return st;
}

static void set_time(const struct place *place, const char *name, time_t sec)
{
        const struct timespec times[2] = { { .tv_sec = sec }, { .tv_sec = sec } };

        assert_int_equal(utimensat(place->dir.fd, name, times, 0), 0);
}

static int add(struct place *place, const struct tn_fileset_name *name, const char *text)
{
        return tn_fileset_add(&place->set, name, tn_span_of(text), NULL);
}

CHECK(fileset_files_take_their_names_at_commit)
{
        _cleanup_(place_fini) struct place place;

        place_init(&place);
        assert_int_equal(add(&place, &one, "new"), 0);
        assert_int_equal(add(&place, &two, ""), 0);
        assert_file(&place, "one", "old");
        assert_false(is_there(&place, "two"));
        assert_int_equal(tn_fileset_commit(&place.set), 0);
        assert_file(&place, "one", "new");
        assert_file(&place, "two", "");
        assert_int_equal(place.logged.text.len, 0);
}

CHECK(fileset_without_commit_changes_nothing)
{
        _cleanup_(place_fini) struct place place;

        place_init(&place);
        assert_int_equal(add(&place, &one, "new"), 0);
        assert_int_equal(add(&place, &two, "new"), 0);
        tn_fileset_fini(&place.set);
        assert_file(&place, "one", "old");
        assert_false(is_there(&place, "two"));
}

CHECK(fileset_file_has_the_mode_of_a_new_file)
{
        _cleanup_(place_fini) struct place place;
        mode_t mask;

        place_init(&place);
        assert_int_equal(fchmodat(place.dir.fd, "one", 0600, 0), 0);
        mask = umask(027);
        assert_int_equal(add(&place, &one, "new"), 0);
        assert_int_equal(tn_fileset_commit(&place.set), 0);
        umask(mask);
        assert_int_equal(stat_of(&place, "one").st_mode & 07777, 0640);
}

CHECK(fileset_repairs_the_mode_of_what_is_the_same)
{
        static const mode_t wrong[] = { 0600, 0666, 0755, 04644 };

        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                _cleanup_(place_fini) struct place place;
                mode_t mask = umask(022);

                place_init(&place);
                assert_int_equal(fchmodat(place.dir.fd, "one", wrong[i], 0), 0);
                assert_int_equal(add(&place, &one, "old"), 0);
                assert_int_equal(tn_fileset_commit(&place.set), 0);
                umask(mask);
                assert_int_equal(stat_of(&place, "one").st_mode & 07777, 0644);
                assert_file(&place, "one", "old");
        }
}

CHECK(fileset_gives_what_is_the_same_the_owner_of_a_new_file)
{
        _cleanup_(place_fini) struct place place;
        struct stat like;

        place_init(&place);
        like = stat_of(&place, "one");
        place.set.like = &like;
        if (geteuid() == 0) {
                assert_int_equal(fchownat(place.dir.fd, "one", 1, 2, 0), 0);
                assert_int_equal(add(&place, &one, "old"), 0);
                assert_int_equal(tn_fileset_commit(&place.set), 0);
        } else {
                /* who cannot give files away sees at least that it is noticed */
                ino_t before = like.st_ino;

                like.st_gid++;
                assert_int_equal(add(&place, &one, "old"), 0);
                assert_int_equal(tn_fileset_commit(&place.set), 0);
                like.st_gid--;
                assert_int_not_equal(stat_of(&place, "one").st_ino, before);
        }
        assert_int_equal(stat_of(&place, "one").st_uid, like.st_uid);
        assert_int_equal(stat_of(&place, "one").st_gid, like.st_gid);
}

CHECK(fileset_puts_back_mode_and_owner)
{
        _cleanup_(place_fini) struct place place;
        struct stat before, after;

        place_init(&place);
        assert_int_equal(fchmodat(place.dir.fd, "one", 0640, 0), 0);
        if (geteuid() == 0)
                assert_int_equal(fchownat(place.dir.fd, "one", 1, 2, 0), 0);
        before = stat_of(&place, "one");
        assert_int_equal(mkdirat(place.dir.fd, "two", 0755), 0);
        assert_int_equal(add(&place, &one, "new"), 0);
        assert_int_equal(add(&place, &two, "new"), 0);
        assert_int_equal(tn_fileset_commit(&place.set), -EISDIR);
        after = stat_of(&place, "one");
        assert_int_equal(after.st_mode, before.st_mode);
        assert_int_equal(after.st_uid, before.st_uid);
        assert_int_equal(after.st_gid, before.st_gid);
}

CHECK(fileset_where_writing_is_refused_only_bytes_matter)
{
        _cleanup_(place_fini) struct place place;

        place_init(&place);
        assert_int_equal(fchmodat(place.dir.fd, "one", 0600, 0), 0);
        place.set.refused = -EROFS;
        assert_int_equal(add(&place, &one, "old"), 0);
        assert_int_equal(add(&place, &two, "new"), -EROFS);
        assert_non_null(strstr(tn_buf_str(&place.logged.text), "'two': Read-only file system."));
}

CHECK(fileset_does_not_rewrite_what_is_the_same)
{
        _cleanup_(place_fini) struct place place;
        struct stat before, after, dir_before, dir_after;

        place_init(&place);
        before = stat_of(&place, "one");
        set_time(&place, ".", 1000);
        dir_before = stat_of(&place, ".");
        assert_int_equal(add(&place, &one, "old"), 0);
        assert_int_equal(tn_fileset_commit(&place.set), 0);
        after = stat_of(&place, "one");
        dir_after = stat_of(&place, ".");
        assert_int_equal(after.st_ino, before.st_ino);
        assert_int_equal(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
        assert_int_equal(dir_after.st_mtim.tv_sec, dir_before.st_mtim.tv_sec);
}

CHECK(fileset_keeps_the_same_file_beside_a_new_one)
{
        _cleanup_(place_fini) struct place place;
        ino_t before;

        place_init(&place);
        before = stat_of(&place, "one").st_ino;
        assert_int_equal(add(&place, &one, "old"), 0);
        assert_int_equal(add(&place, &two, "new"), 0);
        assert_int_equal(tn_fileset_commit(&place.set), 0);
        assert_int_equal(stat_of(&place, "one").st_ino, before);
        assert_file(&place, "two", "new");
}

CHECK(fileset_same_length_with_other_bytes_is_new)
{
        _cleanup_(place_fini) struct place place;

        place_init(&place);
        assert_int_equal(add(&place, &one, "olD"), 0);
        assert_int_equal(tn_fileset_commit(&place.set), 0);
        assert_file(&place, "one", "olD");
}

CHECK(fileset_brings_the_time_of_the_same_file_forward)
{
        _cleanup_(place_fini) struct place place;
        const struct timespec past = { .tv_sec = 2000 };
        ino_t before;

        place_init(&place);
        before = stat_of(&place, "one").st_ino;
        set_time(&place, "one", 1000);
        assert_int_equal(tn_fileset_add(&place.set, &one, SPAN("old"), &past), 0);
        assert_int_equal(stat_of(&place, "one").st_mtim.tv_sec, 1000);
        assert_int_equal(tn_fileset_commit(&place.set), 0);
        assert_true(stat_of(&place, "one").st_mtim.tv_sec > 2000);
        assert_int_equal(stat_of(&place, "one").st_ino, before);
}

CHECK(fileset_leaves_the_time_of_the_same_file_if_it_is_late_enough)
{
        _cleanup_(place_fini) struct place place;
        const struct timespec past = { .tv_sec = 1000 };

        place_init(&place);
        set_time(&place, "one", 1000);
        assert_int_equal(tn_fileset_add(&place.set, &one, SPAN("old"), &past), 0);
        assert_int_equal(tn_fileset_commit(&place.set), 0);
        assert_int_equal(stat_of(&place, "one").st_mtim.tv_sec, 1000);
}

CHECK(fileset_time_can_be_ahead_of_the_clock)
{
        _cleanup_(place_fini) struct place place;
        const struct timespec future = { .tv_sec = 4000000000, .tv_nsec = 7 };

        place_init(&place);
        assert_int_equal(tn_fileset_add(&place.set, &one, SPAN("old"), &future), 0);
        assert_int_equal(tn_fileset_add(&place.set, &two, SPAN("new"), &future), 0);
        assert_int_equal(tn_fileset_commit(&place.set), 0);
        assert_int_equal(stat_of(&place, "one").st_mtim.tv_sec, 4000000000);
        assert_int_equal(stat_of(&place, "two").st_mtim.tv_sec, 4000000000);
        assert_int_equal(stat_of(&place, "two").st_mtim.tv_nsec, 7);
}

CHECK(fileset_replaces_a_link_and_not_what_it_leads_to)
{
        _cleanup_(place_fini) struct place place;

        place_init(&place);
        assert_int_equal(symlinkat("one", place.dir.fd, "two"), 0);
        assert_int_equal(add(&place, &two, "old"), 0);
        assert_int_equal(tn_fileset_commit(&place.set), 0);
        assert_true(S_ISREG(stat_of(&place, "two").st_mode));
        assert_file(&place, "one", "old");
        assert_file(&place, "two", "old");
}

CHECK(fileset_failed_write_is_told_and_changes_nothing)
{
        _cleanup_(place_fini) struct place place;
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };
        struct rlimit before, small;
        void (*handler)(int);
        static const char big[8192];
        int r;

        place_init(&place);
        assert_int_equal(add(&place, &two, "fits"), 0);
        assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
        small = (struct rlimit){ 4096, before.rlim_max };
        handler = signal(SIGXFSZ, SIG_IGN);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        r = tn_fileset_add(&place.set, &one, (struct span){ big, sizeof(big) }, NULL);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        signal(SIGXFSZ, handler);
        assert_int_equal(r, -EFBIG);
        tn_fileset_fini(&place.set);
        assert_file(&place, "one", "old");
        assert_false(is_there(&place, "two"));
        tn_buf_addf(&expected,
                    "3 Could not create index 'one': File too large. The files in %s stay as they were.\n",
                    place.dir.path);
        assert_string_equal(tn_buf_str(&place.logged.text), tn_buf_str(&expected));
}

CHECK(fileset_name_that_is_taken_by_a_directory_is_told_and_changes_nothing)
{
        _cleanup_(place_fini) struct place place;

        place_init(&place);
        assert_int_equal(mkdirat(place.dir.fd, "two", 0755), 0);
        assert_int_equal(add(&place, &one, "new"), 0);
        assert_int_equal(add(&place, &two, "new"), 0);
        assert_int_equal(tn_fileset_commit(&place.set), -EISDIR);
        assert_file(&place, "one", "old");
        assert_non_null(strstr(tn_buf_str(&place.logged.text), "'two': Is a directory."));
}
