/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "util/span.h"

int tn_span_cmp(struct span a, struct span b)
{
        size_t n = a.len < b.len ? a.len : b.len;
        int r = n ? memcmp(a.ptr, b.ptr, n) : 0;

        if (r != 0)
                return r;
        return (a.len > b.len) - (a.len < b.len);
}

size_t tn_span_chr(struct span s, char c)
{
        const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;

        return hit ? (size_t)(hit - s.ptr) : s.len;
}

size_t tn_span_rchr(struct span s, char c)
{
        const char *hit = s.len ? memrchr(s.ptr, c, s.len) : NULL;

        return hit ? (size_t)(hit - s.ptr) : s.len;
}

/* Sets are of a few characters: a call would take longer. */
static bool in_set(char c, const char *set)
{
        while (*set && *set != c)
                set++;
        return c && *set;
}

bool tn_span_has_any(struct span s, const char *set)
{
        for (size_t i = 0; i < s.len; i++)
                if (in_set(s.ptr[i], set))
                        return true;
        return false;
}

bool tn_span_is_printable(struct span s)
{
        for (size_t i = 0; i < s.len; i++)
                if ((unsigned char)s.ptr[i] < ' ' || (unsigned char)s.ptr[i] > '~')
                        return false;
        return true;
}

struct span tn_span_base(struct span path)
{
        size_t slash = tn_span_rchr(path, '/');

        return slash == path.len ? path : tn_span_skip(path, slash + 1);
}

struct span tn_span_trim(struct span s)
{
        while (s.len && in_set(s.ptr[0], " \t\r\n"))
                s = tn_span_skip(s, 1);
        while (s.len && in_set(s.ptr[s.len - 1], " \t\r\n"))
                s.len--;
        return s;
}

struct span tn_span_word(struct span *rest, const char *blanks)
{
        struct span word;
        size_t n = 0;

        while (rest->len && in_set(rest->ptr[0], blanks))
                *rest = tn_span_skip(*rest, 1);
        while (n < rest->len && !in_set(rest->ptr[n], blanks))
                n++;
        word = tn_span_head(*rest, n);
        *rest = tn_span_skip(*rest, n);
        return word;
}

bool tn_span_has_word(struct span list, const char *blanks, struct span word)
{
        struct span one;

        while ((one = tn_span_word(&list, blanks)).len)
                if (tn_span_eq(one, word))
                        return true;
        return false;
}

bool tn_span_split(struct span *rest, char sep, struct span *ret_piece)
{
        size_t n;

        if (rest->len == 0)
                return false;
        n = tn_span_chr(*rest, sep);
        *ret_piece = tn_span_head(*rest, n);
        *rest = tn_span_skip(*rest, n + 1);
        return true;
}

char *tn_span_write(struct span s, char *to)
{
        if (!to)
                return NULL;
        if (s.len)
                memcpy(to, s.ptr, s.len);
        to[s.len] = '\0';
        return to;
}

char *tn_span_dup(struct span s)
{
        return tn_span_write(s, malloc(s.len + 1));
}
