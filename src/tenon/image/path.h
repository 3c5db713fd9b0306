/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_PATH_H
#define TN_TENON_IMAGE_PATH_H

#include <stdbool.h>

#include "util/span.h"

/* What a file of an image is for us. */
enum tn_image_kind {
        TN_IMAGE_MODULE,   /* a module file */
        TN_IMAGE_INDEX,    /* modules.* of a module directory, text or binary */
        TN_IMAGE_MODPROBE, /* a file of modprobe.d, or /etc/modprobe.conf */
        TN_IMAGE_DEPMOD,   /* a file of depmod.d */
};

/* All spans borrow from the name. */
struct tn_image_path {
        enum tn_image_kind kind;
        struct span path;    /* without what stands before the first directory: "usr/lib/modprobe.d/a.conf" */
        struct span release; /* of a module or an index: the kernel's */
        struct span
                rest; /* of these: what follows the module directory, "kernel/fs/fat/fat.ko.xz"; else the base name */
};

/* Takes the name of an entry apart. False for a file that is none of these. */
bool tn_image_path_parse(struct span name, struct tn_image_path *ret_path);

#endif
