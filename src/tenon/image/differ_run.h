/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_DIFFER_RUN_H
#define TN_TENON_IMAGE_DIFFER_RUN_H

#include "tenon/image/differ.h"

/* What the parts of a comparison share. Each returns 0 or -ENOMEM. */
struct tn_image_run {
        const struct tn_image_copies *copies;
        const struct tn_image_disk *disk;
        struct tn_image_differences *out;
};

/* A file of the image, and one of the disk beside it. */
struct tn_image_pair {
        const struct tn_image_copy *copy; /* NULL: it is only on disk */
        struct tn_buf path;               /* on disk, absolute; empty: there is none */
        struct tn_image_gist gist;        /* of the disk's; the build id is the run's */
};

void tn_image_pair_fini(struct tn_image_pair *pair);

int tn_image_report(struct tn_image_run *run, const struct tn_image_pair *pair, enum tn_image_why why);

/* The same when both files are known and say something else; counts those that are not known. */
int tn_image_judge(struct tn_image_run *run, const struct tn_image_pair *pair, enum tn_image_why why);

int tn_image_differ_module(struct tn_image_run *run, const struct tn_image_copy *copy);
int tn_image_differ_config(struct tn_image_run *run, const struct tn_image_copy *copy);
int tn_image_differ_disk(struct tn_image_run *run);

#endif
