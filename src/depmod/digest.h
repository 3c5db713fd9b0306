/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_DIGEST_H
#define TN_DEPMOD_DIGEST_H

#include "depmod/state.h"
#include "format/facts.h"

/* The facts that this takes. */
#define TN_DEPMOD_FACTS (TN_FACTS_INFO | TN_FACTS_EXPORTS | TN_FACTS_NEEDS)

/*
 * Takes from the facts of module number i what is needed of them: afterwards they can go. What is more than one module
 * may have (docs/index-format.md has no room for any amount) is left out with a warning, and so are, when all modules
 * together have too much, those texts of the module that has most of them. Returns 0 or -ENOMEM.
 */
int tn_depmod_digest(struct tn_depmod *depmod, uint32_t i, const struct tn_facts *facts);

#endif
