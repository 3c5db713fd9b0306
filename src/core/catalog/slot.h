/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CATALOG_SLOT_H
#define TN_CORE_CATALOG_SLOT_H

#include <stdbool.h>

#include "core/catalog/files.h"
#include "format/index_read.h"
#include "util/buf.h"
#include "util/dir.h"
#include "util/file.h"
#include "util/stamp.h"

/* One index of a module directory, as it was when it was opened. Zero-initialised is not opened. */
struct tn_catalog_slot {
        struct tn_index index;
        bool tried;    /* it was opened, or could not be */
        bool replaced; /* what is there is of the text, not of the index file */
        bool empty;    /* the index file was */
        bool brief; /* set before: nobody will ask whether it is stale, and the process ends once it is closed */
        int err;    /* 0, or why there is no index */
        struct tn_stamp stamp;      /* of the index file, before it was opened */
        struct tn_stamp text_stamp; /* of the text file, if that was asked */
        struct tn_file file;        /* what the index borrows from: one of these */
        struct tn_buf small;
        struct tn_buf text;
};

/*
 * Opens the index file. Returns 0; -ENODATA when it is empty, -EINVAL when it is corrupt, as far as that shows before it
 * is read; -errno.
 */
int tn_catalog_slot_open(struct tn_catalog_slot *slot, const struct tn_dir *dir, enum tn_catalog_index which);

/*
 * Makes the index anew of its text file. What was borrowed from the one before stays. Returns 0; -ENOENT when there is
 * no text that says anything; -errno.
 */
int tn_catalog_slot_replace(struct tn_catalog_slot *slot, const struct tn_dir *dir,
                            enum tn_catalog_index which);

/* Whether a file that was opened, or looked for, is another by now. In a root, that is never known. */
bool tn_catalog_slot_is_stale(const struct tn_catalog_slot *slot, const struct tn_dir *dir,
                              enum tn_catalog_index which);

void tn_catalog_slot_close(struct tn_catalog_slot *slot);

#endif
