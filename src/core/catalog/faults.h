/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CATALOG_FAULTS_H
#define TN_CORE_CATALOG_FAULTS_H

#include <errno.h>
#include <stdbool.h>

#include "core/catalog/files.h"
#include "util/dir.h"
#include "util/log.h"

/* The warnings of what is wrong with the indexes of a module directory. */
struct tn_catalog_faults {
        const struct tn_dir *dir;
        struct tn_log *log;   /* may be NULL */
        bool is_missing_said; /* once for all that are missing */
};

/*
 * Logs what is wrong with an index that could not be opened for err, what is done instead, and how depmod can help. Logs
 * nothing where a set of indexes without this one is complete.
 */
void tn_catalog_faults_say(struct tn_catalog_faults *faults, enum tn_catalog_index which, int err,
                           const char *instead);

/* Whether err is of a file that is not this user's to read. */
static inline bool tn_catalog_faults_is_denied(int err)
{
        return err == -EACCES || err == -EPERM;
}

#endif
