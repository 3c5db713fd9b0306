/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The first byte is the length of a text, the text follows, the rest is an index. What can be read of it is read in
 * every way, and the ways must agree.
 */
#include <errno.h>
#include <fnmatch.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/index_read.h"
#include "format/index_write.h"
#include "util/buf.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
        const struct tn_index *index;
        struct span text;
        struct tn_index_writer *writer;
        struct tn_buf last;
        bool any;
        size_t n_matching;
        size_t n_written;
};

static void must(bool held)
{
        if (!held)
                abort();
}

static bool within(struct span part, struct span whole)
{
        return part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

static bool is_wildcard(char c)
{
        return c == '*' || c == '?' || c == '[';
}

static bool has_wildcard(struct span s)
{
        return tn_span_has_any(s, "*?[");
}

static bool matches_from(struct span key, struct span text, size_t n)
{
        _cleanup_(freep) char *pattern = tn_span_dup(tn_span_skip(key, n));
        _cleanup_(freep) char *rest = tn_span_dup(tn_span_skip(text, n));

        return pattern && rest && fnmatch(pattern, rest, 0) == 0;
}

/*
 * The documented meaning of a key as a pattern: literal up to its first wildcard, or to a later one that the text has as
 * well. A text with a NUL has none.
 */
static bool matches(struct span key, struct span text)
{
        if (tn_span_chr(text, '\0') < text.len)
                return false;
        for (size_t n = 0; n < key.len; n++) {
                if (is_wildcard(key.ptr[n]) && matches_from(key, text, n))
                        return true;
                if (n == text.len || key.ptr[n] != text.ptr[n])
                        return false;
        }
        return key.len == text.len;
}

static int see(void *data, struct span key, struct tn_index_value value)
{
        struct seen *seen = data;
        int order = seen->any ? tn_span_cmp(key, tn_buf_span(&seen->last)) : 1;
        struct tn_index_value first;

        must(within(value.value, seen->index->bytes));
        must(tn_span_chr(key, '\0') == key.len && tn_span_chr(value.value, '\0') == value.value.len);
        must(order >= 0);
        if (order > 0) {
                must(tn_index_find(seen->index, key, &first) == 0);
                must(tn_span_eq(first.value, value.value) && first.priority == value.priority);
        }
        seen->n_matching += matches(key, seen->text);
        tn_buf_reset(&seen->last);
        tn_buf_add_span(&seen->last, key);
        seen->any = true;
        /* what is not ASCII can be read but not written */
        seen->n_written += tn_index_writer_add(seen->writer, key, value.value, value.priority) == 0;
        return 0;
}

/* Whether a hit's value stands under its key, which is a pattern of the text. */
struct wanted {
        const struct tn_index_hit *hit;
        bool found;
};

static int find_hit(void *data, struct span key, struct tn_index_value value)
{
        struct wanted *wanted = data;

        wanted->found |= tn_span_eq(key, tn_span_of(wanted->hit->key)) &&
                         value.value.ptr == wanted->hit->value.ptr && value.priority == wanted->hit->priority;
        return 0;
}

static void check_hit(const struct tn_index *index, struct span text, const struct tn_index_hit *hit)
{
        struct wanted wanted = { .hit = hit };

        must(within(hit->value, index->bytes));
        must(matches(tn_span_of(hit->key), text));
        must(tn_index_each(index, find_hit, &wanted) < 0 || wanted.found);
}

static int count(void *data, struct span key, struct tn_index_value value)
{
        ++*(size_t *)data;
        return 0;
}

/* What was written can be read, whatever the order of the values was. */
static void check_written(struct tn_index_writer *writer, size_t n_values)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct tn_index index;
        size_t n = 0;

        must(tn_index_writer_emit(writer, &bytes) == 0);
        must(tn_index_parse(tn_buf_span(&bytes), &index) == 0);
        must(tn_index_each(&index, count, &n) == 0);
        must(n == n_values);
}

static void check(const struct tn_index *index, struct span text)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_index_hits_fini) struct tn_index_hits hits = { 0 };
        struct seen seen = { .index = index, .text = text, .writer = writer };
        int each = tn_index_each(index, see, &seen), match = tn_index_match(index, text, &arena, &hits);
        struct tn_index_value value;
        int find = tn_index_find(index, text, &value);

        must(find == 0 || find == -ENOENT || find == -EINVAL);
        must(match == 0 || match == -EINVAL);
        must(match == 0 || hits.n == 0);
        for (size_t i = 0; i < hits.n; i++) {
                check_hit(index, text, &hits.v[i]);
                must(i == 0 || hits.v[i - 1].priority <= hits.v[i].priority);
        }
        if (each == 0) {
                must(match == 0);
                must(has_wildcard(text) || hits.n == seen.n_matching);
                check_written(writer, seen.n_written);
        }
        tn_buf_fini(&seen.last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span bytes = { (const char *)data, size }, text;
        struct tn_index index;

        if (size == 0)
                return 0;
        text = tn_span_head(tn_span_skip(bytes, 1), data[0]);
        bytes = tn_span_skip(bytes, 1 + text.len);
        if (tn_index_parse(bytes, &index) == 0)
                check(&index, text);
        return 0;
}
