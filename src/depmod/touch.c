/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "depmod/touch.h"
#include "util/when.h"

void tn_touch_plan(struct tn_touch *touch, const char *file, struct timespec from, struct timespec not_before)
{
        if (!tn_when_is_before(from, not_before))
                return;
        touch->file = file;
        touch->from = from;
        clock_gettime(CLOCK_REALTIME, &touch->to);
        if (tn_when_is_before(touch->to, not_before))
                touch->to = not_before;
}

static int set_time(const struct tn_touch *touch, int dirfd, struct timespec to)
{
        const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, to };

        if (!touch->file)
                return 0;
        return utimensat(dirfd, touch->file, times, AT_SYMLINK_NOFOLLOW) < 0 ? -errno : 0;
}

int tn_touch_do(const struct tn_touch *touch, int dirfd)
{
        return set_time(touch, dirfd, touch->to);
}

int tn_touch_undo(const struct tn_touch *touch, int dirfd)
{
        return set_time(touch, dirfd, touch->from);
}

int tn_touch_fd(int fd, struct timespec not_before)
{
        const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, not_before };
        struct stat st;

        if (fstat(fd, &st) < 0)
                return -errno;
        return tn_when_is_before(st.st_mtim, not_before) && futimens(fd, times) < 0 ? -errno : 0;
}
