/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a record of /dev/kmsg. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/klog.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static bool lies_in(struct span part, struct span whole)
{
        return part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span bytes = { (const char *)data, size };
        struct tn_klog_record record;
        struct tn_klog_event event;
        int r = tn_klog_parse(bytes, &record);

        if (r < 0) {
                must(r == -EINVAL);
                record.text = bytes;
        } else {
                must(record.level < 8 && tn_span_chr(record.text, '\n') == record.text.len);
        }
        must(lies_in(record.text, bytes));
        tn_klog_unescape(record.text, &text);
        must(text.len <= record.text.len);
        if (tn_klog_match(tn_buf_span(&text), &event)) {
                must(event.kind < TN_KLOG_KINDS);
                must(lies_in(event.module, tn_buf_span(&text)) &&
                     lies_in(event.subject, tn_buf_span(&text)) && lies_in(event.other, tn_buf_span(&text)));
        }
        return 0;
}
