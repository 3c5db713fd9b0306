/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_LINT_SLIP_H
#define TN_CORE_LINT_SLIP_H

#include <stdbool.h>

#include "util/span.h"

/*
 * Whether a name of a module is another one with a slip of the finger in it. Of names that exist many differ in a letter
 * (sch_cbq and sch_cbs, nvme_core and nvmem_core), so this is much narrower than being near: without their '_' they are equal;
 * or all parts between '_' are equal but one, in which two neighbours are swapped, a letter is doubled or a double one is single,
 * or, when it is long, a letter is missing or too many, or one within is another. Digits are never a slip.
 */
bool tn_lint_is_slip(struct span name, struct span other);

#endif
