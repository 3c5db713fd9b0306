/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CATALOG_TEXT_H
#define TN_CORE_CATALOG_TEXT_H

#include "core/catalog/files.h"
#include "util/buf.h"
#include "util/dir.h"

/*
 * Makes the index of a module directory anew, in memory, from its text file; for the catalog, where the index is
 * missing or corrupt. Lines that are malformed, and what no index can hold, are left out. Appended to bytes. Returns
 * 0; -ENOENT when the file is missing or has no line that says anything; -errno.
 */
int tn_catalog_text_load(const struct tn_dir *dir, enum tn_catalog_index which, struct tn_buf *bytes);

#endif
