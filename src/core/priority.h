/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_PRIORITY_H
#define TN_CORE_PRIORITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "util/arena.h"
#include "util/buf.h"
#include "util/dir.h"
#include "util/inroot.h"
#include "util/log.h"
#include "util/span.h"
#include "util/vec.h"

/* A line that counts, and how many words the lists have with it. */
struct tn_priority_line {
        const char *file;
        unsigned number;
        size_t search, overrides, excludes;
};

/* What depmod.d says: where modules are looked for, and which of several files of one module is taken. */
struct tn_priority {
        struct tn_arena arena;
        TN_VEC(struct span) search;    /* best first; "built-in" and "external" among them */
        TN_VEC(struct span) overrides; /* SUBDIR/MODULE, in the order read */
        TN_VEC(struct span) externals; /* absolute directories, first named first; NUL-terminated */
        TN_VEC(struct span) excludes;  /* base names to be passed over */
        TN_VEC(struct tn_priority_line) lines;
};

/*
 * Reads the files behind paths, a NULL-terminated list, or of the system's directories when paths is NULL: those of
 * the system in root, which may be NULL for the running one. Bad lines and files are logged and passed over; what
 * is meant for another kernel version is left out. Returns 0, or -errno after the reason was logged, but for -ENOMEM.
 */
int tn_priority_load(const char *const *paths, const struct tn_inroot *root, const char *version,
                     struct tn_log *log, struct tn_priority *ret_priority);
void tn_priority_fini(struct tn_priority *priority);

/*
 * The same of the system that a module directory is in: that of its root, or the running one. The last part of its path
 * is the version. Nothing is logged.
 */
int tn_priority_load_for(const struct tn_dir *dir, struct tn_priority *ret_priority);

/* Whether entries of that base name are passed over, whatever they are. */
bool tn_priority_excludes(const struct tn_priority *priority, struct span base);

/* The line that says so; NULL: it is not excluded, or without a line. Borrowed. */
const struct tn_priority_line *tn_priority_excluded_by(const struct tn_priority *priority, struct span base);

/*
 * Whether the configuration names a directory, or one below it: then files in it may count for more or less than
 * those in the directory above. The path is relative to the root.
 */
bool tn_priority_leads_on(const struct tn_priority *priority, uint32_t root, struct span dir);

/* The claim of one file to be the one that is taken; a total order. */
struct tn_claim {
        bool named;    /* the user has named this file */
        dev_t dev;     /* of a named one */
        ino_t ino;     /* the same */
        int override;  /* the last override that names it, or -1 */
        int place;     /* of its directory in the search list, larger is better, or -1 */
        uint32_t root; /* 0: the module directory; else the number of its external directory, from 1 */
        struct span path;
};

/* The claim of a file, its path relative to its root. The path is borrowed. */
struct tn_claim tn_priority_claim(const struct tn_priority *priority, uint32_t root, struct span path);

/*
 * Whether a is to be taken rather than b: when it was named; by override, then by place; then the module directory
 * before external ones and the last named external directory first; last, by the bytes of the path.
 */
bool tn_claim_beats(const struct tn_claim *a, const struct tn_claim *b);

/* Which of these rules decides between two. */
enum tn_claim_rule {
        TN_CLAIM_NAMED,
        TN_CLAIM_OVERRIDE,
        TN_CLAIM_PLACE,
        TN_CLAIM_ROOT,
        TN_CLAIM_PATH,
};

enum tn_claim_rule tn_claim_rule(const struct tn_claim *a, const struct tn_claim *b);

/*
 * Appends why the winner is taken, as the end of a sentence. Returns the line behind it; NULL: it is so without one.
 * Failures stick to the buffer.
 */
const struct tn_priority_line *tn_priority_why(const struct tn_priority *priority,
                                               const struct tn_claim *winner, const struct tn_claim *loser,
                                               struct tn_buf *words);

#endif
