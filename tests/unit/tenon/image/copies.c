/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>
#include <sys/stat.h>

#include "check.h"
#include "mkcpio.h"
#include "mkelf.h"
#include "tenon/image/copies.h"
#include "util/cleanup.h"

#define DIR "lib/modules/6.1/kernel/"

static int load(const struct tn_buf *image, struct tn_image_copies *copies)
{
        _cleanup_(closep) int fd = mkcpio_open(tn_buf_span(image));

        return tn_image_copies_load(fd, NULL, copies);
}

static const struct tn_image_copy *find(const struct tn_image_copies *copies, const char *path)
{
        const struct tn_image_copy *copy = tn_image_copies_find(copies, tn_span_of(path));

        assert_non_null(copy);
        return copy;
}

static void add_link(struct tn_buf *image, const char *name, const char *target)
{
        mkcpio_add(image, &(struct mkcpio){ name, tn_span_of(target), S_IFLNK | 0777 });
}

CHECK(copies_have_paths_contents_and_gists)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        _cleanup_(tn_image_copies_fini) struct tn_image_copies copies = { 0 };
        const struct tn_image_copy *copy;

        mkcpio_file(&image, "./usr/lib/modprobe.d/a.conf", "blacklist a");
        mkcpio_file(&image, DIR "a.ko", "a");
        mkcpio_file(&image, "lib/modules/6.1/modules.dep", "kernel/a.ko:");
        mkcpio_end(&image);
        assert_int_equal(load(&image, &copies), 0);
        assert_int_equal(copies.n, 3);
        copy = find(&copies, "lib/modprobe.d/a.conf");
        assert_ptr_equal(copy, find(&copies, "usr/lib/modprobe.d/a.conf"));
        assert_span(copy->path.path, "usr/lib/modprobe.d/a.conf");
        assert_span(copy->contents, "blacklist a");
        assert_true(copy->gist.is_known);
        assert_int_equal(copy->gist.size, 11);
        copy = find(&copies, "usr/" DIR "a.ko");
        assert_span(copy->path.rest, "kernel/a.ko");
        assert_true(copy->gist.is_known);
        assert_int_equal(copy->gist.build_id.len, 0);
        assert_false(find(&copies, "lib/modules/6.1/modules.dep")->gist.is_known);
        assert_null(tn_image_copies_find(&copies, SPAN("lib/modules/6.1/modules.alias")));
}

CHECK(copies_have_the_last_file_of_each_path)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        _cleanup_(tn_image_copies_fini) struct tn_image_copies copies = { 0 };

        mkcpio_file(&image, "etc/modprobe.d/a.conf", "first");
        mkcpio_end(&image);
        mkcpio_file(&image, "etc/modprobe.d/a.conf", "second");
        mkcpio_end(&image);
        assert_int_equal(load(&image, &copies), 0);
        assert_int_equal(copies.n, 1);
        assert_span(find(&copies, "etc/modprobe.d/a.conf")->contents, "second");
}

/* A note of the owner GNU, with the byte as build id. */
static struct span module_of(struct mkelf *elf, char *note, char id)
{
        memcpy(note, "\4\0\0\0\4\0\0\0\3\0\0\0GNU\0", 16);
        memset(note + 16, id, 4);
        mkelf_section(elf, ".note.gnu.build-id", SHT_NOTE, (struct span){ note, 20 });
        return mkelf_span(elf);
}

CHECK(copies_of_modules_have_build_ids_however_they_are_compressed)
{
        _cleanup_(mkelf_fini) struct mkelf elf = mkelf_of(true, false);
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 }, packed = { 0 };
        _cleanup_(tn_image_copies_fini) struct tn_image_copies copies = { 0 };
        char note[20];
        struct span bytes = module_of(&elf, note, '7');
        const struct tn_image_copy *copy;

        mkcpio_zstd(&packed, bytes);
        mkcpio_add(&image, &(struct mkcpio){ DIR "a.ko", bytes });
        mkcpio_add(&image, &(struct mkcpio){ DIR "b.ko.zst", tn_buf_span(&packed) });
        mkcpio_file(&image, DIR "c.ko.zst", "\x28\xb5\x2f\xfd and what is no frame");
        assert_int_equal(load(&image, &copies), 0);
        assert_span(find(&copies, DIR "a.ko")->gist.build_id, "7777");
        assert_int_equal(find(&copies, DIR "a.ko")->gist.size, bytes.len);
        copy = find(&copies, DIR "b.ko.zst");
        if (copy->gist.is_known) { /* unless built without zstd */
                assert_span(copy->gist.build_id, "7777");
                assert_int_equal(copy->gist.size, bytes.len);
        }
        assert_false(find(&copies, DIR "c.ko.zst")->gist.is_known);
}

CHECK(copies_that_are_links_have_the_gist_of_their_target)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        _cleanup_(tn_image_copies_fini) struct tn_image_copies copies = { 0 };

        add_link(&image, "etc/modprobe.d/a.conf", "/usr/lib/modprobe.d/x.conf");
        add_link(&image, "etc/modprobe.d/b.conf", "../../lib/modprobe.d/./x.conf");
        add_link(&image, "etc/modprobe.d/c.conf", "y.conf");
        add_link(&image, "etc/modprobe.d/d.conf", "/dev/null");
        add_link(&image, "etc/modprobe.d/e.conf", "../../../../dev/null");
        add_link(&image, "etc/modprobe.d/f.conf", "a.conf");
        add_link(&image, "etc/modprobe.d/g.conf", "");
        mkcpio_file(&image, "usr/lib/modprobe.d/x.conf", "x, 10 long");
        mkcpio_file(&image, "etc/modprobe.d/y.conf", "y");
        assert_int_equal(load(&image, &copies), 0);
        assert_int_equal(find(&copies, "etc/modprobe.d/a.conf")->gist.size, 10);
        assert_int_equal(find(&copies, "etc/modprobe.d/b.conf")->gist.size, 10);
        assert_int_equal(find(&copies, "etc/modprobe.d/c.conf")->gist.size, 1);
        assert_true(find(&copies, "etc/modprobe.d/d.conf")->gist.is_known);
        assert_int_equal(find(&copies, "etc/modprobe.d/d.conf")->gist.size, 0);
        assert_true(find(&copies, "etc/modprobe.d/e.conf")->gist.is_known);
        assert_false(find(&copies, "etc/modprobe.d/f.conf")->gist.is_known);
        assert_false(find(&copies, "etc/modprobe.d/g.conf")->gist.is_known);
        assert_span(find(&copies, "etc/modprobe.d/c.conf")->contents, "y.conf");
        assert_true(find(&copies, "etc/modprobe.d/c.conf")->is_link);
}

CHECK(copies_with_several_names_share_what_one_of_them_has)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        _cleanup_(tn_image_copies_fini) struct tn_image_copies copies = { 0 };

        mkcpio_add(&image, &(struct mkcpio){ "etc/modprobe.d/a.conf", .nlink = 3, .ino = 7 });
        mkcpio_add(&image, &(struct mkcpio){ "etc/modprobe.d/b.conf", SPAN("both"), .nlink = 3, .ino = 7 });
        mkcpio_add(&image, &(struct mkcpio){ "etc/modprobe.d/c.conf", .nlink = 3, .ino = 7 });
        mkcpio_add(&image, &(struct mkcpio){ "etc/modprobe.d/d.conf", .nlink = 2, .ino = 8 });
        mkcpio_file(&image, "etc/modprobe.d/e.conf", "");
        assert_int_equal(load(&image, &copies), 0);
        assert_span(find(&copies, "etc/modprobe.d/a.conf")->contents, "both");
        assert_int_equal(find(&copies, "etc/modprobe.d/a.conf")->gist.size, 4);
        assert_span(find(&copies, "etc/modprobe.d/b.conf")->contents, "both");
        assert_span(find(&copies, "etc/modprobe.d/c.conf")->contents, "both");
        assert_false(find(&copies, "etc/modprobe.d/d.conf")->gist.is_known);
        assert_true(find(&copies, "etc/modprobe.d/e.conf")->gist.is_known);
}

CHECK(copies_before_a_failure_are_kept)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        _cleanup_(tn_image_copies_fini) struct tn_image_copies copies = { 0 };

        mkcpio_file(&image, "etc/modprobe.d/a.conf", "a");
        mkcpio_file(&image, "etc/modprobe.d/b.conf", "cut");
        image.len -= 3;
        assert_int_equal(load(&image, &copies), -EINVAL);
        assert_int_equal(copies.n, 1);
        assert_span(find(&copies, "etc/modprobe.d/a.conf")->contents, "a");
}

CHECK(gists_are_equal_by_build_id_or_by_all_bytes)
{
        struct tn_image_gist a = tn_image_gist_bytes(SPAN("abc")), b = tn_image_gist_bytes(SPAN("abd"));
        struct tn_image_gist c = tn_image_gist_bytes(SPAN("abc\0"));

        assert_true(tn_image_gist_eq(&a, &a));
        assert_false(tn_image_gist_eq(&a, &b));
        assert_false(tn_image_gist_eq(&a, &c));
        a.build_id = SPAN("1");
        assert_false(tn_image_gist_eq(&a, &b));
        b.build_id = SPAN("1");
        assert_true(tn_image_gist_eq(&a, &b));
        b.build_id = SPAN("2");
        b.sum = a.sum;
        assert_false(tn_image_gist_eq(&a, &b));
}
