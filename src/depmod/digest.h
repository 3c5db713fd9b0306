/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_DIGEST_H
#define TN_DEPMOD_DIGEST_H

#include "depmod/module.h"
#include "format/facts.h"
#include "util/brief.h"
#include "util/log.h"
#include "util/vec.h"

/* The facts that a digest is made of. */
#define TN_DIGEST_FACTS (TN_FACTS_INFO | TN_FACTS_EXPORTS | TN_FACTS_NEEDS)

/* Something of a module that does not go into the files, and why. */
struct tn_digest_note {
        enum {
                TN_DIGEST_EXCESS,   /* the facts do not have it */
                TN_DIGEST_TOO_MANY, /* all of the kind */
                TN_DIGEST_TOO_LONG, /* one of the kind */
        } why;
        enum tn_depmod_kind kind;
        union {
                struct tn_facts_excess excess;
                struct {
                        size_t n;
                        size_t bytes;
                } found;                   /* too many */
                char brief[TN_BRIEF_SIZE]; /* too long: its beginning */
        };
};

/* What is needed of a module's facts. Plain data of its own: the facts can go. */
struct tn_digest {
        struct tn_depmod_list lists[TN_DEPMOD_KINDS];
        TN_VEC(struct tn_digest_note) notes;
};

/*
 * Pure. What is more than one module may have (docs/index-format.md has no room for any amount) is left out with a
 * note. Needs get their versions when those are wanted. Returns 0 or -ENOMEM.
 */
int tn_digest_make(const struct tn_facts *facts, bool needs_versions, struct tn_digest *ret_digest);
void tn_digest_fini(struct tn_digest *digest);

/* Logs a note; path is the module's. */
void tn_digest_report(const struct tn_digest_note *note, const char *path, struct tn_log *log);

#endif
