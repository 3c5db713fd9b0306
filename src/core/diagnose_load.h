/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DIAGNOSE_LOAD_H
#define TN_CORE_DIAGNOSE_LOAD_H

#include "core/catalog.h"
#include "core/diagnose.h"

/* What core/diagnose.h has to say, with all that it wants to know read and asked here. */

/* Of a name that is not found in a catalog. Returns 0 or -ENOMEM. */
int tn_diagnose_load_missing(const char *name, struct tn_catalog *cat, struct tn_buf *lines);

#endif
