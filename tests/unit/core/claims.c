/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "core/claims.h"
#include "core/place.h"
#include "logged.h"
#include "tmpdir.h"
#include "util/cleanup.h"

/* The paths that are taken, in the order of their modules, with the configuration and the room for links that are given. */
static void assert_claims(const struct tmpdir *tmp, const char *conf, size_t room, struct logged *logged,
                          const char *paths)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        _cleanup_(tn_claims_fini) struct tn_claims claims = { 0 };
        _cleanup_(tmpdir_fini) struct tmpdir conf_dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf found = { 0 };
        struct tn_dir dir = { .path = "D", .fd = tmp->fd };
        struct tn_claims_from from = { .dir = &dir, .priority = &priority, .room = room };
        const char *confs[] = { conf_dir.path, NULL };
        const struct tn_claimed *claimed;

        tmpdir_write(&conf_dir, "x.conf", conf);
        assert_int_equal(tn_priority_load(confs, NULL, "6.1.0", NULL, &priority), 0);
        assert_int_equal(tn_claims_load(&from, logged ? &logged->log : NULL, &claims), 0);
        tn_vec_each (claimed, &claims.modules)
                tn_buf_addf(&found, "%s%s", found.len ? " " : "", claimed->path.ptr);
        assert_string_equal(found.len ? tn_buf_str(&found) : "", paths);
}

static void add_link(const struct tmpdir *tmp, const char *to, const char *name)
{
        assert_int_equal(symlinkat(to, tmp->fd, name), 0);
}

/* Names are told apart where the configuration tells them apart, and no further. */
CHECK(claims_have_the_best_name_of_a_directory)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();

        tmpdir_write(&tmp, "k/d/m.ko", "");
        add_link(&tmp, "k", "a");
        add_link(&tmp, "k", "b");
        add_link(&tmp, "k", "c");
        assert_claims(&tmp, "search updates", 0, NULL, "k/d/m.ko");
        assert_claims(&tmp, "search b", 0, NULL, "b/d/m.ko");
        assert_claims(&tmp, "search c/d", 0, NULL, "c/d/m.ko");
        assert_claims(&tmp, "override m * c/d", 0, NULL, "c/d/m.ko");
        assert_claims(&tmp, "override m * c/d\nsearch b c built-in", 0, NULL, "c/d/m.ko");
        assert_claims(&tmp, "search c b built-in", 0, NULL, "c/d/m.ko");
}

/* A directory on the way counts, so the files are met under both names; the one that is no link stays. */
CHECK(claims_keep_the_name_with_the_fewest_links_of_those_that_rank_alike)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();

        tmpdir_write(&tmp, "k/d/m.ko", "");
        add_link(&tmp, "k", "a");
        assert_claims(&tmp, "search a/x built-in", 0, NULL, "k/d/m.ko");
}

CHECK(claims_take_one_file_a_name)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();

        tmpdir_write(&tmp, "kernel/z-z.ko", "");
        tmpdir_write(&tmp, "kernel/a.ko", "");
        tmpdir_write(&tmp, "updates/z_z.ko.xz", "");
        tmpdir_write(&tmp, "extra/a.ko", "");
        assert_claims(&tmp, "", 0, NULL, "extra/a.ko updates/z_z.ko.xz");
        assert_claims(&tmp, "search built-in", 0, NULL, "extra/a.ko kernel/z-z.ko");
}

CHECK(claims_pass_over_names_that_cannot_be_listed)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        tmpdir_write(&tmp, "a.ko", "");
        tmpdir_write(&tmp, "k/b\xc3\xa4r.ko", "");
        tmpdir_write(&tmp, "k:/c.ko", "");
        tmpdir_write(&tmp, "z/d.ko", "");
        assert_claims(&tmp, "", 0, &logged, "a.ko z/d.ko");
        assert_string_equal(tn_buf_str(&logged.text),
                            "3 ignoring D/k/b\xc3\xa4r.ko: not a printable 7-bit ASCII name\n"
                            "4 ignoring D/k:/c.ko: no module can be listed under a path with ':'\n");
}

/* A name that cannot be listed is no name: the link's stands in for it. */
CHECK(claims_have_another_name_of_a_directory_whose_own_cannot_be_listed)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();

        tmpdir_write(&tmp, "k\xc3\xa4/m.ko", "");
        add_link(&tmp, "k\xc3\xa4", "updates");
        assert_claims(&tmp, "", 0, NULL, "updates/m.ko");
        assert_claims(&tmp, "search updates/x", 0, NULL, "updates/m.ko");
}

CHECK(claims_are_bounded)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(tn_claims_fini) struct tn_claims claims = { 0 };
        struct tn_priority priority = { 0 };
        const struct tn_dir dir = { .path = "D", .fd = tmp.fd };
        struct tn_claims_from from = { .dir = &dir, .priority = &priority, .max = 2 };

        tmpdir_write(&tmp, "a.ko", "");
        tmpdir_write(&tmp, "b.ko", "");
        tmpdir_write(&tmp, "k/b.ko", "");
        assert_int_equal(tn_claims_load(&from, NULL, &claims), 0);
        assert_int_equal(claims.modules.n, 2);
        assert_string_equal(tn_claims_find(&claims, SPAN("b"))->path.ptr, "b.ko");
        assert_null(tn_claims_find(&claims, SPAN("c")));
        tmpdir_write(&tmp, "k/c.ko", "");
        assert_int_equal(tn_claims_load(&from, NULL, &(struct tn_claims){ 0 }), -E2BIG);
}

CHECK(claims_of_files_that_are_named_stay)
{
        _cleanup_(tn_claims_fini) struct tn_claims claims = { 0 };
        const struct tn_claim found = { .path = SPAN("k/a.ko"), .override = 3 };
        struct tn_claim named = { .path = SPAN("/x/a.ko"), .named = true, .ino = 1 };
        const struct tn_claim bad = { .path = SPAN("/x:/a.ko"), .named = true };

        assert_int_equal(tn_claims_add(&claims, &named, SPAN("")), 0);
        assert_int_equal(tn_claims_add(&claims, &found, SPAN("")), 0);
        assert_int_equal(tn_claims_add(&claims, &named, SPAN("")), 0);
        assert_string_equal(tn_claims_find(&claims, SPAN("a"))->path.ptr, "/x/a.ko");
        named.ino = 2;
        assert_int_equal(tn_claims_add(&claims, &named, SPAN("")), -EEXIST);
        named.ino = 1;
        named.dev = 1;
        assert_int_equal(tn_claims_add(&claims, &named, SPAN("")), -EEXIST);
        assert_int_equal(tn_claims_add(&claims, &bad, SPAN("")), -EINVAL);
}

CHECK(claims_do_not_follow_a_way_back)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(logged_fini) struct logged logged;

        logged_init(&logged);
        tmpdir_write(&tmp, "k/d/m.ko", "");
        add_link(&tmp, ".", "updates");
        add_link(&tmp, "..", "k/d/up");
        assert_claims(&tmp, "", 0, &logged, "k/d/m.ko");
        assert_string_equal(tn_buf_str(&logged.text), "4 D/k/d/up leads back to D/k, not followed\n"
                                                      "4 D/updates leads back to D, not followed\n");
}

CHECK(claims_cut_what_links_lead_to_when_it_is_too_much)
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
        assert_claims(&tmp, "", 10, &logged, "a/m.ko z/in/n.ko");
        assert_string_equal(tn_buf_str(&logged.text),
                            "3 links below D lead to too many files, from c on not followed\n");
        tn_buf_reset(&logged.text);
        assert_claims(&tmp, "", 2 * sizeof(struct tn_place) + 15, &logged, "a/m.ko z/in/n.ko c/o.ko");
        assert_claims(&tmp, "", 2 * sizeof(struct tn_place) + 45, NULL,
                      "a/m.ko z/in/n.ko updates/o.ko updates/p.ko");
        assert_string_equal(tn_buf_str(&logged.text),
                            "3 links below D lead to too many files, from c on not followed\n");
}

CHECK(claims_keep_what_is_beaten_if_they_are_asked_to)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        struct tn_dir dir = { .path = "D", .fd = tmp.fd };
        struct tn_claims_from from = { .dir = &dir, .priority = &priority };
        const char *no_confs[] = { NULL };

        tmpdir_write(&tmp, "kernel/m.ko", "");
        tmpdir_write(&tmp, "updates/m.ko", "");
        tmpdir_write(&tmp, "extra/m.ko", "");
        tmpdir_write(&tmp, "kernel/n.ko", "");
        assert_int_equal(tn_priority_load(no_confs, NULL, "6.1.0", NULL, &priority), 0);
        for (int i = 0; i < 2; i++) {
                _cleanup_(tn_claims_fini) struct tn_claims claims = { 0 };

                from.keeps_beaten = i;
                assert_int_equal(tn_claims_load(&from, NULL, &claims), 0);
                assert_int_equal(claims.modules.n, 2);
                assert_int_equal(claims.beaten.n, i ? 2 : 0);
                if (i) {
                        assert_span(claims.beaten.v[0].path, "kernel/m.ko");
                        assert_span(claims.beaten.v[1].path, "extra/m.ko");
                        assert_span(claims.beaten.v[1].name, "m");
                }
        }
}
