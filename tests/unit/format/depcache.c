/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/depcache.h"
#include "util/cleanup.h"

#define TEXT(literal) ((struct span){ literal, sizeof(literal) })

static const struct tn_depcache_head head = {
        .path = SPAN("/lib/modules/6.1.0"),
        .written_sec = -5,
        .inputs = { UINT64_MAX, 7 },
        .n_outputs = 2,
        .outputs = { { 12, 0xaf63dc4c8601ec8cu }, { UINT64_MAX, 1 } },
        .records_len = 1000,
        .records_sum = 3,
};

static const struct tn_depcache_record full = {
        .id = { 1, UINT64_MAX, 3, -4, 5, 6, 999999999 },
        .lists = { { 2, TEXT("a\0b") }, { 0 }, { 1, TEXT("") }, { 2, TEXT("x\0y") }, { 1, TEXT("need") } },
        .crcs = { "\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0", 16 },
};

static const struct tn_depcache_record empty = { .id = { .inode = 1 } };

CHECK(depcache_head_comes_back_as_it_was)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_depcache_head back;
        struct span bytes;

        tn_buf_add_str(&out, "before");
        assert_int_equal(tn_depcache_head_format(&head, &out), 0);
        tn_buf_add_str(&out, "behind");
        bytes = tn_span_skip(tn_buf_span(&out), 6);
        assert_int_equal(tn_depcache_head_parse(&bytes, &back), 0);
        assert_span(bytes, "behind");
        assert_span(back.path, "/lib/modules/6.1.0");
        assert_int_equal(back.written_sec, -5);
        assert_true(back.inputs[0] == UINT64_MAX && back.inputs[1] == 7);
        assert_int_equal(back.n_outputs, 2);
        assert_true(back.outputs[0].size == 12 && back.outputs[0].sum == head.outputs[0].sum);
        assert_true(back.outputs[1].size == UINT64_MAX && back.outputs[1].sum == 1);
        assert_int_equal(back.records_len, 1000);
        assert_int_equal(back.records_sum, 3);
}

/* Every bit counts, and a head that was cut anywhere is none. */
CHECK(depcache_head_that_is_damaged_is_none)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_depcache_head back;
        struct span bytes;

        assert_int_equal(tn_depcache_head_format(&head, &out), 0);
        for (size_t len = 0; len < out.len; len++) {
                bytes = tn_span_head(tn_buf_span(&out), len);
                assert_int_equal(tn_depcache_head_parse(&bytes, &back), -EINVAL);
        }
        for (size_t bit = 0; bit < 8 * out.len; bit++) {
                bool is_version = bit / 8 >= 8 && bit / 8 < 12;

                out.ptr[bit / 8] ^= (char)(1 << bit % 8);
                bytes = tn_buf_span(&out);
                assert_int_equal(tn_depcache_head_parse(&bytes, &back),
                                 is_version ? -EPROTONOSUPPORT : -EINVAL);
                out.ptr[bit / 8] ^= (char)(1 << bit % 8);
        }
}

CHECK(depcache_head_has_room_for_the_longest)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        static char path[65536];
        struct tn_depcache_head long_one = { .n_outputs = TN_DEPCACHE_OUTPUTS_MAX }, back;
        struct span bytes;

        assert_int_equal(tn_depcache_head_format(&long_one, &out), -EINVAL);
        memset(path, 'x', sizeof(path));
        long_one.path = (struct span){ path, sizeof(path) };
        assert_int_equal(tn_depcache_head_format(&long_one, &out), -EINVAL);
        long_one.path.len--;
        assert_int_equal(tn_depcache_head_format(&long_one, &out), 0);
        assert_true(out.len <= TN_DEPCACHE_HEAD_MAX);
        bytes = tn_buf_span(&out);
        assert_int_equal(tn_depcache_head_parse(&bytes, &back), 0);
        assert_true(tn_span_eq(back.path, long_one.path));
        long_one.n_outputs++;
        assert_int_equal(tn_depcache_head_format(&long_one, &out), -EINVAL);
}

static void assert_record(const struct tn_depcache_record *a, const struct tn_depcache_record *b)
{
        assert_true(tn_depcache_same(&a->id, &b->id));
        for (int i = 0; i < TN_DEPCACHE_LISTS; i++) {
                assert_int_equal(a->lists[i].n, b->lists[i].n);
                assert_true(tn_span_eq(a->lists[i].text, b->lists[i].text));
        }
        assert_true(tn_span_eq(a->crcs, b->crcs));
}

CHECK(depcache_records_come_back_as_they_were)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_depcache_record record;
        struct span rest;

        assert_int_equal(tn_depcache_record_format(&full, &out), 0);
        assert_int_equal(tn_depcache_record_format(&empty, &out), 0);
        rest = tn_buf_span(&out);
        assert_int_equal(tn_depcache_record_next(&rest, &record), 1);
        assert_record(&record, &full);
        assert_int_equal(tn_depcache_record_next(&rest, &record), 1);
        assert_record(&record, &empty);
        assert_int_equal(tn_depcache_record_next(&rest, &record), 0);
}

static void assert_no_record(struct tn_depcache_record record)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        assert_int_equal(tn_depcache_record_format(&record, &out), -EINVAL);
}

CHECK(depcache_record_has_as_many_texts_as_it_says)
{
        struct tn_depcache_record record = full;

        record.lists[0].n = 1;
        assert_no_record(record);
        record.lists[0].n = 3;
        assert_no_record(record);
        record = full;
        record.lists[1].n = 1;
        assert_no_record(record);
        record = full;
        record.lists[4].text.len--;
        assert_no_record(record);
        record = full;
        record.crcs.len -= 8;
        assert_no_record(record);
}

/* Whatever is in it: one that can be read has what it says, and is never longer than its bytes. */
CHECK(depcache_record_that_is_damaged_is_none_or_another)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 }, again = { 0 };
        struct tn_depcache_record record;
        struct span rest;

        assert_int_equal(tn_depcache_record_format(&full, &out), 0);
        for (size_t len = 1; len < out.len; len++) {
                rest = tn_span_head(tn_buf_span(&out), len);
                assert_int_equal(tn_depcache_record_next(&rest, &record), -EINVAL);
        }
        for (size_t bit = 0; bit < 8 * out.len; bit++) {
                out.ptr[bit / 8] ^= (char)(1 << bit % 8);
                rest = tn_buf_span(&out);
                tn_buf_reset(&again);
                if (tn_depcache_record_next(&rest, &record) > 0) {
                        assert_int_equal(tn_depcache_record_format(&record, &again), 0);
                        assert_int_equal(again.len, out.len);
                }
                out.ptr[bit / 8] ^= (char)(1 << bit % 8);
        }
}

CHECK(depcache_id_knows_all_that_can_change)
{
        const struct stat st = {
                .st_dev = 1,
                .st_ino = 2,
                .st_size = 3,
                .st_mtim = { 4, 5 },
                .st_ctim = { 6, 7 },
        };
        const struct tn_depcache_id id = tn_depcache_id_of(&st);
        const struct tn_depcache_id others[] = {
                { 9, 2, 3, 4, 6, 5, 7 }, { 1, 9, 3, 4, 6, 5, 7 }, { 1, 2, 9, 4, 6, 5, 7 },
                { 1, 2, 3, 9, 6, 5, 7 }, { 1, 2, 3, 4, 9, 5, 7 }, { 1, 2, 3, 4, 6, 9, 7 },
                { 1, 2, 3, 4, 6, 5, 9 },
        };

        assert_true(tn_depcache_same(&id, &(struct tn_depcache_id){ 1, 2, 3, 4, 6, 5, 7 }));
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                assert_false(tn_depcache_same(&id, &others[i]));
}
