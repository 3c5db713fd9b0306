/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_FACTS_H
#define TN_FORMAT_FACTS_H

#include <stdint.h>

#include "format/modinfo.h"
#include "format/modsym.h"
#include "util/arena.h"

/* The parts of a record. Each is read on its own: who asks for exports alone pays for exports alone. */
enum tn_facts_part {
        TN_FACTS_INFO = 1 << 0,
        TN_FACTS_EXPORTS = 1 << 1,
        TN_FACTS_NEEDS = 1 << 2,
};

/* More than any module has. */
struct tn_facts_excess {
        char what[48];  /* "bytes of .modinfo"; "" for nothing */
        uint64_t found; /* how many it has */
        uint64_t bound;
};

/*
 * What a module file says, read once. A plain record: all spans point into its own arena, NUL-terminated, and the
 * file is not needed any more. Each part that was read has an error beside it where its list can be empty for a reason:
 * 0, -ENODATA when the module has nothing of the kind, -EINVAL when that is malformed, -EFBIG when it was left out
 * because no module has so much.
 */
struct tn_facts {
        struct tn_arena arena;
        unsigned parts; /* enum tn_facts_part: what has been read; of anything else nothing is known */
        struct tn_modinfos info; /* .modinfo in file order */
        struct tn_modsyms exports;
        struct tn_modsyms needs;
        int info_err;
        int exports_err;
        int needs_err;                 /* -EINVAL: no usable symbol table */
        struct tn_facts_excess excess; /* the first of what was left out */
};

void tn_facts_fini(struct tn_facts *facts);

#endif
