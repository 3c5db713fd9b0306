/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_INDEX_READ_H
#define TN_FORMAT_INDEX_READ_H

#include <stdint.h>

#include "util/arena.h"
#include "util/span.h"
#include "util/vec.h"

/*
 * A binary index of a module directory (modules.dep.bin and its like): a radix tree of keys, each with values
 * of a priority. docs/index-format.md has it byte by byte. The order of the nodes in the file does not matter.
 * Nothing is trusted: whatever leads outside the file, runs in a circle or is too deep ends as -EINVAL. Borrows.
 */
struct tn_index {
        struct span bytes;
        uint32_t root; /* node reference */
};

struct tn_index_value {
        struct span value; /* borrows from the index */
        uint32_t priority;
};

/* A value that a search has found. */
struct tn_index_hit {
        struct span value; /* borrows from the index */
        uint32_t priority;
        const char *key; /* the pattern under which it stands, in the arena of the search */
};

struct tn_index_hits {
        TN_VEC_FIELDS(struct tn_index_hit);
};

void tn_index_hits_fini(struct tn_index_hits *hits);

/* Returns 0, or -EINVAL when the magic or the major version is not ours. A zero-length file is an empty index. */
int tn_index_parse(struct span bytes, struct tn_index *ret_index);

/* The first value of exactly that key. Returns 0, -ENOENT, or -EINVAL. */
int tn_index_find(const struct tn_index *index, struct span key, struct tn_index_value *ret_value);

/*
 * All values of all keys that, read as shell patterns (fnmatch(3), no flags), match text: ascending priority,
 * among equals the one met later in the tree comes first. Appended to *hits, which the caller owns, their keys copied
 * to the arena. Returns 0 or -EINVAL (broken index), -ENOMEM.
 */
int tn_index_match(const struct tn_index *index, struct span text, struct tn_arena *arena,
                   struct tn_index_hits *hits);

/*
 * Every key with each of its values, ascending by byte, a key's own values before longer keys. A non-zero return
 * of fn stops and is returned. The key is borrowed for the call. Returns 0, -EINVAL, -ENOMEM.
 */
typedef int tn_index_each_fn(void *data, struct span key, struct tn_index_value value);
int tn_index_each(const struct tn_index *index, tn_index_each_fn *fn, void *data);

#endif
