/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "check.h"
#include "shown.h"

static void assert_read(const struct tn_buf *image, int r, const char *text)
{
        struct shown shown = { .n = 0 };
        struct tn_image_progress progress;

        assert_int_equal(read_bytes(tn_buf_span(image), &shown, &progress), r);
        tn_buf_add_str(&shown.text, "");
        assert_span(tn_buf_span(&shown.text), text);
        tn_buf_fini(&shown.text);
}

CHECK(image_shows_modules_indexes_and_configuration)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };

        mkcpio_file(&image, "init", "#!/bin/sh");
        mkcpio_add(&image, &(struct mkcpio){ "etc/modprobe.d", .mode = S_IFDIR | 0755 });
        mkcpio_file(&image, "etc/modprobe.d/a.conf", "blacklist a");
        mkcpio_file(&image, MODULE, "a");
        mkcpio_add(&image, &(struct mkcpio){ "lib/modules/6.1/b.ko", SPAN("../a.ko"), S_IFLNK | 0777 });
        mkcpio_add(&image, &(struct mkcpio){ "lib/modules/6.1/c.ko", .mode = S_IFIFO | 0777 });
        mkcpio_file(&image, "./lib/modules/6.1/modules.dep", "");
        mkcpio_end(&image);
        assert_read(&image, 0,
                    "etc/modprobe.d/a.conf 11: blacklist a\n" MODULE
                    " 1: a\nlink lib/modules/6.1/b.ko 7: ../a.ko\nlib/modules/6.1/modules.dep 0: \n");
}

CHECK(image_goes_on_after_an_archive)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };

        mkcpio_file(&image, "kernel/x86/microcode/GenuineIntel.bin", "microcode");
        mkcpio_end(&image);
        tn_buf_add(&image, "\0\0\0\0\0\0\0\0\0", 8);
        mkcpio_file(&image, "etc/modprobe.d/a.conf", "a");
        mkcpio_end(&image);
        mkcpio_file(&image, "etc/modprobe.d/b.conf", "b");
        assert_read(&image, 0, "etc/modprobe.d/a.conf 1: a\netc/modprobe.d/b.conf 1: b\n");
}

CHECK(image_contents_come_in_pieces_or_are_passed_over)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        _cleanup_(freep) char *large = calloc(1, 300001);
        struct shown shown = { .n = 0 }, blind = { .is_blind = true };
        struct tn_image_progress progress;

        for (size_t i = 0; i < 300000; i++)
                large[i] = (char)('a' + i % 25);
        mkcpio_file(&image, MODULE, large);
        mkcpio_file(&image, "etc/modprobe.d/b.conf", "b");
        assert_int_equal(read_bytes(tn_buf_span(&image), &shown, &progress), 0);
        assert_int_equal(shown.text.len,
                         strlen(MODULE) + 10 + 300000 + strlen("etc/modprobe.d/b.conf 1: b\n"));
        assert_memory_equal(shown.text.ptr + strlen(MODULE) + 9, large, 300000);
        assert_int_equal(read_bytes(tn_buf_span(&image), &blind, &progress), 0);
        assert_string_equal(tn_buf_str(&blind.text), MODULE " 300000: \netc/modprobe.d/b.conf 1: \n");
        tn_buf_fini(&shown.text);
        tn_buf_fini(&blind.text);
}

CHECK(image_names_of_one_file_share_their_numbers)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };

        mkcpio_add(&image, &(struct mkcpio){ "etc/modprobe.d/a.conf", .nlink = 2, .ino = 7 });
        mkcpio_add(&image, &(struct mkcpio){ "etc/modprobe.d/b.conf", SPAN("b"), .nlink = 2, .ino = 7 });
        mkcpio_end(&image);
        mkcpio_add(&image, &(struct mkcpio){ "etc/modprobe.d/c.conf", SPAN("c"), .nlink = 2, .ino = 7 });
        mkcpio_end(&image);
        assert_read(&image, 0,
                    "etc/modprobe.d/a.conf 0: (1.7) \netc/modprobe.d/b.conf 1: (1.7) b\n"
                    "etc/modprobe.d/c.conf 1: (2.7) c\n");
}

CHECK(image_that_is_cut_shows_what_is_whole)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };

        mkcpio_file(&image, "etc/modprobe.d/a.conf", "a");
        mkcpio_file(&image, "init", "other");
        image.len -= 4;
        assert_read(&image, -EINVAL, "etc/modprobe.d/a.conf 1: a\n");
        tn_buf_reset(&image);
        mkcpio_file(&image, "etc/modprobe.d/a.conf", "a");
        mkcpio_end(&image);
        tn_buf_add_str(&image, "junk");
        assert_read(&image, -EINVAL, "etc/modprobe.d/a.conf 1: a\n");
}

CHECK(image_that_is_none_is_told_from_one_that_is_cut)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 }, packed = { 0 };
        struct shown shown = { .n = 0 };
        struct tn_image_progress progress;
        int r;

        assert_read(&image, -ENOEXEC, "");
        tn_buf_add(&image, "\0\0\0\0", 4);
        assert_read(&image, -ENOEXEC, "");
        tn_buf_add_str(&image, "\x7f"
                               "ELF, and no archive");
        assert_read(&image, -ENOEXEC, "");
        mkcpio_zstd(&packed, tn_buf_span(&image));
        r = read_bytes(tn_buf_span(&packed), &shown, &progress);
        assert_true(r == -ENOEXEC || r == -ENOSYS);
        assert_int_equal(progress.segment.packed, TN_PACKED_ZSTD);
}

CHECK(image_reader_may_have_enough_or_fail)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        struct shown shown = { .enough = 1 };
        struct tn_image_progress progress;

        mkcpio_file(&image, "etc/modprobe.d/a.conf", "a");
        mkcpio_file(&image, "etc/modprobe.d/b.conf", "b");
        mkcpio_end(&image);
        assert_int_equal(read_bytes(tn_buf_span(&image), &shown, &progress), 1);
        assert_string_equal(tn_buf_str(&shown.text), "etc/modprobe.d/a.conf 1: a\n");
        tn_buf_fini(&shown.text);
        shown = (struct shown){ .text = { .err = -ENOMEM } };
        assert_int_equal(read_bytes(tn_buf_span(&image), &shown, &progress), -ENOMEM);
}

CHECK(image_files_that_are_too_large_are_left_out)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        _cleanup_(freep) char *target = calloc(1, TN_CPIO_NAME_MAX + 2);
        struct shown shown = { .n = 0 };
        struct tn_image_progress progress;

        memset(target, 't', TN_CPIO_NAME_MAX + 1);
        mkcpio_add(&image, &(struct mkcpio){ MODULE, tn_span_of(target), S_IFLNK | 0777 });
        mkcpio_file(&image, "etc/modprobe.d/b.conf", "b");
        assert_int_equal(read_bytes(tn_buf_span(&image), &shown, &progress), 0);
        assert_string_equal(tn_buf_str(&shown.text), "etc/modprobe.d/b.conf 1: b\n");
        assert_int_equal(progress.n_left, 1);
        tn_buf_fini(&shown.text);
}

CHECK(image_of_endless_segments_is_refused)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        struct shown shown = { .n = 0 };
        struct tn_image_progress progress;

        for (unsigned i = 0; i < TN_IMAGE_SEGMENTS; i++)
                mkcpio_end(&image);
        assert_int_equal(read_bytes(tn_buf_span(&image), &shown, &progress), 0);
        mkcpio_end(&image);
        assert_int_equal(read_bytes(tn_buf_span(&image), &shown, &progress), -EFBIG);
}

CHECK(image_is_a_regular_file)
{
        struct shown shown = { .n = 0 };
        const struct tn_image_reader reader = { show, &shown };
        struct tn_image_progress progress;
        _cleanup_(closep) int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

        assert_int_equal(tn_image_read(fd, &reader, &progress), -EINVAL);
}
