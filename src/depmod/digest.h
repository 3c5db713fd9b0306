/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_DIGEST_H
#define TN_DEPMOD_DIGEST_H

#include "core/facts.h"
#include "depmod/state.h"

/*
 * Takes from the facts of module number i what is needed of them: afterwards they can go. What is more than one module
 * may have (docs/index-format.md has no room for any amount) is left out with a warning, and so are, when all modules
 * together have too much, those texts of the module that has most of them. Returns 0 or -ENOMEM.
 */
int tn_depmod_digest(struct tn_depmod *depmod, uint32_t i, const struct tn_facts *facts);

#endif
