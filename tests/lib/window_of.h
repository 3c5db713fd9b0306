/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_WINDOW_OF_H
#define TN_TESTS_WINDOW_OF_H

#include <stdlib.h>

#include "util/cleanup.h"
#include "util/window.h"

/* Bytes in memory for a window, which must be asked for in order. */
struct window_source {
        struct span bytes;
        uint64_t passed;
};

static inline ssize_t window_source_read(void *data, uint64_t at, char *to, size_t len)
{
        struct window_source *source = data;
        struct span part = tn_span_head(tn_span_skip(source->bytes, (size_t)at), len);

        if (at < source->passed)
                abort();
        if (part.len)
                memcpy(to, part.ptr, part.len);
        source->passed = at + part.len;
        return (ssize_t)part.len;
}

/* Sets the window to the start of the source's bytes. */
static inline void window_of(struct window_source *source, struct tn_window *window)
{
        source->passed = 0;
        window->read = window_source_read;
        window->data = source;
        window->at = window->len = 0;
}

#endif
