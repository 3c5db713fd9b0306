/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_CACHE_INPUTS_H
#define TN_DEPMOD_CACHE_INPUTS_H

#include "depmod/cache.h"

/*
 * A sum of the lists that the build of the kernel left in the module directory, and of which files they are. Returns 0, or
 * -errno when not all of them can be read: then a run has something to say.
 */
int tn_cache_inputs_sum_lists(const struct tn_depmod *depmod, uint64_t *ret_sum);

#endif
