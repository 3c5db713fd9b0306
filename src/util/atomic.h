/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_ATOMIC_H
#define TN_UTIL_ATOMIC_H

#include "util/span.h"
#include "util/vec.h"

/*
 * Files of one directory that take their names together. Each is written under a temporary name; only when every
 * byte of every file is known to be on disk do they get their own names, one after another in the order in which
 * they were added. Until then nothing that was there before is touched, and fini takes the temporary files away.
 * Needs neither /proc nor any other mount.
 */
struct tn_atomic {
        int dirfd; /* borrowed */
        TN_VEC(struct tn_atomic_file) files;
        const char *failed; /* the name of the file that the last failure was about, or NULL: the directory */
};

/* What temporary names start with; a run that was killed may leave such files behind. */
#define TN_ATOMIC_PREFIX ".tenon-"

static inline struct tn_atomic tn_atomic_init(int dirfd)
{
        return (struct tn_atomic){ .dirfd = dirfd };
}

/*
 * Writes one file, mode 0644 less the umask. The name has no '/', and is borrowed until fini. Returns 0 or
 * -errno; after a failure nothing is left of this file, and the others still wait.
 */
int tn_atomic_add(struct tn_atomic *set, const char *name, struct span bytes);

/*
 * Syncs all files, renames them, syncs the directory. Returns 0 or -errno. When syncing the files fails, nothing
 * was replaced; when a rename fails, the files before it have been.
 */
int tn_atomic_commit(struct tn_atomic *set);

void tn_atomic_fini(struct tn_atomic *set);

/*
 * Removes what killed runs left in the directory. Only for who knows that no other run is at work there. Returns
 * the number of files removed, or -errno.
 */
int tn_atomic_sweep(int dirfd);

#endif
