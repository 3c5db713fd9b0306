/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_DEPROOM_H
#define TN_DEPMOD_DEPROOM_H

#include "depmod/state.h"

/* What the lines of modules.dep may have together, in bytes: modules.dep.bin is to fit the format's 256 MiB. */
#define TN_DEPROOM_MAX ((size_t)200 << 20)

/*
 * Once sorted: where the lines have more than max bytes together, the longest lose their dependencies, with a warning
 * each, until the rest fits. Returns 0 or -ENOMEM.
 */
int tn_deproom_fit(struct tn_depmod *depmod, size_t max);

#endif
