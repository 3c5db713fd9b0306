/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What takes libarchive. */
#include <errno.h>

#include "check.h"
#include "mkpe.h"
#include "shown.h"

CHECK(image_goes_on_after_and_within_a_compressed_archive)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 }, first = { 0 }, second = { 0 };
        struct shown shown = { .n = 0 };
        struct tn_image_progress progress;
        int r;

        mkcpio_file(&first, "etc/modprobe.d/a.conf", "a");
        mkcpio_end(&first);
        tn_buf_add(&first, "\0\0\0\0\0\0\0\0\0", 8);
        mkcpio_file(&first, "etc/modprobe.d/b.conf", "b");
        mkcpio_end(&first);
        mkcpio_file(&second, "etc/modprobe.d/c.conf", "c");
        mkcpio_end(&second);
        mkcpio_zstd(&image, tn_buf_span(&first));
        mkcpio_zstd(&image, tn_buf_span(&second));
        tn_buf_add(&image, "\0\0\0", -image.len & 3);
        tn_buf_add_span(&image, tn_buf_span(&second));
        r = read_bytes(tn_buf_span(&image), &shown, &progress);
        assert_int_equal(r, 0);
        assert_int_equal(progress.n_segments, 3);
        assert_string_equal(tn_buf_str(&shown.text),
                            "etc/modprobe.d/a.conf 1: a\netc/modprobe.d/b.conf 1: b\n"
                            "etc/modprobe.d/c.conf 1: c\netc/modprobe.d/c.conf 1: c\n");
        tn_buf_fini(&shown.text);
}

CHECK(image_may_be_a_section_of_a_unified_kernel_image)
{
        _cleanup_(tn_buf_fini) struct tn_buf file = { 0 }, other = { 0 }, image = { 0 }, archive = { 0 };
        struct shown shown = { .n = 0 };
        struct tn_image_progress progress;
        int r;

        mkcpio_file(&image, "etc/modprobe.d/a.conf", "a");
        mkcpio_end(&image);
        mkcpio_file(&archive, "etc/modprobe.d/b.conf", "b");
        mkcpio_zstd(&image, tn_buf_span(&archive));
        mkpe(&file, ".initrd", tn_buf_span(&image));
        r = read_bytes(tn_buf_span(&file), &shown, &progress);
        assert_int_equal(r, 0);
        assert_int_equal(progress.offset, 1024);
        assert_string_equal(tn_buf_str(&shown.text),
                            "etc/modprobe.d/a.conf 1: a\netc/modprobe.d/b.conf 1: b\n");
        tn_buf_fini(&shown.text);
        mkpe(&other, ".other", tn_buf_span(&image));
        assert_int_equal(read_bytes(tn_buf_span(&other), &shown, &progress), -ENOEXEC);
}

CHECK(image_contents_that_are_compressed_are_passed_over)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 }, archive = { 0 };
        _cleanup_(freep) char *large = calloc(1, 300001);
        struct shown blind = { .is_blind = true };
        struct tn_image_progress progress;
        int r;

        memset(large, 'x', 300000);
        mkcpio_file(&archive, MODULE, large);
        mkcpio_file(&archive, "etc/modprobe.d/b.conf", "b");
        mkcpio_zstd(&image, tn_buf_span(&archive));
        r = read_bytes(tn_buf_span(&image), &blind, &progress);
        assert_int_equal(r, 0);
        assert_string_equal(tn_buf_str(&blind.text), MODULE " 300000: \netc/modprobe.d/b.conf 1: \n");
        tn_buf_fini(&blind.text);
}

CHECK(image_has_archives_at_multiples_of_four_bytes_in_what_is_compressed)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 }, archive = { 0 };
        struct shown shown = { .n = 0 };
        struct tn_image_progress progress;
        int r;

        mkcpio_file(&archive, "etc/modprobe.d/a.conf", "a");
        mkcpio_end(&archive);
        tn_buf_add(&archive, "\0\0", 2);
        mkcpio_file(&archive, "etc/modprobe.d/b.conf", "b");
        mkcpio_zstd(&image, tn_buf_span(&archive));
        r = read_bytes(tn_buf_span(&image), &shown, &progress);
        assert_int_equal(r, -EINVAL);
        assert_string_equal(tn_buf_str(&shown.text), "etc/modprobe.d/a.conf 1: a\n");
        tn_buf_fini(&shown.text);
}
