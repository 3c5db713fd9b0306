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

/*
 * Adds why a path that the user named, which no index need have, leads to no module that can be read: the links of it, or what it
 * is instead. Adds nothing for a module. Returns 0 or -ENOMEM.
 */
int tn_unknown_explain_file(const struct tn_catalog *catalog, const char *path, struct tn_findings *findings);

#endif
