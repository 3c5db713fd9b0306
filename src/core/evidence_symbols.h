/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_SYMBOLS_H
#define TN_CORE_EVIDENCE_SYMBOLS_H

#include "core/catalog.h"
#include "core/evidence.h"
#include "core/newcomers.h"

/*
 * What the files of a module directory say about the symbols and the kernel that the log and the module's facts name, which
 * must have been gathered. Each appends to the evidence and returns 0 or -ENOMEM; what cannot be read is left out.
 */

/* Owners of symbols that no index has: modules that came after depmod, which are looked for when one is missing. */
int tn_evidence_find_exporters(struct tn_evidence *evidence, struct tn_catalog *catalog,
                               struct tn_newcomers *newcomers);

/* Whether there are modules of the release that the module was built for. */
int tn_evidence_find_release(struct tn_evidence *evidence, struct tn_catalog *catalog);

#endif
