/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "check.h"
#include "core/world.h"
#include "mkcpio.h"
#include "tenon/image/differ.h"
#include "tmpdir.h"
#include "util/cleanup.h"

#define TREE "lib/modules/6.1/"

/* A system and an image. */
struct fixture {
        struct tmpdir dir;
        struct tn_buf image;
};

static struct fixture make(void)
{
        return (struct fixture){ .dir = tmpdir_new() };
}

static void fini(struct fixture *f)
{
        tmpdir_fini(&f->dir);
        tn_buf_fini(&f->image);
}

/* A file that both have. */
static void put(struct fixture *f, const char *path, const char *image, const char *disk)
{
        if (image)
                mkcpio_file(&f->image, path, image);
        if (disk)
                tmpdir_write(&f->dir, path, disk);
}

static void add_rows(const struct tn_image_differences *differences, size_t root_len, struct tn_buf *text)
{
        static const char *const whys[] = { "differs", "moved", "superseded", "only-in-image",
                                            "only-on-disk" };
        const struct tn_image_difference *row;

        tn_vec_each (row, differences) {
                struct span disk = row->disk;

                if (row->kind == TN_IMAGE_MODULE) /* the module directory is named as it was given */
                        disk = tn_span_skip(disk, root_len);
                tn_buf_addf(text, "%s %.*s", whys[row->why], SPAN_FMT(row->path));
                if (row->disk.len > 0 && !tn_span_eq(disk, row->path))
                        tn_buf_addf(text, " %.*s", SPAN_FMT(disk));
                tn_buf_add_char(text, '\n');
        }
        tn_buf_addf(text, "%u %u %u\n", differences->n_modules, differences->n_configs,
                    differences->n_unknown);
}

static void assert_differ(struct fixture *f, const char *expected)
{
        _cleanup_(closep) int fd = mkcpio_open(tn_buf_span(&f->image));
        _cleanup_(tn_image_copies_fini) struct tn_image_copies copies = { 0 };
        _cleanup_(tn_image_differences_fini) struct tn_image_differences differences = { 0 };
        _cleanup_(tn_world_close) struct tn_world world = { .root = f->dir.path, .release = "6.1" };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_image_disk disk = { .release = "6.1" };

        assert_int_equal(tn_image_copies_load(fd, NULL, &copies), 0);
        assert_int_equal(tn_world_open(&world, TN_WORLD_DIR | TN_WORLD_ROOT | TN_WORLD_CATALOG), 0);
        disk.root = (struct tn_dir){ .path = f->dir.path, .root = tn_world_root(&world), .inside = "/" };
        disk.catalog = world.catalog;
        assert_int_equal(tn_image_differ(&copies, &disk, &differences), 0);
        add_rows(&differences, strlen(f->dir.path), &text);
        assert_string_equal(tn_buf_str(&text), expected);
}

CHECK(differ_finds_nothing_where_all_is_the_same)
{
        _cleanup_(fini) struct fixture f = make();

        put(&f, "etc/modprobe.d/a.conf", "a", "a");
        put(&f, "lib/modprobe.d/b.conf", "b", "b");
        put(&f, TREE "kernel/a.ko", "a", "a");
        put(&f, TREE "modules.dep", "", "kernel/a.ko:\nkernel/b.ko:\n");
        put(&f, TREE "kernel/b.ko", NULL, "b"); /* images need not have all */
        assert_differ(&f, "1 2 0\n");
}

CHECK(differ_finds_modules_of_another_build)
{
        _cleanup_(fini) struct fixture f = make();

        put(&f, TREE "modules.dep", NULL, "kernel/a.ko:\nkernel/b.ko.xz:\n");
        put(&f, TREE "kernel/a.ko", "old", "new");
        put(&f, TREE "kernel/b.ko", "old", NULL);
        put(&f, TREE "kernel/b.ko.xz", NULL, "new"); /* it is not compressed, whatever its name is */
        put(&f, "lib/modules/5.10/kernel/a.ko", "other kernel", NULL);
        assert_differ(&f, "differs /" TREE "kernel/a.ko\ndiffers /" TREE "kernel/b.ko /" TREE
                          "kernel/b.ko.xz\n2 0 0\n");
}

CHECK(differ_finds_modules_that_moved_or_are_gone)
{
        _cleanup_(fini) struct fixture f = make();

        put(&f, TREE "modules.dep", NULL, "updates/a.ko:\nextra/same.ko:\nkernel/gone.ko:\n");
        put(&f, TREE "kernel/a.ko", "old", NULL);
        put(&f, TREE "updates/a.ko", NULL, "new");
        put(&f, TREE "kernel/same.ko", "same", NULL);
        put(&f, TREE "extra/same.ko", NULL, "same");
        put(&f, TREE "kernel/gone.ko", "gone", NULL); /* but modules.dep has it */
        put(&f, TREE "kernel/unknown.ko", "gone", NULL);
        assert_differ(&f, "moved /" TREE "kernel/a.ko /" TREE "updates/a.ko\nonly-in-image /" TREE
                          "kernel/gone.ko\nonly-in-image /" TREE "kernel/unknown.ko\n4 0 0\n");
}

CHECK(differ_finds_modules_that_another_file_is_taken_for)
{
        _cleanup_(fini) struct fixture f = make();

        put(&f, TREE "modules.dep", NULL, "updates/a.ko:\nupdates/b.ko.gz:\nupdates/c.ko:\n");
        put(&f, TREE "kernel/a.ko", "old", "old");
        put(&f, TREE "updates/a.ko", NULL, "new");
        put(&f, TREE "kernel/b.ko", "old", "old");
        put(&f, TREE "updates/b.ko", "new", NULL); /* the image has both */
        put(&f, TREE "updates/b.ko.gz", NULL, "new");
        put(&f, TREE "kernel/c.ko", "same", "same");
        put(&f, TREE "updates/c.ko", NULL, "same");
        assert_differ(&f, "superseded /" TREE "kernel/a.ko /" TREE "updates/a.ko\n4 0 0\n");
}

CHECK(differ_finds_configuration_that_is_not_the_same)
{
        _cleanup_(fini) struct fixture f = make();

        put(&f, "etc/modprobe.d/a.conf", "old", "new");
        put(&f, "etc/modprobe.d/b.conf", "gone", NULL);
        put(&f, "lib/modprobe.d/c.conf", NULL, "added");
        put(&f, "lib/modprobe.d/a.conf", NULL, "hidden by the one in /etc");
        put(&f, "run/modprobe.d/d.conf", NULL, "of this boot");
        put(&f, "lib/depmod.d/e.conf", "of depmod", NULL);
        put(&f, TREE "modules.dep", NULL, "");
        assert_differ(&f,
                      "differs /etc/modprobe.d/a.conf\nonly-in-image /etc/modprobe.d/b.conf\nonly-on-disk "
                      "/lib/modprobe.d/c.conf\n0 2 0\n");
}

CHECK(differ_compares_configuration_that_is_a_link)
{
        _cleanup_(fini) struct fixture f = make();

        put(&f, "etc/modprobe.d/a.conf", "same", NULL);
        put(&f, "etc/target", NULL, "same");
        assert_int_equal(symlinkat("../target", f.dir.fd, "etc/a"), 0);
        tmpdir_write(&f.dir, "etc/modprobe.d/b.conf", "");
        assert_int_equal(symlinkat("../target", f.dir.fd, "etc/modprobe.d/a.conf"), 0);
        mkcpio_add(&f.image, &(struct mkcpio){ "etc/modprobe.d/b.conf", SPAN("/dev/null"), S_IFLNK | 0777 });
        put(&f, TREE "modules.dep", NULL, "");
        assert_differ(&f, "0 2 0\n");
}

CHECK(differ_counts_what_cannot_be_read)
{
        _cleanup_(fini) struct fixture f = make();

        put(&f, "etc/modprobe.d/a.conf", "a", NULL);
        tmpdir_write(&f.dir, "etc/modprobe.d/a.conf/file", "a"); /* it is a directory */
        mkcpio_add(&f.image, &(struct mkcpio){ "etc/modprobe.d/b.conf", SPAN("nowhere"), S_IFLNK | 0777 });
        tmpdir_write(&f.dir, "etc/modprobe.d/b.conf", "");
        put(&f, TREE "kernel/a.ko", "a", NULL);
        tmpdir_write(&f.dir, TREE "kernel/a.ko", "\x28\xb5\x2f\xfd and no frame");
        put(&f, TREE "modules.dep", NULL, "kernel/a.ko:");
        assert_differ(&f, "1 2 3\n");
}
