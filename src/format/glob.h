/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_GLOB_H
#define TN_FORMAT_GLOB_H

#include <stdbool.h>
#include <stdint.h>

#include "util/span.h"

/*
 * One text against many shell patterns that share their beginnings. What a beginning can have matched so far is a set
 * of positions in the text, one bit each; a pattern's next character moves the set. When it is empty, no pattern
 * that begins so can match, however it goes on.
 */
struct tn_glob {
        size_t len;      /* of the text */
        size_t words;    /* of 64 bits, in a set */
        uint64_t *masks; /* for each character a set: where in the text it is */
};

/* Returns 0 or -ENOMEM. The text is not kept. */
int tn_glob_init(struct tn_glob *glob, struct span text);
void tn_glob_fini(struct tn_glob *glob);

/* The set of one position, pos <= len: nothing of the pattern was read, all before pos is done with. */
void tn_glob_start(const struct tn_glob *glob, size_t pos, uint64_t *ret_set);

/* Whether the sets know what c means in a pattern. Of '[' and '\\', only fnmatch(3) does. */
static inline bool tn_glob_knows(char c)
{
        return c != '[' && c != '\\';
}

/* Moves the set by c, which the sets know. False when it is empty now. */
bool tn_glob_step(const struct tn_glob *glob, char c, uint64_t *set);

/* Whether a pattern that ends here matches the text as a whole. */
bool tn_glob_accepts(const struct tn_glob *glob, const uint64_t *set);

#endif
