/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_SPAN_H
#define TN_UTIL_SPAN_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* A view of bytes that somebody else owns; not NUL-terminated. The empty span may have any ptr, also NULL. */
struct span {
        const char *ptr;
        size_t len;
};

/* A span over a string literal. */
#define SPAN(lit)   ((struct span){ "" lit, sizeof(lit) - 1 })

/* For printf: printf("%.*s", SPAN_FMT(s)). A precision is an int, and a negative one would count as none. */
#define SPAN_FMT(s) (int)((s).len < INT_MAX ? (s).len : INT_MAX), ((s).ptr ? (s).ptr : "")

/* A span over a C string, without its NUL; NULL gives the empty span. */
static inline struct span tn_span_of(const char *str)
{
        return (struct span){ str, str ? strlen(str) : 0 };
}

static inline bool tn_span_eq(struct span a, struct span b)
{
        return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool tn_span_starts(struct span s, struct span prefix)
{
        return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool tn_span_ends(struct span s, struct span suffix)
{
        return s.len >= suffix.len &&
               (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* The span from byte n on; empty when there are fewer. */
static inline struct span tn_span_skip(struct span s, size_t n)
{
        size_t passed = n < s.len ? n : s.len;

        return (struct span){ passed ? s.ptr + passed : s.ptr, s.len - passed };
}

/* The first n bytes, or all when there are fewer. */
static inline struct span tn_span_head(struct span s, size_t n)
{
        return (struct span){ s.ptr, n < s.len ? n : s.len };
}

/* Ordering as strcmp has it: bytes as unsigned, a prefix comes first. */
int tn_span_cmp(struct span a, struct span b);

/* The position of the first (last) c, or s.len when there is none. */
size_t tn_span_chr(struct span s, char c);
size_t tn_span_rchr(struct span s, char c);

/* Whether one of the bytes of set is in s. */
bool tn_span_has_any(struct span s, const char *set);

/* Whether every byte is a printable one of 7-bit ASCII, blanks included. */
bool tn_span_is_printable(struct span s);

/* The part after the last '/', or the whole. */
struct span tn_span_base(struct span path);

/* Without the blanks, tabs, carriage returns and newlines at both ends. */
struct span tn_span_trim(struct span s);

/*
 * Takes the next word off the front of *rest: leading bytes of `blanks` are passed over, and *rest begins right
 * behind the word. Empty when no word is left.
 */
struct span tn_span_word(struct span *rest, const char *blanks);

/* Whether one of the words of a list, which bytes of `blanks` separate, is this one. */
bool tn_span_has_word(struct span list, const char *blanks, struct span word);

/*
 * Takes everything up to the first sep off the front of *rest, and the separator with it. A last piece without
 * separator counts. False when *rest is empty.
 */
bool tn_span_split(struct span *rest, char sep, struct span *ret_piece);

/* Writes the bytes and a NUL to where there is room for both. Returns that place, or NULL when it is NULL. */
char *tn_span_write(struct span s, char *to);

/* A NUL-terminated copy, to be freed by the caller; NULL without memory. */
char *tn_span_dup(struct span s);

#endif
