/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/detect_signer.h"

/* A line of /proc/keys has so many words before the type of the key. */
#define WORDS_BEFORE_TYPE 7

/* Of "14262f16 I------ 1 perm 1f030000 0 0 asymmetri Build time key: 8963f7: X509.rsa 371a5bb8 []" what is from "Build". */
static bool is_asymmetric(struct span line, struct span *ret_description)
{
        for (size_t i = 0; i < WORDS_BEFORE_TYPE; i++)
                tn_span_word(&line, " ");
        if (!tn_span_eq(tn_span_word(&line, " "), SPAN("asymmetri")))
                return false;
        *ret_description = tn_span_trim(line);
        return true;
}

enum tn_signer tn_detect_signer(struct span keys, struct span signer)
{
        struct span line, key;
        size_t n = 0;

        while (signer.len && tn_span_split(&keys, '\n', &line)) {
                if (!is_asymmetric(line, &key))
                        continue;
                n++;
                if (tn_span_starts(key, signer) && tn_span_starts(tn_span_skip(key, signer.len), SPAN(": ")))
                        return TN_SIGNER_NAMESAKE;
        }
        return n ? TN_SIGNER_STRANGER : TN_SIGNER_UNTOLD;
}
