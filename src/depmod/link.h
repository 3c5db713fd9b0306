/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_LINK_H
#define TN_DEPMOD_LINK_H

#include "depmod/state.h"

/*
 * Makes the graph: a module depends on the owners of the symbols it needs, in that order. When needs is not NULL, one
 * line for each dependency is appended to it that says which symbol made it one. Returns 0 or -ENOMEM.
 */
int tn_depmod_link(struct tn_depmod *depmod, struct tn_buf *needs);

/* Brings users before used. Returns 0, -ELOOP after all cycles were logged, or -ENOMEM. */
int tn_depmod_sort(struct tn_depmod *depmod);

#endif
