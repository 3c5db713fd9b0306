/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_LINT_CATALOG_H
#define TN_CORE_LINT_CATALOG_H

#include "core/catalog.h"
#include "core/lint.h"

/* The answers of a module directory to a lint. What takes a walk over an index is made when it is first asked for. */
struct tn_lint_store;

/* The catalog is borrowed until free. Returns 0 or -ENOMEM. */
int tn_lint_store_new(struct tn_catalog *catalog, struct tn_lint_store **ret_store);
void tn_lint_store_free(struct tn_lint_store *store);

/* NULL when the directory has no modules, so that it says nothing of any name. Facts are valid until the next question. */
const struct tn_lint_catalog *tn_lint_store_catalog(struct tn_lint_store *store);

#endif
