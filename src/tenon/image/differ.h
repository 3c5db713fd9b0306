/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_DIFFER_H
#define TN_TENON_IMAGE_DIFFER_H

#include "core/catalog.h"
#include "tenon/image/copies.h"
#include "util/dir.h"

/* How a file of the image is not as the disk's. */
enum tn_image_why {
        TN_IMAGE_DIFFERS,    /* both have it, and it says something else; of a module: it is another build */
        TN_IMAGE_MOVED,      /* a module: the disk has another build of it, at another path */
        TN_IMAGE_SUPERSEDED, /* a module: the disk has the same file, and another build that is taken instead */
        TN_IMAGE_ONLY_IN_IMAGE, /* the disk has no such file; of a module: none of that name */
        TN_IMAGE_ONLY_ON_DISK,  /* configuration that is not in the image */
};

struct tn_image_difference {
        enum tn_image_kind kind; /* TN_IMAGE_MODULE or TN_IMAGE_MODPROBE */
        enum tn_image_why why;
        struct span path; /* absolute: in the image; of what is only on disk, there */
        struct span
                disk; /* absolute: the file on disk that it was compared with, or is taken instead; or empty */
        struct span image_build_id, disk_build_id; /* of modules that have one */
};

/* What an image is compared with. All is borrowed. */
struct tn_image_disk {
        struct tn_dir root;                 /* the root of the system, "/" or another one */
        const char *release;                /* of the kernel whose modules count */
        struct tn_catalog *catalog;         /* of that kernel's module directory */
        const struct tn_image_watch *watch; /* hears how many files of the image were compared; or NULL */
};

struct tn_image_differences {
        TN_VEC_FIELDS(struct tn_image_difference); /* in the order of the image; then what is only on disk */
        struct tn_arena arena;
        unsigned n_modules; /* of that release, in the image */
        unsigned n_configs; /* files of modprobe.d in the image; an image without any was made without them */
        unsigned n_unknown; /* files that could not be read, here or there, and may differ */
};

/*
 * Compares modules of the release, and the configuration of modprobe. What /run has is made anew with each boot: of that,
 * nothing is only on disk. Files that say the same are no difference, however they are compressed and wherever /lib leads.
 * Returns 0 or -ENOMEM.
 */
int tn_image_differ(const struct tn_image_copies *copies, const struct tn_image_disk *disk,
                    struct tn_image_differences *ret_differences);

void tn_image_differences_fini(struct tn_image_differences *differences);

#endif
