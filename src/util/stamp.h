/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_STAMP_H
#define TN_UTIL_STAMP_H

#include <stdbool.h>
#include <sys/stat.h>

/*
 * What a path was when it was looked at, to tell later whether it still is: another file, other contents, or none.
 * A change that leaves device, inode, size and time of modification alone goes unnoticed.
 */
struct tn_stamp {
        bool there;
        dev_t dev;
        ino_t ino;
        off_t size;
        struct timespec mtime;
};

/* Follows links. What cannot be looked at is not there. Leaves errno alone. */
struct tn_stamp tn_stamp_of(const char *path);

/* Whether the path is as it was. */
bool tn_stamp_holds(const struct tn_stamp *stamp, const char *path);

#endif
