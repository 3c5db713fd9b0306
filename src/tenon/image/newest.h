/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_NEWEST_H
#define TN_TENON_IMAGE_NEWEST_H

#include <sys/stat.h>

#include "util/dir.h"
#include "util/vec.h"

/* A file that may be the image of a kernel. */
struct tn_image_file {
        char *path;      /* absolute; in a root, the root's own */
        struct stat st;  /* links followed */
        bool is_unified; /* a kernel with the image inside (.efi) */
};

/* Zero-initialised is empty. */
struct tn_image_files {
        TN_VEC_FIELDS(struct tn_image_file); /* the one that was written last first */
        int hidden_err;    /* 0, or -errno: a place could not be looked at, and may have another */
        char *hidden_path; /* that place */
};

/*
 * Finds images of the kernel of that release where distributions and kernel-install(8) put them: in /boot, /efi,
 * /boot/efi and the module directory. A file that is reached by two names counts once. Returns 0 or -ENOMEM.
 */
int tn_image_newest(const struct tn_dir *root, const char *release, struct tn_image_files *ret_files);

void tn_image_files_fini(struct tn_image_files *files);

#endif
