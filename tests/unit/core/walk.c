/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "core/walk.h"
#include "logged.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static int list(void *data, const struct tn_claim *claim)
{
        tn_buf_addf(data, "%s%.*s", ((struct tn_buf *)data)->len ? " " : "", SPAN_FMT(claim->path));
        return 0;
}

/* All files in the order of the walk, with the configuration and the room for links that are given. */
static void assert_walk(const struct tmpdir *tmp, const char *conf, size_t room, struct logged *logged,
                        const char *paths)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        _cleanup_(tmpdir_fini) struct tmpdir conf_dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf found = { 0 };
        struct tn_dir dir = { .path = "D", .fd = tmp->fd };
        struct tn_walk_from from = { .dir = &dir, .priority = &priority, .room = room };
        const char *confs[] = { conf_dir.path, NULL };

        tmpdir_write(&conf_dir, "x.conf", conf);
        assert_int_equal(tn_priority_load(confs, NULL, "6.1.0", NULL, &priority), 0);
        assert_int_equal(tn_walk(&from, logged ? &logged->log : NULL, list, &found), 0);
        assert_string_equal(found.len ? tn_buf_str(&found) : "", paths);
}

static void add_link(const struct tmpdir *tmp, const char *to, const char *name)
{
        assert_int_equal(symlinkat(to, tmp->fd, name), 0);
}

CHECK(walk_goes_by_the_paths_of_files)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();

        tmpdir_write(&tmp, "a/m.ko", "");
        tmpdir_write(&tmp, "a/b/m.ko", "");
        tmpdir_write(&tmp, "a-b/m.ko", "");
        tmpdir_write(&tmp, "a.b/m.ko", "");
        tmpdir_write(&tmp, "a0/m.ko", "");
        tmpdir_write(&tmp, "B/m.ko", "");
        tmpdir_write(&tmp, "c.ko", "");
        assert_walk(&tmp, "", 0, NULL, "c.ko B/m.ko a-b/m.ko a.b/m.ko a/m.ko a/b/m.ko a0/m.ko");
}

CHECK(walk_goes_to_links_last)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new(), other = tmpdir_new();

        tmpdir_write(&tmp, "k/m.ko", "");
        tmpdir_write(&tmp, "z/n.ko", "");
        tmpdir_write(&other, "o.ko", "");
        tmpdir_write(&other, "in/p.ko", "");
        add_link(&tmp, "k", "a");
        add_link(&tmp, other.path, "x");
        add_link(&tmp, other.path, "c");
        add_link(&tmp, "../c", "k/d");
        assert_walk(&tmp, "", 0, NULL, "k/m.ko z/n.ko c/o.ko c/in/p.ko");
}

/* Names are told apart where the configuration tells them apart, and no further. */
CHECK(walk_reads_a_directory_once_for_each_name_that_counts)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();

        tmpdir_write(&tmp, "k/d/m.ko", "");
        add_link(&tmp, "k", "a");
        add_link(&tmp, "k", "b");
        add_link(&tmp, "k", "c");
        assert_walk(&tmp, "search updates", 0, NULL, "k/d/m.ko");
        assert_walk(&tmp, "search b", 0, NULL, "k/d/m.ko b/d/m.ko");
        assert_walk(&tmp, "search c/d", 0, NULL, "k/d/m.ko c/d/m.ko");
        assert_walk(&tmp, "override m * c/d", 0, NULL, "k/d/m.ko c/d/m.ko");
        assert_walk(&tmp, "override m * c/d\nsearch b c built-in", 0, NULL, "k/d/m.ko b/d/m.ko c/d/m.ko");
}

/* 2^40 paths lead to the module. */
CHECK(walk_ends_where_links_multiply)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        char name[32], to[32];

        for (unsigned i = 0; i < 40; i++) {
                snprintf(name, sizeof(name), "k/%u/x", i);
                tmpdir_write(&tmp, name, "");
                snprintf(to, sizeof(to), "../%u", i + 1);
                for (const char *c = "ab"; *c; c++) {
                        snprintf(name, sizeof(name), "k/%u/%c", i, *c);
                        add_link(&tmp, to, name);
                }
        }
        tmpdir_write(&tmp, "k/40/m.ko", "");
        assert_walk(&tmp, "", 0, NULL, "k/40/m.ko");
        assert_walk(&tmp, "search k/39/b k/38/a/b", 0, NULL, "k/40/m.ko k/39/b/m.ko k/38/a/b/m.ko");
}

CHECK(walk_does_not_follow_a_way_back)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        tmpdir_write(&tmp, "k/d/m.ko", "");
        add_link(&tmp, ".", "updates");
        add_link(&tmp, "..", "k/d/up");
        assert_walk(&tmp, "", 0, &logged, "k/d/m.ko");
        assert_string_equal(tn_buf_str(&logged.text), "4 D/k/d/up leads back to D/k, not followed\n"
                                                      "4 D/updates leads back to D, not followed\n");
}

CHECK(walk_cuts_what_links_lead_to_when_it_is_too_much)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new(), other = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        tmpdir_write(&tmp, "a/m.ko", "");
        tmpdir_write(&tmp, "z/in/n.ko", "");
        tmpdir_write(&other, "o.ko", "");
        tmpdir_write(&other, "p.ko", "");
        add_link(&tmp, other.path, "c");
        add_link(&tmp, other.path, "updates");
        assert_walk(&tmp, "", 10, &logged, "a/m.ko z/in/n.ko");
        assert_string_equal(tn_buf_str(&logged.text),
                            "3 links below D lead to too many files, from c on not followed\n");
        tn_buf_reset(&logged.text);
        assert_walk(&tmp, "", 2 * sizeof(struct tn_place) + 15, &logged, "a/m.ko z/in/n.ko c/o.ko");
        assert_walk(&tmp, "", 2 * sizeof(struct tn_place) + 45, NULL,
                    "a/m.ko z/in/n.ko c/o.ko c/p.ko updates/o.ko updates/p.ko");
        assert_string_equal(tn_buf_str(&logged.text),
                            "3 links below D lead to too many files, from c on not followed\n");
}
