/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/buf.h"

void tn_buf_fini(struct tn_buf *buf)
{
        free(buf->ptr);
        *buf = (struct tn_buf){ 0 };
}

static char *grow(struct tn_buf *buf, size_t len)
{
        size_t cap = buf->cap ? buf->cap : 256; /* a path, with what is around it */
        char *ptr;

        if (buf->err)
                return NULL;
        if (len > SIZE_MAX / 2 - buf->len) {
                buf->err = -ENOMEM;
                return NULL;
        }
        while (cap < buf->len + len)
                cap *= 2;
        ptr = realloc(buf->ptr, cap);
        if (!ptr) {
                buf->err = -ENOMEM;
                return NULL;
        }
        buf->ptr = ptr;
        buf->cap = cap;
        return ptr + buf->len;
}

/* Mostly there is room. */
static inline char *reserve(struct tn_buf *buf, size_t len)
{
        return buf->cap - buf->len >= len && buf->ptr && !buf->err ? buf->ptr + buf->len : grow(buf, len);
}

char *tn_buf_reserve(struct tn_buf *buf, size_t len)
{
        return reserve(buf, len);
}

static inline void add(struct tn_buf *buf, const void *ptr, size_t len)
{
        char *to = len ? reserve(buf, len) : NULL;

        if (!to)
                return;
        memcpy(to, ptr, len);
        buf->len += len;
}

void tn_buf_add(struct tn_buf *buf, const void *ptr, size_t len)
{
        add(buf, ptr, len);
}

void tn_buf_add_str(struct tn_buf *buf, const char *str)
{
        add(buf, str, strlen(str));
}

void tn_buf_add_span(struct tn_buf *buf, struct span s)
{
        add(buf, s.ptr, s.len);
}

void tn_buf_add_char(struct tn_buf *buf, char c)
{
        add(buf, &c, 1);
}

void tn_buf_add_path(struct tn_buf *buf, const char *dir, const char *name)
{
        tn_buf_add_str(buf, dir);
        tn_buf_add_char(buf, '/');
        tn_buf_add_str(buf, name);
}

void tn_buf_vaddf(struct tn_buf *buf, const char *fmt, va_list ap)
{
        va_list again;
        char *to;
        int n;

        va_copy(again, ap);
        n = vsnprintf(NULL, 0, fmt, again);
        va_end(again);
        if (n < 0) {
                if (!buf->err)
                        buf->err = -EINVAL;
                return;
        }
        to = tn_buf_reserve(buf, (size_t)n + 1);
        if (!to)
                return;
        vsnprintf(to, (size_t)n + 1, fmt, ap);
        buf->len += (size_t)n;
}

void tn_buf_addf(struct tn_buf *buf, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        tn_buf_vaddf(buf, fmt, ap);
        va_end(ap);
}

const char *tn_buf_str(struct tn_buf *buf)
{
        char *to = tn_buf_reserve(buf, 1);

        if (!to)
                return NULL;
        *to = '\0';
        return buf->ptr;
}

char *tn_buf_take(struct tn_buf *buf)
{
        char *str = NULL;

        if (tn_buf_str(buf)) {
                str = buf->ptr;
                buf->ptr = NULL;
        }
        tn_buf_fini(buf);
        return str;
}
