/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/codec_backend.h"

const char tn_codec_xz_library[] = "";

int tn_codec_xz_decode(struct tn_codec_room *room, struct span in, size_t max, struct tn_buf *out)
{
        return -ENOSYS;
}

int tn_codec_xz_stream(const struct tn_codec_stream *stream)
{
        return -ENOSYS;
}

void tn_codec_xz_free(void *kept) {}
