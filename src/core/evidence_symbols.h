/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_SYMBOLS_H
#define TN_CORE_EVIDENCE_SYMBOLS_H

#include "core/catalog.h"
#include "core/evidence.h"

/*
 * What the files of a module directory say about the symbols and the kernel that the log and the module's facts name, which
 * must have been gathered. Each appends to the evidence and returns 0 or -ENOMEM; what cannot be read is left out.
 */

/* Owners of symbols that no index has: modules that came after depmod. */
int tn_evidence_find_exporters(struct tn_evidence *evidence, struct tn_catalog *catalog);

/*
 * The versions that symbols of the log have in the running kernel's tree: by their owner's file, or, where the kernel
 * itself exports them, by other modules that need them. Not all modules are read.
 */
int tn_evidence_find_versions(struct tn_evidence *evidence, struct tn_catalog *catalog);

/* Whether there are modules of the release that the module was built for. */
int tn_evidence_find_release(struct tn_evidence *evidence, struct tn_catalog *catalog);

#endif
