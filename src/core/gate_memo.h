/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_GATE_MEMO_H
#define TN_CORE_GATE_MEMO_H

#include "core/finding.h"
#include "core/firmware.h"
#include "core/gate_ahead.h"
#include "core/gate_kernel.h"
#include "core/incomplete.h"
#include "core/plan.h"
#include "util/map.h"

/* What was found of one file with one text of options. */
struct tn_gate_checked {
        struct tn_findings findings;
        struct tn_incompletes incompletes;
        struct tn_firmware firmware;
        bool stopped; /* an error of the file itself is among the findings */
        struct tn_gate_checked *before;
};

/* Files that were looked at, and those that were read for that. Zero-initialised is empty. */
struct tn_gate_memo {
        struct tn_gate_ahead ahead;
        struct tn_arena arena;
        struct tn_map files;            /* path, NUL, options: struct tn_gate_checked */
        struct tn_gate_checked *newest; /* a list of all of them */
};

/* Whether it is about what may be loaded at all, whichever module that is. */
bool tn_gate_is_general(enum tn_finding_code code);

void tn_gate_memo_fini(struct tn_gate_memo *memo);

/* The file of a step will be looked at: it is read ahead by the next tn_gate_ahead_read(). Returns 0 or -ENOMEM. */
int tn_gate_memo_expect(struct tn_gate_memo *memo, const struct tn_gate_kernel *kernel,
                        const struct tn_step *step);

/*
 * What is found of the file that a step would insert. It is looked at once with the same options: what it needs is the same
 * wherever it is needed. Borrowed until the end. Returns 0 or -ENOMEM.
 */
int tn_gate_memo_get(struct tn_gate_memo *memo, struct tn_gate_kernel *kernel, const struct tn_plan *plan,
                     const struct tn_step *step, const struct tn_gate_checked **ret_checked);

#endif
