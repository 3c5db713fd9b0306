/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <strings.h>

#include "core/detect_name.h"
#include "util/cleanup.h"

/* Longer names are not held against each other. */
#define LIKE_MAX 55

/* Shorter ones have neighbours that are something else: "tun" and "tung". */
#define LIKE_MIN 4

bool tn_detect_like_known(struct span names, struct span name)
{
        struct span one;

        while (tn_span_split(&names, '\0', &one))
                if (tn_span_eq(one, name))
                        return true;
        return false;
}

const char *tn_detect_like_case(struct span names, struct span name)
{
        struct span one;

        while (tn_span_split(&names, '\0', &one))
                if (one.len == name.len && name.len && strncasecmp(one.ptr, name.ptr, name.len) == 0)
                        return one.ptr;
        return NULL;
}

static bool is_digit(char c)
{
        return c >= '0' && c <= '9';
}

static bool next_digit(struct span *text, char *ret_digit)
{
        while (text->len) {
                char c = text->ptr[0];

                *text = tn_span_skip(*text, 1);
                if (!is_digit(c))
                        continue;
                *ret_digit = c;
                return true;
        }
        return false;
}

/* Names that differ in a digit are of different things: r8168 and r8169. */
static bool has_same_digits(struct span a, struct span b)
{
        char in_a = 0, in_b = 0;
        bool more_a, more_b;

        do {
                more_a = next_digit(&a, &in_a);
                more_b = next_digit(&b, &in_b);
                if (more_a != more_b || (more_a && in_a != in_b))
                        return false;
        } while (more_a);
        return true;
}

static size_t least(size_t a, size_t b, size_t c)
{
        size_t ab = MIN(a, b);

        return MIN(ab, c);
}

/* Letters that are put in, left out or changed, and neighbours that are swapped. Both are at most LIKE_MAX bytes long. */
static size_t distance(struct span a, struct span b)
{
        size_t rows[3][LIKE_MAX + 1], *before = rows[0], *above = rows[1], *row = rows[2];

        for (size_t j = 0; j <= b.len; j++)
                above[j] = j;
        for (size_t i = 1; i <= a.len; i++) {
                size_t *unused = before;

                row[0] = i;
                for (size_t j = 1; j <= b.len; j++) {
                        char ca = a.ptr[i - 1], cb = b.ptr[j - 1];

                        row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (ca != cb));
                        if (i > 1 && j > 1 && ca == b.ptr[j - 2] && cb == a.ptr[i - 2])
                                row[j] = MIN(row[j], before[j - 2] + 1);
                }
                before = above;
                above = row;
                row = unused;
        }
        return above[b.len];
}

/* Who slips rarely does so in the first letter. */
static bool begins_alike(struct span a, struct span b)
{
        return a.ptr[0] == b.ptr[0] || (a.ptr[0] == b.ptr[1] && a.ptr[1] == b.ptr[0]);
}

/* Another letter makes another name of a short one: "vfat" and "xfat". */
static bool is_another(struct span a, struct span b)
{
        size_t n = 0;

        for (size_t i = 0; i < a.len && a.len == b.len; i++)
                n += a.ptr[i] != b.ptr[i];
        return a.len < 5 && n == 1;
}

/* One slip in a short name, two in a long one. Where two names are equally near, neither is meant for certain. */
const char *tn_detect_like_nearest(struct span names, struct span name)
{
        size_t best = name.len < 8 ? 2 : 3;
        const char *nearest = NULL;
        struct span one;

        if (name.len < LIKE_MIN || name.len > LIKE_MAX)
                return NULL;
        while (tn_span_split(&names, '\0', &one)) {
                size_t n;

                if (one.len < LIKE_MIN || one.len > LIKE_MAX || one.len > name.len + best ||
                    name.len > one.len + best || !begins_alike(one, name) || !has_same_digits(one, name) ||
                    is_another(one, name))
                        continue;
                n = distance(one, name);
                if (n < best || !nearest)
                        nearest = n < best ? one.ptr : NULL;
                else if (n == best && strcmp(nearest, one.ptr) != 0)
                        nearest = "";
                best = MIN(best, n);
        }
        return nearest && *nearest ? nearest : NULL;
}
