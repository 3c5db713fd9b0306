/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_UNKNOWN_H
#define TN_CORE_UNKNOWN_H

#include "core/evidence_name.h"
#include "core/finding.h"

/*
 * Adds why a name is not known, by all that can be gathered, or, where nothing tells why, that it is not. Strings of from
 * are borrowed as long as the findings are. Returns 0 or -ENOMEM.
 */
int tn_unknown_explain(const struct tn_evidence_name_from *from, struct tn_findings *findings);

#endif
