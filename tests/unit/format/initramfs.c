/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/initramfs.h"
#include "util/buf.h"
#include "window_of.h"

#define GZ   SPAN("\x1f\x8b\x08 and what is in it")
#define ZSTD SPAN("\x28\xb5\x2f\xfd\0\x58\x19\0\0abc")

/* An archive of no entries: 124 bytes. */
static void add_cpio(struct tn_buf *out)
{
        tn_buf_addf(out, "070701%088d%08x%08d", 0, 11, 0);
        tn_buf_add(out, "TRAILER!!!\0\0\0", 14);
}

static void add_zeros(struct tn_buf *out, size_t n)
{
        memset(tn_buf_reserve(out, n), 0, n);
        out->len += n;
}

struct walk {
        struct window_source source;
        struct tn_window window;
        struct tn_initramfs image;
        struct tn_initramfs_segment segment;
};

static void start(struct walk *walk, const struct tn_buf *bytes)
{
        *walk = (struct walk){ .source = { .bytes = tn_buf_span(bytes) } };
        window_of(&walk->source, &walk->window);
        walk->image = (struct tn_initramfs){ .window = &walk->window, .size = bytes->len };
}

static void assert_next(struct walk *walk, enum tn_initramfs_kind kind, uint64_t offset, uint64_t size)
{
        assert_int_equal(tn_initramfs_next(&walk->image, &walk->segment), 1);
        assert_int_equal(walk->segment.kind, kind);
        assert_int_equal(walk->segment.offset, offset);
        assert_int_equal(walk->segment.size, size);
}

static void assert_end(struct walk *walk)
{
        assert_int_equal(tn_initramfs_next(&walk->image, &walk->segment), 0);
}

CHECK(initramfs_of_microcode_zeros_and_a_compressed_rest)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct walk walk;

        add_cpio(&bytes);
        assert_int_equal(bytes.len, 124);
        add_zeros(&bytes, 40000);
        tn_buf_add_span(&bytes, GZ);
        start(&walk, &bytes);
        assert_next(&walk, TN_INITRAMFS_CPIO, 0, 124);
        assert_false(walk.segment.is_cut);
        assert_next(&walk, TN_INITRAMFS_PADDING, 124, 40000);
        assert_next(&walk, TN_INITRAMFS_PACKED, 40124, GZ.len);
        assert_int_equal(walk.segment.packed, TN_PACKED_GZIP);
        assert_true(walk.segment.is_open);
        assert_end(&walk);
}

CHECK(initramfs_segments_follow_a_compressed_one)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct walk walk;

        tn_buf_add_span(&bytes, ZSTD);
        tn_buf_add_span(&bytes, ZSTD);
        tn_buf_add_span(&bytes, GZ);
        tn_buf_add_span(&bytes, ZSTD);
        start(&walk, &bytes);
        assert_next(&walk, TN_INITRAMFS_PACKED, 0, ZSTD.len);
        assert_int_equal(walk.segment.packed, TN_PACKED_ZSTD);
        assert_false(walk.segment.is_open);
        assert_next(&walk, TN_INITRAMFS_PACKED, ZSTD.len, ZSTD.len);
        assert_next(&walk, TN_INITRAMFS_PACKED, 2 * ZSTD.len, GZ.len + ZSTD.len);
        assert_true(walk.segment.is_open);
        tn_initramfs_cut(&walk.image, &walk.segment, GZ.len);
        assert_int_equal(walk.segment.size, GZ.len);
        assert_next(&walk, TN_INITRAMFS_PACKED, 2 * ZSTD.len + GZ.len, ZSTD.len);
        assert_end(&walk);
}

CHECK(initramfs_segment_is_cut_within_its_size_alone)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct walk walk;

        tn_buf_add_span(&bytes, ZSTD);
        tn_buf_add_span(&bytes, GZ);
        start(&walk, &bytes);
        assert_next(&walk, TN_INITRAMFS_PACKED, 0, ZSTD.len);
        tn_initramfs_cut(&walk.image, &walk.segment, 3); /* it is not open */
        assert_int_equal(walk.segment.size, ZSTD.len);
        assert_next(&walk, TN_INITRAMFS_PACKED, ZSTD.len, GZ.len);
        tn_initramfs_cut(&walk.image, &walk.segment, 0);
        tn_initramfs_cut(&walk.image, &walk.segment, GZ.len + 1);
        assert_int_equal(walk.segment.size, GZ.len);
        assert_end(&walk);
}

CHECK(initramfs_archive_follows_another_at_a_multiple_of_four_bytes)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct walk walk;

        add_cpio(&bytes);
        add_cpio(&bytes);
        add_zeros(&bytes, 2);
        add_cpio(&bytes);
        start(&walk, &bytes);
        assert_next(&walk, TN_INITRAMFS_CPIO, 0, 124);
        assert_next(&walk, TN_INITRAMFS_CPIO, 124, 124);
        assert_next(&walk, TN_INITRAMFS_PADDING, 248, 2);
        assert_next(&walk, TN_INITRAMFS_JUNK, 250, 124);
        assert_end(&walk);
}

CHECK(initramfs_archive_that_is_cut_goes_to_the_end)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct walk walk;

        tn_buf_addf(&bytes, "070701%088d%08x%08d", 0, 2, 0);
        tn_buf_add(&bytes, "a", 2);
        start(&walk, &bytes);
        assert_next(&walk, TN_INITRAMFS_CPIO, 0, 112); /* no trailer, but whole */
        assert_false(walk.segment.is_cut);
        tn_buf_add_span(&bytes, ZSTD);
        start(&walk, &bytes);
        assert_next(&walk, TN_INITRAMFS_CPIO, 0, 112 + ZSTD.len);
        assert_true(walk.segment.is_cut);
        assert_end(&walk);
}

CHECK(initramfs_compressed_segment_that_is_cut_goes_to_the_end)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct walk walk;

        tn_buf_add_span(&bytes, tn_span_head(ZSTD, ZSTD.len - 1));
        start(&walk, &bytes);
        assert_next(&walk, TN_INITRAMFS_PACKED, 0, ZSTD.len - 1);
        assert_true(walk.segment.is_cut);
        assert_false(walk.segment.is_open);
        assert_end(&walk);
}

CHECK(initramfs_padding_may_be_longer_than_a_window)
{
        for (size_t n = TN_WINDOW_SIZE - 1; n < TN_WINDOW_SIZE + 2; n++) {
                _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
                struct walk walk;

                add_zeros(&bytes, n);
                tn_buf_add_span(&bytes, ZSTD);
                start(&walk, &bytes);
                assert_next(&walk, TN_INITRAMFS_PADDING, 0, n);
                assert_next(&walk, TN_INITRAMFS_PACKED, n, ZSTD.len);
                assert_end(&walk);
        }
}

CHECK(initramfs_of_nothing_has_no_segment_and_of_junk_one)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct walk walk;

        start(&walk, &bytes);
        assert_end(&walk);
        tn_buf_add_str(&bytes, "junk");
        start(&walk, &bytes);
        assert_next(&walk, TN_INITRAMFS_JUNK, 0, 4);
        assert_end(&walk);
}

static ssize_t fail_to_read(void *data, uint64_t at, char *to, size_t len)
{
        return -EIO;
}

CHECK(initramfs_reports_what_its_window_reports)
{
        struct tn_window window = { .read = fail_to_read };
        struct tn_initramfs image = { .window = &window, .size = 1000 };
        struct tn_initramfs_segment segment;

        assert_int_equal(tn_initramfs_next(&image, &segment), -EIO);
}
