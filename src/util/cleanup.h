/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_CLEANUP_H
#define TN_UTIL_CLEANUP_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Scope exit cleans up: the function gets a pointer to the variable. */
#define _cleanup_(fn) __attribute__((cleanup(fn)))

/* Hands a value over and leaves nothing behind for the cleanup. */
#define TAKE(var)                                                                                            \
        ({                                                                                                   \
                __typeof__(var) *take_ptr = &(var);                                                          \
                __typeof__(var) take_val = *take_ptr;                                                        \
                *take_ptr = (__typeof__(var)){ 0 };                                                          \
                take_val;                                                                                    \
        })

/* The same for a file descriptor, whose "nothing" is -1. */
#define TAKE_FD(fd)                                                                                          \
        ({                                                                                                   \
                int *take_ptr = &(fd);                                                                       \
                int take_val = *take_ptr;                                                                    \
                *take_ptr = -1;                                                                              \
                take_val;                                                                                    \
        })

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define MIN(a, b)                                                                                            \
        ({                                                                                                   \
                __typeof__(a) min_a = (a);                                                                   \
                __typeof__(b) min_b = (b);                                                                   \
                min_a < min_b ? min_a : min_b;                                                               \
        })

#define MAX(a, b)                                                                                            \
        ({                                                                                                   \
                __typeof__(a) max_a = (a);                                                                   \
                __typeof__(b) max_b = (b);                                                                   \
                max_a > max_b ? max_a : max_b;                                                               \
        })

static inline void freep(void *ptr)
{
        free(*(void **)ptr);
}

static inline void closep(int *fd)
{
        if (*fd >= 0)
                close(*fd);
}

static inline void fclosep(FILE **f)
{
        if (*f)
                fclose(*f);
}

static inline void closedirp(DIR **dir)
{
        if (*dir)
                closedir(*dir);
}

#endif
