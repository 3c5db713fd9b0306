/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "index_help.h"

#define HEADER "\xb0\x07\xf4\x57\0\x02\0\x01"

static const struct index_line fruits[] = {
        { "apple", 3, "red" }, { "apple", 1, "green" }, { "apricot", 2, "orange" },
        { "app", 4, "phone" }, { "b", 5, "" },
};

static struct tn_index parse(struct span bytes)
{
        struct tn_index index;

        assert_int_equal(tn_index_parse(bytes, &index), 0);
        return index;
}

static int count(void *data, struct span key, struct tn_index_value value)
{
        ++*(unsigned *)data;
        return 0;
}

/* Every way of reading ends, each with this result. */
static void assert_all(struct span bytes, int find, int match, int each)
{
        struct tn_index index = parse(bytes);
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_index_hits hits = { 0 };
        struct tn_index_value value;
        unsigned n = 0;

        assert_int_equal(tn_index_find(&index, SPAN("aaa"), &value), find);
        assert_int_equal(tn_index_match(&index, SPAN("aaa"), &arena, &hits), match);
        assert_int_equal(tn_index_each(&index, count, &n), each);
        tn_index_hits_fini(&hits);
}

CHECK(index_read_knows_its_files)
{
        struct tn_index index;

        assert_int_equal(tn_index_parse(SPAN("\xb0\x07\xf4"), &index), -EINVAL);
        assert_int_equal(tn_index_parse(SPAN("\xb0\x07\xf4\x57\0\x02\0\x01\0\0\0"), &index), -EINVAL);
        assert_int_equal(tn_index_parse(SPAN("\xb0\x07\xf4\x58\0\x02\0\x01\0\0\0\x0c"), &index), -EINVAL);
        assert_int_equal(tn_index_parse(SPAN("\xb0\x07\xf4\x57\0\x01\0\x01\0\0\0\x0c"), &index), -EINVAL);
        assert_int_equal(tn_index_parse(SPAN("\xb0\x07\xf4\x57\0\x03\0\x01\0\0\0\x0c"), &index), -EINVAL);
        assert_int_equal(tn_index_parse(SPAN("\xb0\x07\xf4\x57\0\x02\0\x09\0\0\0\x0c"), &index), 0);
}

CHECK(index_read_finds_nothing_in_an_empty_one)
{
        assert_all(SPAN(""), -ENOENT, 0, 0);
        assert_all(SPAN(HEADER "\0\0\0\x0c"), -ENOENT, 0, 0);
        assert_all(SPAN(HEADER "\0\0\0\0"), -ENOENT, 0, 0);
        assert_all(SPAN(HEADER "\xe0\0\0\0"), -ENOENT, 0, 0);
}

CHECK(index_read_finds_the_first_value_of_a_key)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(fruits, &buf);
        struct tn_index_value value;

        assert_int_equal(tn_index_find(&index, SPAN("apple"), &value), 0);
        assert_span(value.value, "green");
        assert_int_equal(value.priority, 1);
        assert_int_equal(tn_index_find(&index, SPAN("app"), &value), 0);
        assert_span(value.value, "phone");
        assert_int_equal(tn_index_find(&index, SPAN("b"), &value), 0);
        assert_span(value.value, "");
}

CHECK(index_read_finds_no_part_and_no_more_of_a_key)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        const char *bad[] = { "", "a", "ap", "appl", "apples", "apricots", "c", "A", "\x80", "a\x80" };
        struct tn_index index = INDEX_OF(fruits, &buf);
        struct tn_index_value value = { .priority = 42 };

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_int_equal(tn_index_find(&index, tn_span_of(bad[i]), &value), -ENOENT);
        assert_int_equal(tn_index_find(&index, SPAN("b\0"), &value), -ENOENT);
        assert_int_equal(value.priority, 42);
}

CHECK(index_read_takes_keys_for_text_when_it_finds)
{
        struct index_line lines[] = { { "a*", 0, "star" } };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(lines, &buf);
        struct tn_index_value value;

        assert_int_equal(tn_index_find(&index, SPAN("ab"), &value), -ENOENT);
        assert_int_equal(tn_index_find(&index, SPAN("a*"), &value), 0);
}

CHECK(index_read_gives_each_key_in_order)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(fruits, &buf);

        assert_content(&index, "app=4:phone apple=1:green apple=3:red apricot=2:orange b=5: ");
}

static int stop_at_second(void *data, struct span key, struct tn_index_value value)
{
        return ++*(unsigned *)data == 2 ? 17 : 0;
}

CHECK(index_read_stops_when_it_is_told)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct tn_index index = INDEX_OF(fruits, &buf);
        unsigned n = 0;

        assert_int_equal(tn_index_each(&index, stop_at_second, &n), 17);
        assert_int_equal(n, 2);
}

CHECK(index_read_does_not_mind_the_order_of_nodes)
{
        /* the root last, as older writers put it: a -> "bc" = 7:x */
        struct tn_index index = parse(SPAN(HEADER "\x20\0\0\x19"
                                                  "bc\0\0\0\0\x01\0\0\0\x07x\0"
                                                  "aa\xc0\0\0\x0c"));

        assert_content(&index, "abc=7:x ");
}

CHECK(index_read_accepts_a_prefix_on_the_root)
{
        struct tn_index index = parse(SPAN(HEADER "\xc0\0\0\x0c"
                                                  "abc\0\0\0\0\x01\0\0\0\x07x\0"));
        struct tn_index_value value;

        assert_int_equal(tn_index_find(&index, SPAN("abc"), &value), 0);
        assert_content(&index, "abc=7:x ");
}

CHECK(index_read_stays_within_the_file)
{
        /* the root, a prefix, a range of children, their table, a count, a priority, a value, a child */
        assert_all(SPAN(HEADER "\x80\0\0\x0c"), -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\x8f\xff\xff\xff"), -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\x80\0\0\x0c"
                               "aaa"),
                   -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\x20\0\0\x0c"
                               "a"),
                   -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\x20\0\0\x0c"
                               "ab\0\0\0\0\0\0\0"),
                   -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\xc0\0\0\x0c"
                               "aaa\0\0\0\0"),
                   -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\xc0\0\0\x0c"
                               "aaa\0\0\0\0\x01\0\0\0"),
                   -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\xc0\0\0\x0c"
                               "aaa\0\0\0\0\x01\0\0\0\x01value"),
                   -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\x20\0\0\x0c"
                               "aa\xe0\0\0\x80"),
                   -EINVAL, -EINVAL, -EINVAL);
}

CHECK(index_read_believes_no_count_of_values)
{
        assert_all(SPAN(HEADER "\xc0\0\0\x0c"
                               "aaa\0\xff\xff\xff\xff\0\0\0\x01v\0"),
                   0, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\xc0\0\0\x0c"
                               "aaa\0\0\0\0\0"),
                   -ENOENT, 0, 0);
}

CHECK(index_read_rejects_children_out_of_range)
{
        assert_all(SPAN(HEADER "\x20\0\0\x0c"
                               "ba\0\0\0\0\0\0\0\0"),
                   -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\x20\0\0\x0c"
                               "a\x80\0\0\0\0\0\0\0\0"),
                   -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\x20\0\0\x0c"
                               "a\xff\0\0\0\0\0\0\0\0"),
                   -EINVAL, -EINVAL, -EINVAL);
        assert_all(SPAN(HEADER "\x20\0\0\x0c"
                               "\0a\0\0\0\0\0\0\0\0"),
                   -EINVAL, -EINVAL, -EINVAL);
}

CHECK(index_read_ends_where_references_run_in_a_circle)
{
        /* the root is its own child, behind a character of the text, and behind a wildcard */
        assert_all(SPAN(HEADER "\x20\0\0\x0c"
                               "aa\x20\0\0\x0c"),
                   -ENOENT, 0, -EINVAL);
        assert_all(SPAN(HEADER "\x20\0\0\x0c"
                               "**\x20\0\0\x0c"),
                   -ENOENT, -EINVAL, -EINVAL);
}

CHECK(index_read_ends_where_nodes_have_many_parents)
{
        /* Forty nodes, both children of each are the next one: 2^40 ways. */
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tn_buf_add(&buf, HEADER "\x20\0\0\x0c", 12);
        for (unsigned i = 1; i <= 40; i++) {
                const char ref[] = { i < 40 ? 0x20 : 0x40, 0, (char)((12 + 10 * i) >> 8),
                                     (char)(12 + 10 * i) };

                tn_buf_add(&buf, "*+", 2);
                tn_buf_add(&buf, ref, 4);
                tn_buf_add(&buf, ref, 4);
        }
        tn_buf_add(&buf, "\0\0\0\0", 4);
        assert_all(tn_buf_span(&buf), -ENOENT, -EINVAL, -EINVAL);
}

CHECK(index_read_walks_deep_trees)
{
        /* 60,000 nodes below each other, a hundred of them with a value: no program's stack is used up */
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_index_hits hits = { 0 };
        struct tn_index index;
        unsigned n = 0;

        tn_buf_add(&buf, HEADER "\x20\0\0\x0c", 12);
        for (size_t i = 0; i < 60000; i++) {
                bool has_value = i % 600 == 599, next_has = i % 600 == 598;
                size_t next = buf.len + 6 + (has_value ? 9 : 0);
                const char ref[] = { next_has ? 0x60 : 0x20, (char)(next >> 16), (char)(next >> 8),
                                     (char)next };

                tn_buf_add(&buf, "**", 2);
                tn_buf_add(&buf, ref, 4);
                if (has_value)
                        tn_buf_add(&buf, "\0\0\0\x01\0\0\0\0", 9);
        }
        tn_buf_add(&buf, "**\0\0\0\0\0\0\0\0", 10);
        index = parse(tn_buf_span(&buf));
        assert_int_equal(tn_index_each(&index, count, &n), 0);
        assert_int_equal(n, 100);
        assert_int_equal(tn_index_match(&index, SPAN("text"), &arena, &hits), 0);
        assert_int_equal(hits.n, 100);
        assert_int_equal(strlen(hits.v[hits.n - 1].key), 59999);
        tn_index_hits_fini(&hits);
}
