/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_WHEN_H
#define TN_UTIL_WHEN_H

#include <stdbool.h>
#include <time.h>

/* Of two points in time. */
static inline bool tn_when_is_before(struct timespec a, struct timespec b)
{
        return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

#endif
