/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_TOUCH_H
#define TN_DEPMOD_TOUCH_H

#include <time.h>

/*
 * Another time of change for a file that has the right bytes, but is older than it may be. Zero-initialised there is
 * none.
 */
struct tn_touch {
        const char *file; /* borrowed; NULL: none */
        struct timespec from;
        struct timespec to;
};

/* Means the file to be no older than that: it gets the time of now, or that when the clock is behind it. */
void tn_touch_plan(struct tn_touch *touch, const char *file, struct timespec from,
                   struct timespec not_before);

/* Gives the file its new time, or the old one again. Return 0, also when there is none, or -errno. */
int tn_touch_do(const struct tn_touch *touch, int dirfd);
int tn_touch_undo(const struct tn_touch *touch, int dirfd);

/* Makes an open file no older than that: modules may come from a machine whose clock is ahead. Returns 0 or -errno. */
int tn_touch_fd(int fd, struct timespec not_before);

#endif
