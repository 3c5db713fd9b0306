/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A line with a type, and behind it a value. */
#include <stdint.h>
#include <stdlib.h>

#include "format/paramvalue.h"
#include "util/buf.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An array of one takes what its type takes, but for a ',' in a string; a long takes all that an int takes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span value = { (const char *)data, size }, type;
        _cleanup_(tn_buf_fini) struct tn_buf array = { 0 };
        enum tn_paramvalue verdict;

        if (!tn_span_split(&value, '\n', &type) || !value.ptr)
                return 0;
        verdict = tn_paramvalue_check(type, true, value);
        tn_buf_addf(&array, "array of %.*s", SPAN_FMT(type));
        if (!tn_span_starts(type, SPAN("array of ")) && tn_span_chr(value, ',') == value.len &&
            tn_paramvalue_check(tn_buf_span(&array), true, value) != verdict)
                abort();
        if (tn_span_eq(type, SPAN("int")) && verdict == TN_PARAMVALUE_GOOD &&
            tn_paramvalue_check(SPAN("long"), true, value) != TN_PARAMVALUE_GOOD)
                abort();
        return 0;
}
