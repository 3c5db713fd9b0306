/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_LINK_H
#define TN_DEPMOD_LINK_H

#include "depmod/state.h"

/*
 * Makes the table of symbols and the graph. The last module that exports a symbol owns it. A module depends on the owners of the symbols it needs, in that order. When needs is not NULL, one
 * line for each dependency is appended to it that says which symbol made it one. Returns 0 or -ENOMEM.
 */
int tn_depmod_link(struct tn_depmod *depmod, struct tn_buf *needs);

/* The symbol that a need is one of, or NULL when neither a module nor the kernel is known to export it. */
const struct tn_symbol *tn_depmod_find_symbol(const struct tn_depmod *depmod, struct span need);

/* Brings users before used. Returns 0, -ELOOP after all cycles were logged, or -ENOMEM. */
int tn_depmod_sort(struct tn_depmod *depmod);

#endif
