/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_READ_H
#define TN_DEPMOD_READ_H

#include "depmod/depmod.h"
#include "depmod/state.h"

/*
 * Reads all modules that were found, in several threads, and gathers what they came to. Messages and progress come in the
 * order of the modules' numbers. Returns 0, or what tn_gather_take() returned.
 */
int tn_depmod_read(struct tn_depmod *depmod, const struct tn_depmod_options *options);

#endif
