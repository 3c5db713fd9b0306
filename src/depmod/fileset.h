/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_FILESET_H
#define TN_DEPMOD_FILESET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include "depmod/touch.h"
#include "util/log.h"
#include "util/span.h"
#include "util/vec.h"

/*
 * The files of a directory that take their names together. Each is written under a hidden name; when every byte of
 * all of them is on disk, what they replace gets a second name, a journal says what is about to happen, and they
 * take their names one after another. A failure at any point puts back what was there. A run that dies before the
 * journal is on disk has changed nothing; one that dies after it is finished by the next, with tn_recover(). Files
 * that would not change, nor their mode and owner, are left alone, and if there are no others nothing is written.
 *
 * The directory must be locked. Needs neither /proc nor any other mount.
 */
struct tn_fileset {
        int dirfd;       /* borrowed */
        const char *dir; /* as messages show it; borrowed */
        struct tn_log *log;
        unsigned slot;                        /* the hidden names that are used; no file has one of them */
        TN_VEC(struct tn_fileset_file) files; /* those that change, in the order in which they were added */
        struct tn_touch touch;                /* of the file that gets another time only */
        bool has_journal;
        bool no_sync; /* set after init: nothing is waited for, and a crash of the system may lose what was written */
        int refused; /* -errno: why nothing can be written here; 0: it can */
        const struct stat
                *like; /* of a file that was made there: new ones have its owner and group; or NULL */
};

#define TN_FILESET_PREFIX ".tenon-"

/* There are several sets of hidden names: something that cannot be removed may stand in the way of one. */
#define TN_FILESET_SLOTS  3
#define TN_FILESET_HIDDEN(name)                                                                              \
        {                                                                                                    \
                TN_FILESET_PREFIX name, TN_FILESET_PREFIX "1-" name, TN_FILESET_PREFIX "2-" name             \
        }

/* A file's own name, and those that it goes by meanwhile. */
struct tn_fileset_name {
        const char *file;
        const char *temp[TN_FILESET_SLOTS]; /* what it will be */
        const char *kept[TN_FILESET_SLOTS]; /* what it was */
};

#define TN_FILESET_NAME(name)                                                                                \
        {                                                                                                    \
                name, TN_FILESET_HIDDEN("new-" name), TN_FILESET_HIDDEN("old-" name)                         \
        }

extern const char *const tn_fileset_journals[TN_FILESET_SLOTS];

static inline struct tn_fileset tn_fileset_init(int dirfd, const char *dir, struct tn_log *log)
{
        return (struct tn_fileset){ .dirfd = dirfd, .dir = dir, .log = log };
}

/*
 * Whether a file has the mode and the owner of one that is made now; where writing is refused they do not matter.
 */
bool tn_fileset_is_as_new(const struct tn_fileset *set, const struct stat *st);

/*
 * Writes one file, mode 0644 less the umask, unless there is one with these bytes, that mode and the owner of a new
 * file; where writing is refused, mode and owner do not matter. With not_before, in the end its
 * time will not be before that. The name is borrowed until fini. A change where writing is refused is a failure.
 * Returns 0, or -errno after the reason was logged.
 */
int tn_fileset_add(struct tn_fileset *set, const struct tn_fileset_name *name, struct span bytes,
                   const struct timespec *not_before);

/*
 * Gives all files their names. Returns 0: they have them, and it is on disk. Or -errno after the reason was logged:
 * everything is as it was; or, when even putting back failed, the journal is left for the next run, which is logged.
 */
int tn_fileset_commit(struct tn_fileset *set);

/* Takes away what has not got its name. */
void tn_fileset_fini(struct tn_fileset *set);

#endif
