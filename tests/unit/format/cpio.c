/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "check.h"
#include "format/cpio.h"
#include "util/buf.h"
#include "window_of.h"

static const char *pads[] = { "", "\0\0\0", "\0\0", "\0" };

static void add_entry(struct tn_buf *out, const char *name, size_t name_size, const char *contents)
{
        size_t size = strlen(contents);

        tn_buf_addf(out, "070701%08X%08x%08x%08x%08x%08x%08zx%08x%08x%08x%08x%08zx%08x", 0xABCDEF01u,
                    S_IFREG | 0644, 0, 0, 2, 0, size, 8, 17, 0, 0, name_size, 0);
        tn_buf_add(out, name, name_size);
        tn_buf_add(out, pads[(TN_CPIO_HEADER + name_size) % 4], -(TN_CPIO_HEADER + name_size) & 3);
        tn_buf_add_str(out, contents);
        tn_buf_add(out, pads[size % 4], -size & 3);
}

static void add(struct tn_buf *out, const char *name, const char *contents)
{
        add_entry(out, name, strlen(name) + 1, contents);
}

struct walk {
        struct window_source source;
        struct tn_window window;
        struct tn_cpio cpio;
        struct tn_cpio_entry entry;
};

static void start(struct walk *walk, struct span bytes)
{
        *walk = (struct walk){ .source = { .bytes = bytes } };
        window_of(&walk->source, &walk->window);
        walk->cpio.window = &walk->window;
}

static void assert_entry(struct walk *walk, const char *name, const char *contents)
{
        struct span bytes;

        assert_int_equal(tn_cpio_next(&walk->cpio, &walk->entry), 1);
        assert_span(walk->entry.name, name);
        assert_int_equal(walk->entry.size, strlen(contents));
        assert_int_equal(tn_window_look(&walk->window, walk->entry.at, walk->entry.size, &bytes), 0);
        assert_span(bytes, contents);
}

CHECK(cpio_entries_have_names_and_contents)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct walk walk;

        add(&bytes, "a", "12345");
        add(&bytes, "ab/c", "");
        add(&bytes, "abc", "1234");
        add(&bytes, "TRAILER!!!", "");
        start(&walk, tn_buf_span(&bytes));
        assert_entry(&walk, "a", "12345");
        assert_int_equal(walk.entry.mode, S_IFREG | 0644);
        assert_int_equal(walk.entry.nlink, 2);
        assert_int_equal(walk.entry.ino, 0xabcdef01);
        assert_int_equal(walk.entry.major, 8);
        assert_int_equal(walk.entry.minor, 17);
        assert_entry(&walk, "ab/c", "");
        assert_entry(&walk, "abc", "1234");
        assert_false(walk.entry.is_trailer);
        assert_entry(&walk, "TRAILER!!!", "");
        assert_true(walk.entry.is_trailer);
        assert_int_equal(walk.cpio.at, bytes.len);
        assert_int_equal(tn_cpio_next(&walk.cpio, &walk.entry), 0);
}

CHECK(cpio_contents_need_not_be_looked_at)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        _cleanup_(freep) char *large = calloc(1, 100002);
        struct walk walk;

        memset(large, 'x', 100001);
        add(&bytes, "large", large);
        add(&bytes, "b", "");
        start(&walk, tn_buf_span(&bytes));
        assert_int_equal(tn_cpio_next(&walk.cpio, &walk.entry), 1);
        assert_entry(&walk, "b", "");
}

CHECK(cpio_may_lack_the_last_padding_but_nothing_else)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct walk walk;

        add(&bytes, "a", "12345");
        start(&walk, tn_span_head(tn_buf_span(&bytes), bytes.len - 3));
        assert_entry(&walk, "a", "12345");
        assert_int_equal(tn_cpio_next(&walk.cpio, &walk.entry), 0);
        for (size_t len = 1; len < bytes.len - 3; len++) {
                int r;

                start(&walk, tn_span_head(tn_buf_span(&bytes), len));
                r = tn_cpio_next(&walk.cpio, &walk.entry);
                assert_int_equal(r, len < TN_CPIO_HEADER + 2 ? -EINVAL : 1);
                if (r == 1)
                        assert_int_equal(tn_cpio_next(&walk.cpio, &walk.entry), -EINVAL);
        }
}

CHECK(cpio_with_no_contents_needs_its_name)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        _cleanup_(freep) char *name = calloc(1, 5000);
        struct walk walk;

        memset(name, 'n', 4999);
        add_entry(&bytes, name, 5000, "");
        start(&walk, tn_span_head(tn_buf_span(&bytes), TN_CPIO_HEADER + 5000));
        assert_int_equal(tn_cpio_next(&walk.cpio, &walk.entry), 1);
        assert_int_equal(tn_cpio_next(&walk.cpio, &walk.entry), 0);
        start(&walk, tn_span_head(tn_buf_span(&bytes), TN_CPIO_HEADER + 4999));
        assert_int_equal(tn_cpio_next(&walk.cpio, &walk.entry), 1);
        assert_int_equal(tn_cpio_next(&walk.cpio, &walk.entry), -EINVAL);
}

CHECK(cpio_names_that_the_kernel_passes_over_are_empty)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        _cleanup_(freep) char *name = calloc(1, 4097);
        struct walk walk;

        memset(name, 'n', 4096);
        add_entry(&bytes, name, 4097, "too long");
        add_entry(&bytes, "", 0, "none");
        add_entry(&bytes, "a\0b", 4, "cut at the NUL");
        add_entry(&bytes, name + 1, 4096, "the longest");
        start(&walk, tn_buf_span(&bytes));
        assert_entry(&walk, "", "too long");
        assert_entry(&walk, "", "none");
        assert_entry(&walk, "a", "cut at the NUL");
        assert_entry(&walk, name + 1, "the longest");
}

CHECK(cpio_header_with_another_magic_or_digit_is_malformed)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct walk walk;

        add(&bytes, "a", "");
        assert_true(tn_cpio_starts(tn_buf_span(&bytes)));
        bytes.ptr[5] = '2'; /* the format "crc" */
        start(&walk, tn_buf_span(&bytes));
        assert_entry(&walk, "a", "");
        bytes.ptr[5] = '7';
        assert_false(tn_cpio_starts(tn_buf_span(&bytes)));
        start(&walk, tn_buf_span(&bytes));
        assert_int_equal(tn_cpio_next(&walk.cpio, &walk.entry), -EINVAL);
        bytes.ptr[5] = '1';
        for (size_t i = 6; i < TN_CPIO_HEADER; i++) {
                char digit = bytes.ptr[i];

                bytes.ptr[i] = i % 8 == 7 ? 'x' : 'g';
                start(&walk, tn_buf_span(&bytes));
                assert_int_equal(tn_cpio_next(&walk.cpio, &walk.entry), -EINVAL);
                bytes.ptr[i] = digit;
        }
}
