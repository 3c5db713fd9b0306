/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>
#include <stdlib.h>

#include "util/span.h"
#include "util/word.h"

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

/* A set of characters, a bit for each: to ask it takes the same time whatever is in it. */
struct set {
        uint64_t bits[4];
};

static inline struct set set_of(const char *chars)
{
        struct set set = { 0 };

        for (; *chars; chars++)
                set.bits[(unsigned char)*chars / 64] |= (uint64_t)1 << (unsigned char)*chars % 64;
        return set;
}

static inline bool has(const struct set *set, char c)
{
        return set->bits[(unsigned char)c / 64] >> (unsigned char)c % 64 & 1;
}

static bool word_has_any(uint64_t word, const char *chars)
{
        for (; *chars; chars++)
                if (tn_word_has(word, (unsigned char)*chars))
                        return true;
        return false;
}

bool tn_span_has_any(struct span s, const char *chars)
{
        if (chars[0] && !chars[1])
                return tn_span_chr(s, chars[0]) < s.len;
        for (; s.len >= 8; s = (struct span){ s.ptr + 8, s.len - 8 })
                if (word_has_any(tn_word_load(s.ptr), chars))
                        return true;
        return s.len && word_has_any(tn_word_head(s), chars);
}

bool tn_span_is_printable(struct span s)
{
        for (; s.len >= 8; s = tn_span_skip(s, 8))
                if (!tn_word_is_printable(tn_word_load(s.ptr)))
                        return false;
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

static bool is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct span tn_span_trim(struct span s)
{
        while (s.len && is_blank(s.ptr[0]))
                s = tn_span_skip(s, 1);
        while (s.len && is_blank(s.ptr[s.len - 1]))
                s.len--;
        return s;
}

struct span tn_span_word(struct span *rest, const char *blanks)
{
        struct set set = set_of(blanks);
        size_t from = 0, to;
        struct span word;

        while (from < rest->len && has(&set, rest->ptr[from]))
                from++;
        for (to = from; to < rest->len && !has(&set, rest->ptr[to]);)
                to++;
        word = tn_span_head(tn_span_skip(*rest, from), to - from);
        *rest = tn_span_skip(*rest, to);
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
