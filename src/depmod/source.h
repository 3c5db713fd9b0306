/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_SOURCE_H
#define TN_DEPMOD_SOURCE_H

#include "util/buf.h"
#include "util/dir.h"

/* Where modules and the lists that a kernel's build left are read. What is not mentioned is borrowed. */
struct tn_source {
        struct tn_dir
                dir; /* the module directory; its descriptor is owned. With a root when it is a part of that */
        const struct tn_inroot *root; /* what absolute paths of modules are in; NULL: the running system */
};

/* One that has no directory, as a start. */
#define TN_SOURCE_NONE ((struct tn_source){ .dir = { .fd = -1 } })

/*
 * Opens a module directory, whose path is absolute; its own root may be NULL beside a root, when it is not looked at as a
 * part of that. Returns 0 or -errno.
 */
int tn_source_open(const struct tn_dir *dir, const struct tn_inroot *root, struct tn_source *ret_source);
void tn_source_close(struct tn_source *source);

/* Where the path of a module is opened. */
struct tn_dir tn_source_dir(const struct tn_source *source, struct span path);

/* Appends the path of a module as messages show it. */
void tn_source_add_path(const struct tn_source *source, struct span path, struct tn_buf *out);

#endif
