/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "depmod/leftover.h"

/* Looks before it removes: where nothing can be written there may be nothing to do. */
int tn_leftover_remove(int dirfd, const char *name)
{
        struct stat st;
        int r = fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW);

        if (r == 0)
                r = unlinkat(dirfd, name, S_ISDIR(st.st_mode) ? AT_REMOVEDIR : 0);
        return r == 0 || errno == ENOENT ? 0 : -errno;
}

bool tn_leftover_is_in_the_way(int r)
{
        switch (-r) {
        case EACCES:
        case EBUSY:
        case EEXIST:
        case EISDIR:
        case ENOTDIR:
        case ENOTEMPTY:
        case EPERM:
        case EROFS: return true;
        default: return false;
        }
}

void tn_leftover_report(const char *dir, const char *name, int r, struct tn_log *log)
{
        tn_log(log, TN_LOG_WARNING,
               "could not remove %s/%s: %s. It has a name of depmod's, which takes another; please remove it",
               dir, name, strerror(-r));
}
