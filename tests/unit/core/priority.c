/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "core/bounds.h"
#include "core/priority.h"
#include "logged.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static void load(const char *text, struct logged *logged, struct tn_priority *priority)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        const char *paths[] = { dir.path, NULL };

        tmpdir_write(&dir, "x.conf", text);
        assert_int_equal(tn_priority_load(paths, NULL, "6.1.0", logged ? &logged->log : NULL, priority), 0);
}

/* Which of two files is taken: each is a path, or N:PATH in the N-th external directory. */
static struct tn_claim claim_of(const struct tn_priority *priority, const char *file)
{
        uint32_t root = file[1] == ':' ? (uint32_t)(file[0] - '0') : 0;

        return tn_priority_claim(priority, root, tn_span_of(file + (root ? 2 : 0)));
}

static void assert_better(const char *conf, const char *winner, const char *loser)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority;
        struct tn_claim a, b;

        load(conf, NULL, &priority);
        a = claim_of(&priority, winner);
        b = claim_of(&priority, loser);
        assert_true(tn_claim_beats(&a, &b));
        assert_false(tn_claim_beats(&b, &a));
}

CHECK(priority_updates_come_first_when_nothing_is_said)
{
        assert_better("", "updates/m.ko", "kernel/m.ko");
        assert_better("search\n", "updates/a/m.ko", "extra/m.ko");
}

CHECK(priority_of_search_is_its_order)
{
        assert_better("search extra updates\n", "extra/m.ko", "updates/m.ko");
        assert_better("search extra\nsearch updates\n", "extra/m.ko", "updates/m.ko");
        assert_better("search extra\n", "extra/m.ko", "updates/m.ko");
        assert_better("search extra built-in updates\n", "kernel/m.ko", "updates/m.ko");
        assert_better("search kernel extra kernel/b\n", "kernel/b/m.ko", "extra/m.ko");
        assert_better("search built-in built-in/b\n", "kernel/m.ko", "built-in/b/m.ko");
}

CHECK(priority_directories_match_as_whole_names)
{
        assert_better("search foo\n", "foo/m.ko", "foobar/m.ko");
        assert_better("search foo\n", "abc/m.ko", "foobar/m.ko");
        assert_better("search foo/\n", "abc/m.ko", "foo/m.ko");
}

CHECK(priority_equal_is_settled_by_the_path)
{
        assert_better("", "kernel/a/m.ko", "kernel/b/m.ko");
        assert_better("", "updates/m.ko", "updates/m.ko.xz");
        assert_better("search updates\n", "updates/a/m.ko", "updates/b/m.ko");
}

CHECK(priority_override_wins_and_the_last_one_is_tried_first)
{
        assert_better("override m * kernel/a\n", "kernel/a/m.ko.xz", "updates/m.ko");
        assert_better("override m * kernel/a\noverride m * extra\n", "extra/m.ko", "kernel/a/m.ko");
        assert_better("override m 5 kernel/a\n", "updates/m.ko", "kernel/a/m.ko");
        assert_better("override m ^6\\\\.[0-9]+ kernel/a\n", "kernel/a/m.ko", "updates/m.ko");
        assert_better("override a_b * kernel\n", "updates/a-b.ko", "kernel/a-b.ko");
}

CHECK(priority_of_external_directories)
{
        static const char two[] = "external * /x /y\n";

        assert_better(two, "kernel/m.ko", "1:m.ko");
        assert_better(two, "2:m.ko", "1:m.ko");
        assert_better("external * /x /y\nsearch external built-in\n", "1:m.ko", "kernel/m.ko");
        assert_better("external * /x /y\nsearch external built-in\n", "1:z/m.ko", "2:m.ko");
        assert_better("external * /x /y\nsearch updates external built-in\n", "updates/m.ko", "1:m.ko");
        assert_better("external * /x /y\nsearch updates external built-in\n", "2:m.ko", "kernel/m.ko");
        assert_better("external * /x\nsearch updates built-in weak\n", "1:m.ko", "weak/m.ko");
        assert_better("external * /x\nsearch updates built-in weak\n", "kernel/m.ko", "1:m.ko");
        assert_better("external * /x\nsearch updates weak\n", "weak/m.ko", "1:m.ko");
}

CHECK(priority_external_directories_are_those_for_the_version)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority;

        load("external 5 /no\nexternal 6.1 /yes /too\nexternal * /all\n", NULL, &priority);
        assert_int_equal(priority.externals.n, 3);
        assert_span(priority.externals.v[0], "/yes");
        assert_span(priority.externals.v[1], "/too");
        assert_span(priority.externals.v[2], "/all");
}

CHECK(priority_exclude_is_of_exact_base_names)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority;

        load("# it is\nexclude new\nexclude old m.ko\n", NULL, &priority);
        assert_true(tn_priority_excludes(&priority, SPAN("old")));
        assert_true(tn_priority_excludes(&priority, SPAN("m.ko")));
        assert_true(tn_priority_excludes(&priority, SPAN("build")));
        assert_true(tn_priority_excludes(&priority, SPAN("source")));
        assert_false(tn_priority_excludes(&priority, SPAN("older")));
        assert_int_equal(tn_priority_excluded_by(&priority, SPAN("new"))->number, 2);
        assert_int_equal(tn_priority_excluded_by(&priority, SPAN("m.ko"))->number, 3);
        assert_true(tn_span_ends(tn_span_of(tn_priority_excluded_by(&priority, SPAN("old"))->file),
                                 SPAN("x.conf")));
        assert_null(tn_priority_excluded_by(&priority, SPAN("build")));
}

static void assert_why(const char *conf, const char *winner, const char *loser, unsigned line,
                       const char *expected)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority;
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 };
        const struct tn_priority_line *at;
        struct tn_claim a, b;

        load(conf, NULL, &priority);
        a = claim_of(&priority, winner);
        b = claim_of(&priority, loser);
        assert_true(tn_claim_beats(&a, &b));
        at = tn_priority_why(&priority, &a, &b, &words);
        assert_string_equal(tn_buf_str(&words), expected);
        assert_int_equal(at ? at->number : 0, line);
}

CHECK(priority_says_why_one_is_taken)
{
        assert_why("", "updates/m.ko", "kernel/m.ko", 0, "'updates' is searched first");
        assert_why("# a\nsearch x\nsearch extra\n", "extra/m.ko", "kernel/m.ko", 3,
                   "'extra' is searched first");
        assert_why("search extra built-in\n", "extra/m.ko", "kernel/m.ko", 1,
                   "'extra' is searched before 'built-in'");
        assert_why("search kernel extra built-in\n", "extra/m.ko", "a/m.ko", 1,
                   "'extra' is searched before 'built-in'");
        assert_why("external * /a /b\nsearch extra external\n", "1:m.ko", "kernel/m.ko", 2,
                   "'external' is searched first");
        assert_why("external * /a /b\nsearch extra external\n", "1:m.ko", "2:m.ko", 2,
                   "'external' is searched in the order of its directories");
        assert_why("override m * b\n\noverride m * a\n", "a/m.ko", "b/m.ko", 3, "'override' says so");
        assert_why("override m * b\noverride m * a\n", "b/m.ko", "updates/m.ko", 1, "'override' says so");
        assert_why("external * /a\n", "kernel/m.ko", "1:m.ko", 0,
                   "the module directory comes before external ones");
        assert_why("", "a/m.ko", "b/m.ko", 0, "its path comes first in byte order");
}

CHECK(priority_bad_lines_are_named_with_file_and_line)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority;
        _cleanup_(logged_fini) struct logged logged;
        const char *text;

        logged_init(&logged);
        load("search a\\\nb\nfoo bar\noverride m ( x\nsearch c\n", &logged, &priority);
        text = tn_buf_str(&logged.text);
        assert_non_null(strstr(text, "/x.conf:3: ignoring bad line starting with 'foo'\n"));
        assert_non_null(strstr(text, "/x.conf:4: ignoring bad line starting with 'override'\n"));
        assert_int_equal(priority.search.n, 2);
        assert_span(priority.search.v[0], "ab");
        assert_span(priority.search.v[1], "c");
}

CHECK(priority_external_directories_are_absolute)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority;
        _cleanup_(freep) char *cwd = getcwd(NULL, 0);
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };

        load("external * rel /abs\n", NULL, &priority);
        tn_buf_addf(&expected, "%s/rel", cwd);
        assert_int_equal(priority.externals.n, 2);
        assert_span(priority.externals.v[0], tn_buf_str(&expected));
        assert_span(priority.externals.v[1], "/abs");
}

CHECK(priority_lines_without_effect_are_reported)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority;
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        load("exclude\nexclude m.ko\n", &logged, &priority);
        assert_non_null(
                strstr(tn_buf_str(&logged.text), "/x.conf:1: 'exclude' has no effect: it names nothing\n"));
        assert_null(strstr(tn_buf_str(&logged.text), "/x.conf:2"));
}

CHECK(priority_of_a_file_that_is_too_large_is_reported_and_left_out)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_priority_fini) struct tn_priority priority;
        _cleanup_(logged_fini) struct logged logged;
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };
        _cleanup_(closep) int fd = -1;
        const char *paths[] = { dir.path, NULL };

        logged_init(&logged);
        logged.log.max = TN_LOG_INFO;
        tmpdir_write(&dir, "a.conf", "search a\n");
        tmpdir_write(&dir, "b.conf", "search b\n");
        fd = openat(dir.fd, "a.conf", O_WRONLY | O_CLOEXEC);
        assert_int_equal(ftruncate(fd, (off_t)TN_BOUND_CONFIG + 1), 0);
        assert_int_equal(tn_priority_load(paths, NULL, "6.1.0", &logged.log, &priority), 0);
        assert_int_equal(priority.search.n, 1);
        assert_span(priority.search.v[0], "b");
        tn_buf_addf(&expected, "4 could not read %s/a.conf: File too large\n", dir.path);
        assert_string_equal(tn_buf_str(&logged.text), tn_buf_str(&expected));
}

CHECK(priority_of_a_file_of_some_other_user_is_left_out_quietly)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_priority_fini) struct tn_priority priority;
        _cleanup_(logged_fini) struct logged logged;
        const char *paths[] = { dir.path, NULL };
        bool is_root = geteuid() == 0;

        logged_init(&logged);
        tmpdir_write(&dir, "a.conf", "search a\n");
        tmpdir_write(&dir, "b.conf", "search b\n");
        assert_int_equal(fchmodat(dir.fd, ".", 0755, 0), 0);
        assert_int_equal(fchmodat(dir.fd, "a.conf", 0, 0), 0);
        if (is_root)
                assert_int_equal(seteuid(65534), 0);
        assert_int_equal(tn_priority_load(paths, NULL, "6.1.0", &logged.log, &priority), 0);
        if (is_root)
                assert_int_equal(seteuid(0), 0);
        assert_int_equal(priority.search.n, 1);
        assert_span(priority.search.v[0], "b");
        assert_int_equal(logged.text.len, 0);
}

/* Indexes made without it could be wrong. */
CHECK(priority_of_what_the_machine_fails_to_read_is_an_error)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct tn_priority priority;
        struct rlimit before, none;
        const char *paths[] = { dir.path, NULL };

        assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
        none = (struct rlimit){ .rlim_cur = 0, .rlim_max = before.rlim_max };
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
        assert_int_equal(tn_priority_load(paths, NULL, "6.1.0", NULL, &priority), -EMFILE);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}
