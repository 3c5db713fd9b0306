/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "check.h"
#include "tenon/image/newest.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"

static void put(const struct tmpdir *dir, const char *path, time_t when)
{
        const struct timespec times[2] = { { .tv_sec = when }, { .tv_sec = when } };

        tmpdir_write(dir, path, "image");
        assert_int_equal(utimensat(dir->fd, path, times, 0), 0);
}

static void assert_newest(const struct tmpdir *dir, const char *release, const char *expected)
{
        _cleanup_(tn_image_files_fini) struct tn_image_files files = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const struct tn_image_file *file;
        struct tn_inroot inroot;
        const struct tn_dir root = { .path = dir->path, .root = &inroot, .inside = "/" };

        assert_int_equal(tn_inroot_init(dir->path, &inroot), 0);
        assert_int_equal(tn_image_newest(&root, release, &files), 0);
        tn_inroot_fini(&inroot);
        tn_vec_each (file, &files)
                tn_buf_addf(&text, "%s%s\n", file->path, file->is_unified ? " unified" : "");
        tn_buf_add_str(&text, "");
        assert_string_equal(tn_buf_str(&text), expected);
        assert_int_equal(files.hidden_err, 0);
}

CHECK(newest_is_where_distributions_have_it)
{
        static const char *const paths[] = {
                "boot/initrd.img-6.1-lts",
                "boot/initramfs-6.1-lts.img",
                "boot/initrd-6.1-lts",
                "boot/initrd-6.1-lts.img",
                "boot/initramfs-lts",
                "usr/lib/modules/6.1-lts/initramfs.img",
                "usr/lib/modules/6.1-lts/initrd",
                "efi/Default/6.1-lts/initrd",
                "boot/Default/6.1-lts/initrd",
                "boot/efi/Default/6.1-lts/initrd",
        };

        for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
                _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
                char expected[100];

                put(&dir, paths[i], 1000);
                put(&dir, "boot/initrd.img-6.10-lts", 2000);
                snprintf(expected, sizeof(expected), "/%s\n", paths[i]);
                assert_newest(&dir, "6.1-lts", expected);
        }
}

CHECK(newest_comes_first)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        put(&dir, "boot/initrd.img-6.1", 1000);
        put(&dir, "boot/initramfs-6.1.img", 3000);
        put(&dir, "boot/initrd-6.1", 2000);
        assert_int_equal(linkat(dir.fd, "boot/initrd.img-6.1", dir.fd, "boot/initrd-6.1.img", 0), 0);
        assert_newest(&dir, "6.1", "/boot/initramfs-6.1.img\n/boot/initrd-6.1\n/boot/initrd.img-6.1\n");
}

CHECK(newest_knows_the_names_of_kernel_install_and_of_packages)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/kernel/entry-token", "mine\nand more\n");
        tmpdir_write(&dir, "etc/machine-id", "0123abcd\n");
        tmpdir_write(&dir, "usr/lib/modules/6.1/pkgbase", "linux\n");
        put(&dir, "efi/mine/6.1/initrd", 5000);
        put(&dir, "boot/0123abcd/6.1/initrd", 4000);
        put(&dir, "boot/efi/EFI/Linux/mine-6.1.efi", 3000);
        put(&dir, "boot/initramfs-linux.img", 2000);
        assert_newest(
                &dir, "6.1",
                "/efi/mine/6.1/initrd\n/boot/0123abcd/6.1/initrd\n/boot/efi/EFI/Linux/mine-6.1.efi unified\n"
                "/boot/initramfs-linux.img\n");
}

CHECK(newest_takes_no_word_that_leads_elsewhere_and_no_directory)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "etc/machine-id", "a/b\n");
        tmpdir_write(&dir, "etc/kernel/entry-token", "\n");
        put(&dir, "boot/a/b/6.1/initrd", 1000);
        put(&dir, "boot/initrd.img-6.1/file", 1000);
        put(&dir, "boot/initramfs-.img", 1000);
        put(&dir, "boot/initramfs-", 1000);
        assert_newest(&dir, "6.1", "");
}
