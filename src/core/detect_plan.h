/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DETECT_PLAN_H
#define TN_CORE_DETECT_PLAN_H

#include "core/finding.h"
#include "core/plan.h"

/* Causes that a plan tells by itself. Pure. Each appends one finding and returns 0 or -ENOMEM. */

/* Of a step for a module that is missing in the directory: what wants it. */
int tn_detect_missing(const struct tn_plan *plan, const struct tn_step *step, const char *dir,
                      struct tn_findings *findings);

/* Of a step whose command stands for the module: it never loads it, or, where it is no such command, it failed. */
int tn_detect_command(const struct tn_step *step, struct tn_findings *findings);

/* Of a step that the policy keeps out of the plan for a target. */
int tn_detect_barred(const struct tn_target *target, const struct tn_step *step,
                     struct tn_findings *findings);

/* Of a target that is blacklisted. */
int tn_detect_blacklisted(const struct tn_target *target, struct tn_findings *findings);

/* That the module of the name needs the one of the step, which fails. */
int tn_detect_dependency(const char *name, const struct tn_step *step, struct tn_findings *findings);

#endif
