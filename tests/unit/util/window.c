/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "util/window.h"
#include "window_of.h"

#define SIZE (3 * TN_WINDOW_SIZE + 100)

struct fixture {
        char bytes[SIZE];
        struct window_source source;
        struct tn_window window;
};

static void set_up(struct fixture *f)
{
        for (size_t i = 0; i < SIZE; i++)
                f->bytes[i] = (char)(i * 7 + i / 251);
        f->source.bytes = (struct span){ f->bytes, SIZE };
        window_of(&f->source, &f->window);
}

static void assert_look(struct fixture *f, uint64_t at, size_t len, size_t expected)
{
        struct span bytes;

        assert_int_equal(tn_window_look(&f->window, at, len, &bytes), 0);
        assert_int_equal(bytes.len, expected);
        if (expected)
                assert_memory_equal(bytes.ptr, f->bytes + at, expected);
}

CHECK(window_shows_bytes_in_order)
{
        struct fixture f;

        set_up(&f);
        assert_look(&f, 0, 1, 1);
        assert_look(&f, 0, TN_WINDOW_SIZE, TN_WINDOW_SIZE);
        assert_look(&f, 1, TN_WINDOW_SIZE, TN_WINDOW_SIZE);
        assert_look(&f, TN_WINDOW_SIZE - 3, 10, 10);
        assert_look(&f, 2 * TN_WINDOW_SIZE, 0, 0); /* which does not go on */
        assert_look(&f, TN_WINDOW_SIZE - 3, 10, 10);
        assert_look(&f, 2 * TN_WINDOW_SIZE + 17, 5, 5);
}

CHECK(window_shows_fewer_bytes_at_the_end)
{
        struct fixture f;

        set_up(&f);
        assert_look(&f, SIZE - 10, 10, 10);
        assert_look(&f, SIZE - 10, 11, 10);
        assert_look(&f, SIZE - 1, 100, 1);
        assert_look(&f, SIZE, 1, 0);
        assert_look(&f, SIZE + 12345, 1, 0);
}

CHECK(window_refuses_positions_that_go_back_or_are_too_large)
{
        struct fixture f;
        struct span bytes;

        set_up(&f);
        assert_look(&f, TN_WINDOW_SIZE + 1, 1, 1);
        assert_int_equal(tn_window_look(&f.window, TN_WINDOW_SIZE, 1, &bytes), -EINVAL);
        assert_int_equal(tn_window_look(&f.window, INT64_MAX, 1, &bytes), -EINVAL);
        assert_int_equal(tn_window_look(&f.window, UINT64_MAX, 1, &bytes), -EINVAL);
        assert_look(&f, TN_WINDOW_SIZE + 1, 1, 1);
}

static ssize_t fail_to_read(void *data, uint64_t at, char *to, size_t len)
{
        return -EIO;
}

CHECK(window_reports_what_its_source_reports)
{
        struct tn_window window = { .read = fail_to_read };
        struct span bytes;

        assert_int_equal(tn_window_look(&window, 0, 1, &bytes), -EIO);
}
