/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_PUBLISH_H
#define TN_DEPMOD_PUBLISH_H

#include "depmod/emit.h"
#include "depmod/lock.h"

/* Where files go. It has the directory's lock from begin to end. */
struct tn_publish {
        const char *out_dir;  /* an existing directory, borrowed; NULL: the modules' */
        struct tn_lock *lock; /* borrowed: a signal handler may know it; NULL: own */
        struct tn_lock own;
        bool no_sync;          /* set after init: the set's */
        int dirfd;             /* of the set */
        struct tn_fileset set; /* once begun */
};

/* Nothing is begun yet. */
static inline struct tn_publish tn_publish_init(const char *out_dir, struct tn_lock *lock)
{
        return (struct tn_publish){ .out_dir = out_dir, .lock = lock, .dirfd = -1 };
}

/*
 * Opens the directory, that of source unless there is an own one, keeps other runs out of it, waiting for one that is
 * at work, and takes away what killed runs left there. Where nothing can be written nobody is kept out, and only files
 * that would not change can be published. Returns 0, or -errno after the reason was logged.
 */
int tn_publish_begin(struct tn_publish *publish, const struct tn_source *source, struct tn_log *log);

/* Ends the set, and lets others in; also after a failure, or when nothing was begun. */
void tn_publish_end(struct tn_publish *publish);

/* Makes all files and puts them into the directory: all of them or none. Returns 0, or -errno after that was logged. */
int tn_publish_files(const struct tn_depmod *depmod, struct tn_publish *publish);

/* Writes the text files to fd, one after another. Returns 0, or -errno after the reason was logged. */
int tn_publish_show(const struct tn_depmod *depmod, int fd);

#endif
