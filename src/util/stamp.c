/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "util/stamp.h"

struct tn_stamp tn_stamp_of(const char *path)
{
        int saved = errno;
        struct stat st;

        if (stat(path, &st) < 0) {
                errno = saved;
                return (struct tn_stamp){ 0 };
        }
        return (struct tn_stamp){
                .there = true,
                .dev = st.st_dev,
                .ino = st.st_ino,
                .size = st.st_size,
                .mtime = st.st_mtim,
        };
}

bool tn_stamp_holds(const struct tn_stamp *stamp, const char *path)
{
        const struct tn_stamp now = tn_stamp_of(path);

        return now.there == stamp->there && now.dev == stamp->dev && now.ino == stamp->ino &&
               now.size == stamp->size && now.mtime.tv_sec == stamp->mtime.tv_sec &&
               now.mtime.tv_nsec == stamp->mtime.tv_nsec;
}
