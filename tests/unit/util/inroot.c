/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/inroot.h"

struct image {
        struct tmpdir dir;
        struct tn_inroot root;
};

/* etc/direct; links of all sorts in etc/; and a file beside the root, which no link may reach. */
static struct image image_new(void)
{
        struct image image = { .dir = tmpdir_new() };
        _cleanup_(freep) char *path = tmpdir_path(&image.dir, "img");

        tmpdir_write(&image.dir, "secret", "outside");
        tmpdir_write(&image.dir, "img/etc/direct", "direct");
        tmpdir_write(&image.dir, "img/usr/share/a", "share");
        tmpdir_write(&image.dir, "img/secret", "inside");
        assert_int_equal(symlinkat("/usr/share/a", image.dir.fd, "img/etc/absolute"), 0);
        assert_int_equal(symlinkat("../usr/share/a", image.dir.fd, "img/etc/relative"), 0);
        assert_int_equal(symlinkat("../../../../secret", image.dir.fd, "img/etc/up"), 0);
        assert_int_equal(symlinkat("/etc/absolute", image.dir.fd, "img/etc/twice"), 0);
        assert_int_equal(symlinkat("loop", image.dir.fd, "img/etc/loop"), 0);
        assert_int_equal(symlinkat("/dev/null", image.dir.fd, "img/etc/null"), 0);
        assert_int_equal(symlinkat("/nowhere/x", image.dir.fd, "img/etc/dangling"), 0);
        assert_int_equal(symlinkat("/usr/share/", image.dir.fd, "img/share"), 0);
        assert_int_equal(tn_inroot_init(path, &image.root), 0);
        image.root.dir = "img";
        return image;
}

static void image_fini(struct image *image)
{
        tn_inroot_fini(&image->root);
        tmpdir_fini(&image->dir);
}

CHECK(inroot_has_no_slash_at_the_end_of_its_name)
{
        static const struct {
                const char *dir, *name;
        } roots[] = { { "/", "" }, { "//", "" }, { "/proc", "/proc" }, { "/proc//", "/proc" }, { ".", "." } };

        for (size_t i = 0; i < ARRAY_SIZE(roots); i++) {
                struct tn_inroot root;

                assert_int_equal(tn_inroot_init(roots[i].dir, &root), 0);
                assert_string_equal(root.dir, roots[i].name);
                tn_inroot_fini(&root);
        }
}

static void assert_read(const struct tn_inroot *root, const char *path, const char *text)
{
        _cleanup_(closep) int fd = tn_inroot_open(root, path, O_RDONLY);
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        assert_true(fd >= 0);
        assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
        assert_int_equal(tn_file_read(fd, 1000, &got), 0);
        assert_string_equal(tn_buf_str(&got), text);
}

/* The same where the kernel has no openat2(). */
static struct tn_inroot by_links(const struct image *image)
{
        struct tn_inroot root = image->root;

        root.by_links = true;
        return root;
}

static void assert_text(const struct image *image, const char *path, const char *text)
{
        struct tn_inroot old = by_links(image);

        assert_read(&image->root, path, text);
        assert_read(&old, path, text);
}

static void assert_fails(const struct image *image, const char *path, int err)
{
        struct tn_inroot old = by_links(image);

        assert_int_equal(tn_inroot_open(&image->root, path, O_RDONLY), err);
        assert_int_equal(tn_inroot_open(&old, path, O_RDONLY), err);
}

static void assert_resolved(const struct image *image, const char *path, const char *want)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

        tn_buf_add_char(&got, '>');
        assert_int_equal(tn_inroot_resolve(&image->root, path, &got), 0);
        assert_string_equal(tn_buf_str(&got) + 1, want);
}

CHECK(inroot_links_lead_to_places_within)
{
        _cleanup_(image_fini) struct image image = image_new();

        assert_text(&image, "/etc/direct", "direct");
        assert_text(&image, "etc/direct", "direct");
        assert_text(&image, "/etc/absolute", "share");
        assert_text(&image, "/etc/relative", "share");
        assert_text(&image, "/etc/twice", "share");
        assert_text(&image, "/share/a", "share");
}

CHECK(inroot_nothing_outside_is_reached)
{
        _cleanup_(image_fini) struct image image = image_new();

        assert_text(&image, "/etc/up", "inside");
        assert_text(&image, "/../secret", "inside");
        assert_text(&image, "../../secret", "inside");
}

CHECK(inroot_null_device_is_there_even_if_it_is_not)
{
        _cleanup_(image_fini) struct image image = image_new();

        assert_text(&image, "/etc/null", "");
        tmpdir_write(&image.dir, "img/dev/null", "a file");
        assert_text(&image, "/etc/null", "a file");
}

CHECK(inroot_what_cannot_be_opened_says_why)
{
        _cleanup_(image_fini) struct image image = image_new();
        struct tn_inroot none;

        assert_fails(&image, "/etc/loop", -ELOOP);
        assert_fails(&image, "/etc/dangling", -ENOENT);
        assert_fails(&image, "/etc/none", -ENOENT);
        assert_fails(&image, "/secret/x", -ENOTDIR);
        assert_int_equal(tn_inroot_init("/nonexistent", &none), -ENOENT);
}

CHECK(inroot_resolved_path_has_no_links)
{
        _cleanup_(image_fini) struct image image = image_new();
        _cleanup_(tn_buf_fini) struct tn_buf untouched = { 0 };

        assert_resolved(&image, "/", "/");
        assert_resolved(&image, "", "/");
        assert_resolved(&image, "/..", "/");
        assert_resolved(&image, "etc//./direct/", "/etc/direct");
        assert_resolved(&image, "/etc/absolute", "/usr/share/a");
        assert_resolved(&image, "/etc/twice", "/usr/share/a");
        assert_resolved(&image, "/etc/up", "/secret");
        assert_resolved(&image, "/share/../a", "/usr/a");
        assert_resolved(&image, "/share/none/../x", "/usr/share/x");
        assert_resolved(&image, "/etc/dangling", "/nowhere/x");
        assert_resolved(&image, "/etc/null", "/dev/null");
        assert_int_equal(tn_inroot_resolve(&image.root, "/etc/loop", &untouched), -ELOOP);
        assert_int_equal(untouched.len, 0);
}
