/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>

#include "format/codec.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small, so that the bound is met often. */
#define OUT_MAX 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct span in = { (const char *)data, size };
        const struct tn_codec *codec = tn_codec_find(in);
        int r = codec ? codec->decode(in, OUT_MAX, &out) : 0;

        if (out.len > OUT_MAX || (r < 0 && out.len))
                __builtin_trap();
        return 0;
}
