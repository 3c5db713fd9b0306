/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are the head of a file. */
#include <stdint.h>
#include <stdlib.h>

#include "format/codec_head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span head = { (const char *)data, size };
        const struct tn_codec *codec = tn_codec_find(head);
        enum tn_codec_objection objection;

        if (!codec)
                return 0;
        objection = tn_codec_head_objection(codec, head);
        /* what is behind the head changes nothing */
        if (size > TN_CODEC_HEAD &&
            tn_codec_head_objection(codec, tn_span_head(head, TN_CODEC_HEAD)) != objection)
                abort();
        return 0;
}
