/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "util/vec.h"

int tn_vec_grow(void **ptr, size_t *cap, size_t need, size_t size)
{
        size_t want = *cap ? *cap : 8;
        void *grown;

        if (need <= *cap)
                return 0;
        while (want < need) {
                if (want > SIZE_MAX / 2 / size)
                        return -ENOMEM;
                want *= 2;
        }
        grown = realloc(*ptr, want * size);
        if (!grown)
                return -ENOMEM;
        *ptr = grown;
        *cap = want;
        return 0;
}
