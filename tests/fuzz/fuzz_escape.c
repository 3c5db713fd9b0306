/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are somebody else's text. Nothing that a terminal obeys is left of it, and the rest is. */
#include <stdint.h>
#include <stdlib.h>

#include "util/cleanup.h"
#include "util/escape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static void check(struct span text, enum tn_escape how)
{
        _cleanup_(tn_buf_fini) struct tn_buf once = { 0 }, twice = { 0 };
        bool ascii = true;

        tn_escape_add(text, how, &once);
        must(tn_escape_is_clean(tn_buf_span(&once), how));
        tn_escape_add(tn_buf_span(&once), how, &twice);
        must(tn_span_eq(tn_buf_span(&once), tn_buf_span(&twice)));
        must(tn_escape_is_clean(text, how) == tn_span_eq(text, tn_buf_span(&once)));
        for (size_t i = 0; i < once.len; i++) {
                unsigned char c = (unsigned char)once.ptr[i];

                must(c >= ' ' || c == '\t' || (c == '\n' && how == TN_ESCAPE_IN_LINES));
                must(c != 0x7f && (!ascii || c < 0x80 || c > 0x9f));
                ascii = c < 0x80;
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span text = { (const char *)data, size };

        check(text, TN_ESCAPE_ALL);
        check(text, TN_ESCAPE_IN_LINES);
        return 0;
}
