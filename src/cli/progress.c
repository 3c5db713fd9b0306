/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/progress.h"

#define NS_PER_S  ((int64_t)1000000000)
#define PERIOD_NS (NS_PER_S / 10)

static int64_t now_ns(void)
{
        struct timespec ts;

        clock_gettime(CLOCK_MONOTONIC, &ts);
        return ts.tv_sec * NS_PER_S + ts.tv_nsec;
}

void tn_progress_begin(struct tn_progress *progress, const char *name, const char *noun)
{
        *progress = (struct tn_progress){
                .name = name,
                .noun = noun,
                .active = isatty(STDERR_FILENO),
                .due_ns = now_ns() + NS_PER_S,
        };
}

/* With blanks: not every terminal knows a sequence that erases. */
void tn_progress_clear(struct tn_progress *progress)
{
        if (progress->width > 0)
                fprintf(stderr, "\r%*s\r", progress->width, "");
        progress->width = 0;
}

void tn_progress_tell(struct tn_progress *progress, uint32_t done, uint32_t total)
{
        int64_t now;

        if (!progress->active)
                return;
        if (done == total) {
                tn_progress_clear(progress);
                return;
        }
        now = now_ns();
        if (now < progress->due_ns)
                return;
        progress->due_ns = now + PERIOD_NS;
        progress->width =
                fprintf(stderr, "\r%s: %u of %u %s", progress->name, done, total, progress->noun) - 1;
}
