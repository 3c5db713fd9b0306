/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_BUF_H
#define TN_UTIL_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include "util/span.h"

/*
 * A growing run of bytes. Many small additions, one check: the first failure sticks, later additions do nothing,
 * and tn_buf_error() tells it. Zero-initialised is empty and valid. What is added must not lie in the buffer
 * itself, which may move.
 */
struct tn_buf {
        char *ptr;
        size_t len;
        size_t cap;
        int err;
};

void tn_buf_fini(struct tn_buf *buf);

/* Makes room for len more bytes and returns where they go, or NULL (and the error sticks). */
char *tn_buf_reserve(struct tn_buf *buf, size_t len);

void tn_buf_add(struct tn_buf *buf, const void *ptr, size_t len);
void tn_buf_add_str(struct tn_buf *buf, const char *str);
void tn_buf_add_span(struct tn_buf *buf, struct span s);
void tn_buf_add_char(struct tn_buf *buf, char c);

/* "DIR/NAME". Formats take twenty times as long. */
void tn_buf_add_path(struct tn_buf *buf, const char *dir, const char *name);
void tn_buf_addf(struct tn_buf *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void tn_buf_vaddf(struct tn_buf *buf, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

/* Back to empty; the memory stays, the error goes. */
static inline void tn_buf_reset(struct tn_buf *buf)
{
        buf->len = 0;
        buf->err = 0;
}

/* 0, or the first failure since the start: -ENOMEM, or -EINVAL for a format that cannot be printed. */
static inline int tn_buf_error(const struct tn_buf *buf)
{
        return buf->err;
}

/* What is there, borrowed until the next addition. */
static inline struct span tn_buf_span(const struct tn_buf *buf)
{
        return (struct span){ buf->ptr, buf->len };
}

/* The same as a C string, borrowed until the next addition; NULL after a failure. */
const char *tn_buf_str(struct tn_buf *buf);

/* Hands the bytes over as a C string the caller frees, leaving an empty buffer; NULL after a failure. */
char *tn_buf_take(struct tn_buf *buf);

#endif
