/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/lint/slip.h"

/* Letters that a part has at least, for each kind of slip. */
#define SWAPPED_MIN 4
#define DOUBLED_MIN 4
#define MISSING_MIN 6
#define CHANGED_MIN 8

static bool is_digit(char c)
{
        return c >= '0' && c <= '9';
}

/* How many bytes they have in common at their beginnings. */
static size_t common(struct span a, struct span b)
{
        size_t n = 0;

        while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
                n++;
        return n;
}

static bool is_swapped(struct span a, struct span b, size_t at)
{
        return a.len >= SWAPPED_MIN && at + 1 < a.len && a.ptr[at] == b.ptr[at + 1] &&
               a.ptr[at + 1] == b.ptr[at] && !is_digit(a.ptr[at]) && !is_digit(b.ptr[at]) &&
               tn_span_eq(tn_span_skip(a, at + 2), tn_span_skip(b, at + 2));
}

/* Names that begin or end otherwise are of different things: rtl8192c and rtl8192d. */
static bool is_changed(struct span a, struct span b, size_t at)
{
        return a.len >= CHANGED_MIN && at > 0 && at + 1 < a.len && !is_digit(a.ptr[at]) &&
               !is_digit(b.ptr[at]) && tn_span_eq(tn_span_skip(a, at + 1), tn_span_skip(b, at + 1));
}

/* The first has one letter more, at that place or at the end of a run of it. One at the end makes another name: e1000e. */
static bool has_more(struct span a, struct span b, size_t at)
{
        bool doubled = at > 0 && a.ptr[at] == a.ptr[at - 1];

        return a.len > (doubled ? DOUBLED_MIN : MISSING_MIN) && (doubled || at + 1 < a.len) &&
               !is_digit(a.ptr[at]) && tn_span_eq(tn_span_skip(a, at + 1), tn_span_skip(b, at));
}

static bool is_slip_in_part(struct span a, struct span b)
{
        size_t at = common(a, b);

        if (a.len == b.len)
                return is_swapped(a, b, at) || is_changed(a, b, at);
        if (a.len == b.len + 1)
                return has_more(a, b, at);
        return b.len == a.len + 1 && has_more(b, a, at);
}

/* Parts as far as both have them. Returns how many differ; more than one is as good as many. */
static unsigned compare_parts(struct span a, struct span b, struct span *ret_a, struct span *ret_b)
{
        struct span part_a, part_b;
        unsigned differ = 0;

        for (;;) {
                bool more_a = tn_span_split(&a, '_', &part_a), more_b = tn_span_split(&b, '_', &part_b);

                if (more_a != more_b)
                        return 2;
                if (!more_a || differ > 1)
                        return differ;
                if (tn_span_eq(part_a, part_b))
                        continue;
                differ++;
                *ret_a = part_a;
                *ret_b = part_b;
        }
}

static bool next_letter(struct span *text, char *ret_letter)
{
        while (text->len && text->ptr[0] == '_')
                *text = tn_span_skip(*text, 1);
        if (text->len == 0)
                return false;
        *ret_letter = text->ptr[0];
        *text = tn_span_skip(*text, 1);
        return true;
}

static bool is_same_without_bars(struct span a, struct span b)
{
        char in_a = 0, in_b = 0;

        for (;;) {
                bool more_a = next_letter(&a, &in_a), more_b = next_letter(&b, &in_b);

                if (more_a != more_b || (more_a && in_a != in_b))
                        return false;
                if (!more_a)
                        return true;
        }
}

bool tn_lint_is_slip(struct span name, struct span other)
{
        struct span a = SPAN(""), b = SPAN("");

        if (name.len > other.len + 4 || other.len > name.len + 4 || tn_span_eq(name, other))
                return false;
        return is_same_without_bars(name, other) ||
               (compare_parts(name, other, &a, &b) == 1 && is_slip_in_part(a, b));
}
