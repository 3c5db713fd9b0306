/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_GATE_TARGET_H
#define TN_CORE_GATE_TARGET_H

#include "core/gate_memo.h"
#include "core/gates.h"
#include "core/plan.h"

/* What is known of more than one target. */
struct tn_gate_target_around {
        struct tn_gate_kernel *kernel;
        struct tn_gate_memo *memo;
};

/* Reads the files ahead that the check of a target will look at: with the next tn_gate_ahead_read(). Returns 0 or -ENOMEM. */
int tn_gate_target_expect(const struct tn_gate_target_around *around, const struct tn_plan *plan,
                          const struct tn_target *target);

/*
 * Checks one module that a plan, made as if nothing were loaded, is to load, and what that cannot do without. Adds it to the
 * report. Returns 0 or -ENOMEM.
 */
int tn_gate_target_check(const struct tn_gate_target_around *around, const struct tn_plan *plan,
                         const struct tn_target *target, struct tn_gates_report *report);

#endif
