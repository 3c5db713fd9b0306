/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_CHECK_H
#define TN_DEPMOD_CHECK_H

#include <stdbool.h>

#include "depmod/state.h"

/*
 * Warns of each need, as kept told, that neither the kernel nor a module fulfils, and with versions also of each that
 * is fulfilled in another version than the module was built with. What is weak may be missing and may differ.
 */
void tn_depmod_check(const struct tn_depmod *depmod, bool versions);

#endif
