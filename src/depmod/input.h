/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_INPUT_H
#define TN_DEPMOD_INPUT_H

#include "depmod/state.h"

/*
 * Reads what the build of the kernel left in the module directory, a regular file. If it is missing, or no file that
 * can be read, a warning is logged, and it counts as empty. Returns 0; -ENOMEM; or -errno after it was logged, when the
 * machine failed.
 */
int tn_depmod_input(const struct tn_depmod *depmod, const char *name, struct tn_buf *text);

#endif
