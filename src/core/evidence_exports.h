/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_EXPORTS_H
#define TN_CORE_EVIDENCE_EXPORTS_H

#include "core/catalog.h"
#include "core/evidence.h"

/*
 * What the running kernel exports, by its files (core/exports.h), of the symbols that its log names; or, where the log
 * cannot be read, of all that the module needs, and whether they are there. Appends to the evidence, whose log, facts,
 * owners and symbols must have been gathered. What nobody can tell is left out, and all of it where the module directory
 * is another kernel's. Returns 0 or -ENOMEM.
 */
int tn_evidence_find_exports(struct tn_evidence *evidence, struct tn_catalog *catalog);

#endif
