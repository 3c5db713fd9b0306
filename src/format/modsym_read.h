/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODSYM_READ_H
#define TN_FORMAT_MODSYM_READ_H

#include "format/modsect.h"
#include "format/modsym.h"
#include "format/modsym_set.h"

/* Memory that reading takes, kept for the next module. Zero-initialised is empty. */
struct tn_modsym_room {
        struct tn_modsyms versions;
        struct tn_modsym_set set; /* of these */
};

void tn_modsym_room_fini(struct tn_modsym_room *room);

/* Where symbols go, and what was wrong with them. */
struct tn_modsym_lists {
        struct tn_modsyms *exports; /* empty lists; NULL: not wanted */
        struct tn_modsyms *needs;
        int needs_err;   /* what tn_modsyms_needs() returns */
        bool lacks_crcs; /* some CRC is not where its symbol says, or the section is not there */
};

/* What tn_modsyms_exports() and tn_modsyms_needs() list, in one walk through the symbols. Returns 0 or -ENOMEM. */
int tn_modsyms_read(const struct tn_modsects *sects, struct tn_modsym_room *room,
                    struct tn_modsym_lists *lists);

#endif
