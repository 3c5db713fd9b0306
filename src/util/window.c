/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <errno.h>

#include "util/cleanup.h"
#include "util/window.h"

/* Moves the window to start at `at`; the bytes that are held from there on stay. */
static void move(struct tn_window *window, uint64_t at)
{
        uint64_t passed = at - window->at;
        size_t kept = passed < window->len ? window->len - (size_t)passed : 0;

        if (kept)
                memmove(window->bytes, window->bytes + passed, kept);
        window->at = at;
        window->len = kept;
}

int tn_window_look(struct tn_window *window, uint64_t at, size_t len, struct span *ret_bytes)
{
        struct span held;

        assert(len <= TN_WINDOW_SIZE);
        if (at < window->at || at > INT64_MAX - TN_WINDOW_SIZE)
                return -EINVAL;
        if (len == 0) {
                *ret_bytes = SPAN("");
                return 0;
        }
        if (at - window->at > window->len || at - window->at + len > window->len) {
                ssize_t n;

                move(window, at);
                n = window->read(window->data, at + window->len, window->bytes + window->len,
                                 TN_WINDOW_SIZE - window->len);
                if (n < 0)
                        return (int)n;
                window->len += (size_t)n;
        }
        held = (struct span){ window->bytes, window->len };
        *ret_bytes = tn_span_head(tn_span_skip(held, (size_t)(at - window->at)), len);
        return 0;
}
