/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_MODROOM_H
#define TN_CORE_MODROOM_H

#include "format/codec.h"
#include "format/elfsift.h"
#include "format/facts_parse.h"
#include "util/buf.h"

/*
 * Memory for one module file at a time, kept for the next one: fresh memory costs a page fault for every 4 KiB. For one
 * thread. Zero-initialised is empty.
 */
struct tn_modroom {
        size_t max;          /* what tn_modfile_max() is; 0: not asked for yet */
        struct tn_buf raw;   /* for the bytes of the file */
        struct tn_buf bytes; /* for those of the module, decompressed */
        struct tn_buf image; /* for parts of them */
        struct tn_codec_room codecs;
        struct tn_elfsift_room sift;
        struct tn_facts_room facts;
};

void tn_modroom_fini(struct tn_modroom *room);

/* Takes a buffer's memory back for the next file, of a large one as much as most need. */
void tn_modroom_keep(struct tn_buf *kept, struct tn_buf *buf);

#endif
