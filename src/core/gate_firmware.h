/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_GATE_FIRMWARE_H
#define TN_CORE_GATE_FIRMWARE_H

#include "core/gate_kernel.h"

/*
 * Which files of firmware a module names and the system of the kernel lacks, plain or compressed, each with its NUL. A
 * pattern is passed over. Returns 0 or -ENOMEM.
 */
int tn_gate_firmware_find(const struct tn_gate_kernel *kernel, const struct tn_facts *facts,
                          struct tn_arena *arena, struct span *ret_missing);

#endif
