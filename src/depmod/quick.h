/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_QUICK_H
#define TN_DEPMOD_QUICK_H

#include <stdbool.h>

#include "depmod/state.h"

/*
 * Whether the files in a directory, outfd, can stay as they are: all are there, none was cut to nothing, and no module
 * is newer than modules.dep, to the microsecond. The modules are those that the tree has now.
 */
bool tn_quick_is_current(const struct tn_depmod *depmod, int outfd);

#endif
