/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <time.h>

#include "core/delete.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"

#define NS_PER_MS ((int64_t)1000000)
#define NS_PER_S  ((int64_t)1000000000)
#define PAUSE_MIN NS_PER_MS
#define PAUSE_MAX (512 * NS_PER_MS)

static int64_t now_ns(void)
{
        struct timespec ts;

        clock_gettime(CLOCK_MONOTONIC, &ts);
        return ts.tv_sec * NS_PER_S + ts.tv_nsec;
}

static void sleep_until(int64_t ns)
{
        const struct timespec ts = { .tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S };

        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL) == EINTR)
                ;
}

/* The kernel itself has not waited for a long time now. The last pause ends when the time is up. */
int tn_delete_module(const char *name, unsigned flags, unsigned wait_ms)
{
        int64_t now = now_ns(), pause = PAUSE_MIN;
        int64_t deadline = wait_ms == TN_DELETE_FOREVER ? INT64_MAX : now + wait_ms * NS_PER_MS;
        int r = tn_kernel_delete(name, flags);

        while (r == -EAGAIN && now < deadline) {
                sleep_until(MIN(now + pause, deadline));
                r = tn_kernel_delete(name, flags);
                now = now_ns();
                pause = MIN(pause * 2, PAUSE_MAX);
        }
        return r;
}
