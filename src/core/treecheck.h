/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_TREECHECK_H
#define TN_CORE_TREECHECK_H

#include "core/catalog.h"
#include "core/finding.h"

/* Of files that no index has, and of indexed files that are gone, no more than this are named. */
#define TN_TREECHECK_NAMED 5

/*
 * Whether the indexes of a module directory are what depmod would make of its files now: appends findings for files that
 * no index has, for indexed files that are gone, and for modules that are there twice. *ret_unread is set when a part of the
 * tree could not be read. Returns 0, -EINVAL when modules.dep is corrupt, -ENOMEM, -errno.
 */
int tn_treecheck(struct tn_catalog *catalog, struct tn_findings *findings, bool *ret_unread);

#endif
