/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_AGE_H
#define TN_TENON_IMAGE_AGE_H

#include <time.h>

#include "util/dir.h"
#include "util/vec.h"

/* A file or directory that an image is made of, and when it was changed last. */
struct tn_image_source {
        char *path; /* absolute; in a root, the root's own */
        struct timespec mtime;
};

/* Zero-initialised is empty. */
struct tn_image_sources {
        TN_VEC_FIELDS(struct tn_image_source);
        int hidden_err;    /* 0, or -errno: one of them could not be looked at */
        char *hidden_path; /* that one */
};

/*
 * The configuration of modprobe, files and directories, and the indexes of the module directory; links are followed. What
 * packages unpack is as old as they are, but the directory is not. What /run has is made anew with each boot, and does not
 * count. Returns 0 or -ENOMEM.
 */
int tn_image_sources_load(const struct tn_dir *root, const struct tn_dir *modules,
                          struct tn_image_sources *ret_sources);

void tn_image_sources_fini(struct tn_image_sources *sources);

/* The newest of those that were changed after the image was written; NULL: the image is as new as all of them. */
const struct tn_image_source *tn_image_age(const struct timespec *image,
                                           const struct tn_image_sources *sources);

#endif
