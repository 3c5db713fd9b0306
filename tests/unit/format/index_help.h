/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_INDEX_HELP_H
#define TN_TESTS_INDEX_HELP_H

#include "format/index_read.h"
#include "format/index_write.h"
#include "util/cleanup.h"

struct index_line {
        const char *key;
        uint32_t priority;
        const char *value;
};

/* An index of these lines, added in this order, read back. */
static inline struct tn_index index_of(const struct index_line *lines, size_t n, struct tn_buf *buf)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        struct tn_index index = { 0 };

        assert_non_null(writer);
        for (size_t i = 0; i < n; i++)
                assert_int_equal(tn_index_writer_add(writer, tn_span_of(lines[i].key),
                                                     tn_span_of(lines[i].value), lines[i].priority),
                                 0);
        assert_int_equal(tn_index_writer_emit(writer, buf), 0);
        assert_int_equal(tn_index_parse(tn_buf_span(buf), &index), 0);
        return index;
}

static inline int index_print(void *data, struct span key, struct tn_index_value value)
{
        tn_buf_addf(data, "%.*s=%u:%.*s ", SPAN_FMT(key), value.priority, SPAN_FMT(value.value));
        return 0;
}

/* The index has exactly this content, written "KEY=PRIORITY:VALUE ". */
static inline void assert_content(const struct tn_index *index, const char *content)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        assert_int_equal(tn_index_each(index, index_print, &text), 0);
        assert_string_equal(tn_buf_str(&text), content);
}

#define INDEX_OF(lines, buf) index_of(lines, ARRAY_SIZE(lines), buf)

#endif
