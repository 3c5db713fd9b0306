/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_JOURNAL_H
#define TN_FORMAT_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/span.h"
#include "util/sum.h"

/*
 * What a run that replaces several files of a directory writes down before it replaces the first: which files, in
 * which order, and what each will hold. Text:
 *
 *      tenon-journal 2
 *      SUM SIZE NAME
 *      ...
 *      SUM end
 *
 * Sums are 16 hexadecimal digits, sizes decimal; the last sum is that of all lines above it. A sum tells a whole
 * file from a cut or damaged one; it is no proof of who wrote it.
 */
struct tn_journal_entry {
        struct span name; /* printable, without '/' and blanks */
        uint64_t size;
        uint64_t sum; /* tn_journal_sum() of the contents */
};

static inline uint64_t tn_journal_sum(struct span bytes)
{
        return tn_sum(bytes, 0);
}

/* Appends the text. Returns 0 or -ENOMEM. */
int tn_journal_format(const struct tn_journal_entry *entries, size_t n, struct tn_buf *out);

/* The lines of one that is whole, borrowed from its text. */
struct tn_journal {
        struct span lines;
};

/* Returns 0; -EINVAL when it is not to the byte what tn_journal_format() makes; -ENOMEM. */
int tn_journal_parse(struct span text, struct tn_journal *ret_journal);

/* Takes the next entry. False when none is left. */
bool tn_journal_next(struct tn_journal *journal, struct tn_journal_entry *ret_entry);

#endif
