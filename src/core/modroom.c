/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "core/modroom.h"
#include "util/cleanup.h"

/* All but a few of a distribution's modules are smaller, decompressed; the largest have 30 MB. */
#define KEPT_MAX ((size_t)4 << 20)

void tn_modroom_fini(struct tn_modroom *room)
{
        tn_buf_fini(&room->raw);
        tn_buf_fini(&room->bytes);
        tn_buf_fini(&room->image);
        tn_codec_room_fini(&room->codecs);
        tn_elfsift_room_fini(&room->sift);
        tn_facts_room_fini(&room->facts);
}

/* What is cut off costs no copy. */
static void cut(struct tn_buf *buf)
{
        char *less = realloc(buf->ptr, KEPT_MAX);

        if (less) {
                buf->ptr = less;
                buf->cap = KEPT_MAX;
        }
}

void tn_modroom_keep(struct tn_buf *kept, struct tn_buf *buf)
{
        tn_buf_fini(kept);
        *kept = TAKE(*buf);
        tn_buf_reset(kept);
        if (kept->cap > KEPT_MAX)
                cut(kept);
}
