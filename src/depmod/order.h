/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_ORDER_H
#define TN_DEPMOD_ORDER_H

#include "depmod/module.h"

/*
 * Brings modules in the order that their numbers come from: those that a line of modules.order names, in its order,
 * then all others in hash order of their names. A line is the path of a module without a compressor's suffix; lines
 * that name no module count for nothing, and of two the first counts. Does not depend on the order before.
 * Returns 0 or -ENOMEM.
 */
int tn_order_modules(struct tn_depmod_modules *modules, struct span modules_order);

#endif
