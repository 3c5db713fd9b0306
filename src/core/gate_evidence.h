/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_GATE_EVIDENCE_H
#define TN_CORE_GATE_EVIDENCE_H

#include "core/evidence.h"
#include "core/gate_kernel.h"
#include "core/plan.h"

/*
 * Gathers what the gates ask for about a module that a step of a plan would insert; it borrows from all three. The steps
 * before it are taken as done. file is what is known of its file already, as tn_gate_ahead_take() gives it, and taken over;
 * empty: nothing. Returns 0 or -ENOMEM.
 */
int tn_gate_evidence_load_take(struct tn_gate_kernel *kernel, const struct tn_plan *plan,
                               const struct tn_step *step, struct tn_evidence *file,
                               struct tn_evidence *ret_evidence, struct tn_incompletes *incompletes);

/* The parts of the facts of its file that are asked for, of enum tn_facts_part: under which rules it exports only where others may ask. */
unsigned tn_gate_evidence_facts(const struct tn_gate_kernel *kernel, const struct tn_step *step);

/* Whether a module will be in the kernel when the step's turn comes; a step before it that fails is reported by itself. */
bool tn_gate_is_there(const struct tn_gate_kernel *kernel, const struct tn_plan *plan,
                      const struct tn_step *step, const char *module);

#endif
