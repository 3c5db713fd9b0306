/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_ENTRIES_H
#define TN_UTIL_ENTRIES_H

#include <stddef.h>

/*
 * Reads the names in directories, one directory after the other, with two system calls for one of usual size: a stream
 * of opendir(3) takes twice as many, and memory for each. Zero-initialised is one that has read nothing.
 */
struct tn_entries {
        int fd;
        char *bytes; /* of the system call */
        size_t at, len;
};

/* A name, NUL-terminated and borrowed until the next call, and its type as in d_type of readdir(3). */
struct tn_entry {
        const char *name;
        unsigned char type;
};

/* Begins with an open directory, which stays the caller's. Returns 0 or -ENOMEM. */
int tn_entries_begin(struct tn_entries *entries, int fd);

/* The next name, but "." and "..", in the order of the file system. Returns 1; 0 when there is none; -errno. */
int tn_entries_next(struct tn_entries *entries, struct tn_entry *ret_entry);

void tn_entries_fini(struct tn_entries *entries);

#endif
