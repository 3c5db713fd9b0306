/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_GATE_OWN_H
#define TN_CORE_GATE_OWN_H

#include "core/catalog.h"
#include "core/finding.h"

/*
 * A module may read its own words under the name of a type, and have parameters that it does not describe: then they are
 * strings of it. The word that makes a finding about a parameter untrue if the module has it so; empty: none does.
 */
struct span tn_gate_own_word(const struct tn_finding *finding);

/* Takes findings away that the file of a module makes untrue; it is opened only for such. Returns 0 or -ENOMEM. */
int tn_gate_own_drop(const struct tn_catalog *catalog, const char *path, struct tn_findings *findings);

#endif
