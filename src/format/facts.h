/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_FACTS_H
#define TN_FORMAT_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "format/exportrule.h"
#include "format/modinfo.h"
#include "format/modlayout.h"
#include "format/modsig.h"
#include "format/modsym.h"
#include "util/arena.h"

/* The parts of a record. Each is read on its own: who asks for exports alone pays for exports alone. */
enum tn_facts_part {
        TN_FACTS_ELF = 1 << 0,
        TN_FACTS_INFO = 1 << 1,
        TN_FACTS_EXPORTS = 1 << 2,
        TN_FACTS_EXPORT_RULES = 1 << 3, /* with them come the exports */
        TN_FACTS_NEEDS = 1 << 4,
        TN_FACTS_VERSIONS = 1 << 5,
        TN_FACTS_BUILD_ID = 1 << 6,
        TN_FACTS_SIGNATURE = 1 << 7,
        TN_FACTS_FILE = 1 << 8, /* which file that is: not from its bytes */
        TN_FACTS_LAYOUT = 1 << 9,
        TN_FACTS_ALL = (1 << 10) - 1,
};

/* What kind of object it is. */
struct tn_facts_elf {
        bool is64;
        bool big_endian;
        uint16_t machine; /* EM_* */
};

struct tn_facts_time {
        int64_t sec;
        uint32_t nsec;
};

/* Which file it was, as fstat() has it before its bytes were read: when nothing of this has changed, they have not. */
struct tn_facts_file {
        uint64_t device;
        uint64_t inode;
        uint64_t size; /* as it is, compressed or not */
        struct tn_facts_time mtime;
        struct tn_facts_time ctime;
        struct span
                codec; /* the name of its compression, as struct tn_codec has it; empty: it is not compressed */
};

/* More than any module has. */
struct tn_facts_excess {
        char what[48];  /* "bytes of .modinfo"; "" for nothing */
        uint64_t found; /* how many it has */
        uint64_t bound;
};

/*
 * What a module file says, read once. A plain record: all spans point into its own arena, NUL-terminated, and the
 * file is not needed any more. Each list has an error beside it, why it is empty: 0 when the module has none, -ENODATA
 * when it lacks the section, -EINVAL when that is malformed, -EFBIG when it was left out because no module has so much.
 */
struct tn_facts {
        struct tn_arena arena;
        unsigned parts; /* enum tn_facts_part: what has been read; of anything else nothing is known */
        struct tn_facts_file file;
        struct tn_facts_elf elf;
        struct tn_modinfos info; /* .modinfo in file order */
        struct tn_modsyms exports;
        struct tn_exportrules export_rules; /* one for each of the exports, in their order */
        struct tn_modsyms needs;
        struct tn_modsyms versions;
        int info_err;
        int exports_err;
        int export_rules_err;
        int needs_err;
        int versions_err;
        struct span build_id;       /* bytes; empty: it has none */
        struct tn_modsig signature; /* its id is empty when it has none */
        struct tn_modlayout layout;
        struct tn_facts_excess excess; /* the first of what was left out */
        bool lacks_crcs; /* a CRC of the exports was not in the bytes that were read; not packed */
};

/* The value of the first entry of .modinfo with that key; empty when there is none. */
struct span tn_facts_info(const struct tn_facts *facts, struct span key);

/*
 * The list that is one part: TN_FACTS_EXPORTS, TN_FACTS_NEEDS or TN_FACTS_VERSIONS, which has been read. Borrowed from
 * the facts. Returns 0, or why it is empty.
 */
int tn_facts_symbols(const struct tn_facts *facts, unsigned part, const struct tn_modsyms **ret_syms);

void tn_facts_fini(struct tn_facts *facts);

#endif
