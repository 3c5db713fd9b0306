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

/*
 * Where one file of firmware is, as the kernel would find it, in the system of the catalog: *path is replaced. Returns 1, 0
 * when the system lacks it or is not known, or -ENOMEM.
 */
int tn_gate_firmware_place(const struct tn_gate_kernel *kernel, struct span name, struct tn_buf *path);

#endif
