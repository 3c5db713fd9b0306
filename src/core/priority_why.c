/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/priority.h"

/* The word of the search list that gives a file its place; the number of words where none does. */
static size_t word_of(const struct tn_priority *priority, const struct tn_claim *claim)
{
        size_t externals = priority->externals.n + 1;

        return claim->place < 0 ? priority->search.n
                                : priority->search.n - ((size_t)claim->place + externals - 1) / externals;
}

static const struct tn_priority_line *why_place(const struct tn_priority *priority,
                                                const struct tn_claim *winner, const struct tn_claim *loser,
                                                struct tn_buf *words)
{
        size_t first = word_of(priority, winner), second = word_of(priority, loser);
        struct span word = priority->search.v[first];
        const struct tn_priority_line *line;

        tn_buf_addf(words, "'%.*s' is searched ", SPAN_FMT(word));
        if (second == first)
                tn_buf_add_str(words, "in the order of its directories");
        else if (second < priority->search.n)
                tn_buf_addf(words, "before '%.*s'", SPAN_FMT(priority->search.v[second]));
        else
                tn_buf_add_str(words, "first");
        tn_vec_each (line, &priority->lines)
                if (line->search > first)
                        return line;
        return NULL;
}

static const struct tn_priority_line *line_of_override(const struct tn_priority *priority, int override)
{
        const struct tn_priority_line *line;

        tn_vec_each (line, &priority->lines)
                if (line->overrides > (size_t) override)
                        return line;
        return NULL;
}

const struct tn_priority_line *tn_priority_why(const struct tn_priority *priority,
                                               const struct tn_claim *winner, const struct tn_claim *loser,
                                               struct tn_buf *words)
{
        switch (tn_claim_rule(winner, loser)) {
        case TN_CLAIM_NAMED: tn_buf_add_str(words, "it was given by its path"); return NULL;
        case TN_CLAIM_OVERRIDE:
                tn_buf_add_str(words, "'override' says so");
                return line_of_override(priority, winner->override);
        case TN_CLAIM_PLACE: return why_place(priority, winner, loser, words);
        case TN_CLAIM_ROOT:
                tn_buf_add_str(words, winner->root ? "the external directory that is named last comes first"
                                                   : "the module directory comes before external ones");
                return NULL;
        case TN_CLAIM_PATH: tn_buf_add_str(words, "its path comes first in byte order"); return NULL;
        }
        return NULL;
}
