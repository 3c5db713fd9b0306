/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a line of modprobe.conf. What it is rewritten to must be a record, or be a bad line too. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/classic_conf.h"
#include "format/modprobe_conf.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, twice = { 0 };
        struct span line = { (const char *)data, size };
        struct tn_conf_record record;
        int r;

        switch (tn_classic_conf_parse(line, &text)) {
        case TN_CLASSIC_NONE: must(text.len == 0); break;
        case TN_CLASSIC_INCLUDE: must(!text.len || !tn_span_has_any(tn_buf_span(&text), " \t")); break;
        case TN_CLASSIC_REFUSED: must(text.len > 0); break;
        case TN_CLASSIC_REWRITE:
                must(tn_classic_conf_parse(tn_buf_span(&text), &twice) == TN_CLASSIC_NONE);
                r = tn_modprobe_conf_parse(tn_buf_span(&text), &arena, &record);
                must(r == -EINVAL || (r == 1 && record.kind == TN_CONF_INSTALL &&
                                      tn_span_eq(record.value, SPAN("/bin/true"))));
                break;
        }
        return 0;
}
