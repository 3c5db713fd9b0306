/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_LIST_H
#define TN_CORE_LIST_H

#include "util/dir.h"
#include "util/span.h"

/*
 * The module files of a directory, whether or not anything is known of them, as `modprobe -l` lists them: relative to
 * the module directory, those of modules.dep in its order. Where that file is missing or empty, the tree is walked
 * (core/tree.h) and listed in the order of the paths. All names count that links give to a directory; what begins with
 * '.', "build" and "source" are no part of the tree.
 */
struct tn_list_filter {
        const char *dir; /* only what is below it, "kernel/drivers/net" or "drivers/net"; NULL: everywhere */
        const char *pattern; /* for fnmatch(3), against the file name; NULL: all */
};

/* The path is borrowed for the call. A non-zero return stops the listing and is returned. */
typedef int tn_list_fn(void *data, struct span path);

/*
 * '-' and '_' are the same in both, and a pattern need not care for ".ko" and a compressor's suffix: "crc32",
 * "crc32.ko" and "crc32.ko.xz" all list crc32.ko.xz. Returns 0, -EINVAL for a pattern with a bracket without partner,
 * -ENOENT when there is no such module directory, -errno.
 */
int tn_list_each(const struct tn_dir *dir, const struct tn_list_filter *filter, tn_list_fn *fn, void *data);

/*
 * All module files below a directory, by walking it, as above. Returns 0; 1 when a directory below could not be read and
 * was left out; -errno.
 */
int tn_list_tree(const struct tn_dir *dir, tn_list_fn *fn, void *data);

#endif
