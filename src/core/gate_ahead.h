/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_GATE_AHEAD_H
#define TN_CORE_GATE_AHEAD_H

#include "core/evidence.h"
#include "core/gate_kernel.h"
#include "core/plan.h"
#include "util/map.h"

/*
 * Files of modules that are read before somebody asks about them: all at once, on all processors. What is found is the same
 * as without. Zero-initialised is empty.
 */
struct tn_gate_ahead {
        struct tn_arena arena;
        struct tn_map files; /* path: struct tn_gate_ahead_file */
        TN_VEC(struct tn_gate_ahead_file *) unread;
        struct tn_gate_ahead_file *newest; /* a list of all of them */
};

void tn_gate_ahead_fini(struct tn_gate_ahead *ahead);

/* One more file is to be read: that of a step of a plan. Returns 0 or -ENOMEM. */
int tn_gate_ahead_add(struct tn_gate_ahead *ahead, const struct tn_gate_kernel *kernel,
                      const struct tn_step *step);

/* Reads those that were added since the last time. Returns 0 or -ENOMEM. */
int tn_gate_ahead_read(struct tn_gate_ahead *ahead, const struct tn_gate_kernel *kernel);

/* What was read of a file, handed over once: empty evidence becomes that of the file. Without it nothing happens. */
void tn_gate_ahead_take(struct tn_gate_ahead *ahead, const char *path, struct tn_evidence *evidence);

#endif
