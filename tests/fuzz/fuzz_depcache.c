/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The bytes are the records of a cache, and its head once their sum is put behind them, or else no input would get past
 * it. What is accepted is made again of what was read.
 */
#include <stdlib.h>

#include "format/depcache.h"
#include "util/cleanup.h"
#include "util/sum.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static void check_record(const struct tn_depcache_record *record)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_depcache_record again;
        struct span bytes;

        must(tn_depcache_record_format(record, &out) == 0);
        bytes = tn_buf_span(&out);
        must(tn_depcache_record_next(&bytes, &again) == 1 && bytes.len == 0);
        must(tn_depcache_same(&record->id, &again.id) && tn_span_eq(record->crcs, again.crcs));
        for (int i = 0; i < TN_DEPCACHE_LISTS; i++)
                must(tn_span_eq(record->lists[i].text, again.lists[i].text));
}

static void check_head(struct span bytes)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_depcache_head head, again;

        if (tn_depcache_head_parse(&bytes, &head) < 0)
                return;
        must(head.path.len > 0 && head.n_outputs <= TN_DEPCACHE_OUTPUTS_MAX);
        must(tn_depcache_head_format(&head, &out) == 0 && out.len <= TN_DEPCACHE_HEAD_MAX);
        bytes = tn_buf_span(&out);
        must(tn_depcache_head_parse(&bytes, &again) == 0 && tn_span_eq(head.path, again.path));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf sealed = { 0 };
        struct span bytes = { (const char *)data, size }, rest = bytes;
        struct tn_depcache_record record;

        while (tn_depcache_record_next(&rest, &record) > 0)
                check_record(&record);
        check_head(bytes);
        tn_buf_add_span(&sealed, bytes);
        for (uint64_t sum = tn_sum(bytes, 1); sealed.len < size + 8; sum >>= 8)
                tn_buf_add_char(&sealed, (char)sum);
        must(tn_buf_error(&sealed) == 0);
        check_head(tn_buf_span(&sealed));
        return 0;
}
