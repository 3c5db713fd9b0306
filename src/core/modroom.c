/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/modroom.h"
#include "util/cleanup.h"

/* All but a few of a distribution's modules are smaller, decompressed; the largest have 30 MB. */
#define KEPT_MAX ((size_t)2 << 20)

void tn_modroom_fini(struct tn_modroom *room)
{
        tn_buf_fini(&room->raw);
        tn_buf_fini(&room->bytes);
        tn_buf_fini(&room->image);
        tn_elfsift_room_fini(&room->sift);
        tn_facts_room_fini(&room->facts);
}

void tn_modroom_keep(struct tn_buf *kept, struct tn_buf *buf)
{
        if (buf->cap > KEPT_MAX) {
                tn_buf_fini(buf);
                return;
        }
        tn_buf_fini(kept);
        *kept = TAKE(*buf);
        tn_buf_reset(kept);
}
