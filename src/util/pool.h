/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_POOL_H
#define TN_UTIL_POOL_H

#include <stddef.h>

/*
 * Items 0 to n - 1, each run by one of several threads, and taken by the calling thread in this order. Whatever the number
 * of threads, what is taken is the same.
 */
struct tn_pool_work {
        size_t n;
        unsigned threads; /* at most, the calling one counted; 0: as many as pay */
        void *data;       /* of all the functions; run() may be in it several times at once */

        /*
         * Makes the result of item i, in any thread. A room is used by one thread at a time, for one item after another; it
         * is zeroed at first. Returns how many bytes of memory the result holds, roughly.
         */
        size_t (*run)(void *data, void *room, size_t i, void *result);

        /* Takes the result of item i, in the calling thread. Returns 0, or anything else to end all work. */
        int (*take)(void *data, size_t i, void *result);

        void (*fini_result)(void *result); /* of every result once, taken or not; may be NULL */
        void (*fini_room)(void *room);     /* may be NULL */
        size_t result_size, room_size;     /* bytes */
};

/* More threads than these are not started. */
#define TN_POOL_THREADS_MAX 64

/*
 * Does all of the work. The calling thread runs items, too, and begins alone: others are started only when it takes longer
 * than it takes to start them, unless a number is asked for. That a thread cannot be started is no error, and none is started
 * where little memory is allowed. Results that wait to be taken are bounded in number and in memory. Signals come to the calling thread alone.
 *
 * Returns 0 when all was taken; what take() returned otherwise; or -ENOMEM, before the first item.
 */
int tn_pool_run(const struct tn_pool_work *work);

/* How many processors the calling process may use; at least 1. */
unsigned tn_pool_processors(void);

#endif
