/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_VEC_H
#define TN_UTIL_VEC_H

#include <stddef.h>
#include <stdlib.h>

/*
 * A growing array: struct { T *v; size_t n, cap; }. Zero-initialised is empty. Elements move when it grows, so
 * keep indexes, not pointers. One that is named, or has something beside it, is a struct with these fields:
 *
 *      struct tn_matches {
 *              TN_VEC_FIELDS(struct tn_match);
 *      };
 */
#define TN_VEC_FIELDS(type)                                                                                  \
        type *v;                                                                                             \
        size_t n;                                                                                            \
        size_t cap

#define TN_VEC(type)                                                                                         \
        struct {                                                                                             \
                TN_VEC_FIELDS(type);                                                                         \
        }

/* Appends a value. Returns 0 or -ENOMEM. */
#define tn_vec_add(vec, val)                                                                                 \
        ({                                                                                                   \
                int vec_r = 0;                                                                               \
                if ((vec)->n == (vec)->cap)                                                                  \
                        vec_r = tn_vec_grow((void **)&(vec)->v, &(vec)->cap, (vec)->n + 1,                   \
                                            sizeof(*(vec)->v));                                              \
                if (vec_r == 0)                                                                              \
                        (vec)->v[(vec)->n++] = (val);                                                        \
                vec_r;                                                                                       \
        })

/* Makes room for n elements in all. Returns 0 or -ENOMEM. */
#define tn_vec_reserve(vec, count) tn_vec_grow((void **)&(vec)->v, &(vec)->cap, (count), sizeof(*(vec)->v))

#define tn_vec_each(it, vec)       for (it = (vec)->v; it && it < (vec)->v + (vec)->n; it++)

/* Frees the array, not what its elements own. */
#define tn_vec_fini(vec)                                                                                     \
        ({                                                                                                   \
                free((vec)->v);                                                                              \
                (vec)->v = NULL;                                                                             \
                (vec)->n = (vec)->cap = 0;                                                                   \
        })

int tn_vec_grow(void **ptr, size_t *cap, size_t need, size_t size);

#endif
