/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CATALOG_FACTS_H
#define TN_CORE_CATALOG_FACTS_H

#include "core/catalog.h"
#include "format/facts.h"

/*
 * What a module file of a catalog says: the parts that are asked for, of enum tn_facts_part. By its path, as
 * tn_catalog_open_file() takes it, or by the module's normalised name. Returns 0; -ENOENT when the catalog has no such
 * module; what tn_catalog_find_path(), tn_catalog_open_file() and tn_modfacts_load_take() return.
 */
int tn_catalog_facts_at(const struct tn_catalog *cat, const char *path, unsigned parts,
                        struct tn_facts *ret_facts);
int tn_catalog_facts_of(struct tn_catalog *cat, struct span name, unsigned parts, struct tn_facts *ret_facts);

#endif
