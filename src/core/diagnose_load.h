/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DIAGNOSE_LOAD_H
#define TN_CORE_DIAGNOSE_LOAD_H

#include "core/catalog.h"
#include "core/diagnose.h"

/* What core/diagnose.h has to say, with all that it wants to know read and asked here. */

/*
 * Of a module file that the kernel answered err to; path as for tn_catalog_open_file(), NULL when the module came by another way. The
 * catalog says which modules export what. Returns 0 or -ENOMEM.
 */
int tn_diagnose_load_refusal(int err, const char *path, const char *options, struct tn_catalog *cat,
                             struct tn_buf *lines);

/* Of a name that is not found in a catalog. Returns 0 or -ENOMEM. */
int tn_diagnose_load_missing(const char *name, struct tn_catalog *cat, struct tn_buf *lines);

#endif
