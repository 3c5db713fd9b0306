/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "format/glob.h"

#define BITS 64

/* A row for each byte, and one for '?': every position but the end. */
#define ANY  (UCHAR_MAX + 1)
#define ROWS (UCHAR_MAX + 2)

static void set_bit(uint64_t *set, size_t pos)
{
        set[pos / BITS] |= UINT64_C(1) << pos % BITS;
}

int tn_glob_init(struct tn_glob *glob, struct span text)
{
        size_t words = text.len / BITS + 1; /* the end is a position too */
        uint64_t *masks = calloc(words, ROWS * sizeof(*masks));

        if (!masks)
                return -ENOMEM;
        for (size_t i = 0; i < text.len; i++) {
                set_bit(masks + (unsigned char)text.ptr[i] * words, i);
                set_bit(masks + ANY * words, i);
        }
        *glob = (struct tn_glob){ text.len, words, masks };
        return 0;
}

void tn_glob_fini(struct tn_glob *glob)
{
        free(glob->masks);
        *glob = (struct tn_glob){ 0 };
}

void tn_glob_start(const struct tn_glob *glob, size_t pos, uint64_t *ret_set)
{
        memset(ret_set, 0, glob->words * sizeof(*ret_set));
        set_bit(ret_set, pos);
}

/* Each position and all behind it. */
static bool step_star(const struct tn_glob *glob, uint64_t *set)
{
        size_t i = 0;

        while (i < glob->words && set[i] == 0)
                i++;
        if (i == glob->words)
                return false;
        set[i] = ~((set[i] & -set[i]) - 1);
        while (++i < glob->words)
                set[i] = UINT64_MAX;
        set[glob->words - 1] &= UINT64_MAX >> (BITS - 1 - glob->len % BITS);
        return true;
}

bool tn_glob_step(const struct tn_glob *glob, char c, uint64_t *set)
{
        const uint64_t *mask = glob->masks + (c == '?' ? ANY : (unsigned char)c) * glob->words;
        uint64_t carry = 0, all = 0;

        if (c == '*')
                return step_star(glob, set);
        for (size_t i = 0; i < glob->words; i++) {
                uint64_t hit = set[i] & mask[i];

                set[i] = hit << 1 | carry;
                carry = hit >> (BITS - 1);
                all |= set[i];
        }
        return all != 0;
}

bool tn_glob_accepts(const struct tn_glob *glob, const uint64_t *set)
{
        return set[glob->len / BITS] >> glob->len % BITS & 1;
}
