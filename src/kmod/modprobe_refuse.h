/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_MODPROBE_REFUSE_H
#define TN_KMOD_MODPROBE_REFUSE_H

#include "kmod/modprobe_run.h"

/*
 * Reports what a lookup or a planner returned about an operand: that nobody knows it (err is -ENOENT), or what kept us
 * from knowing. culprit is the module at fault, see struct tn_plan, or NULL. Returns err.
 */
int tn_modprobe_refuse_operand(struct modprobe *mp, const char *operand, int err, const char *culprit);

/* Explains a step for whose module there is no file. */
void tn_modprobe_explain_missing(struct modprobe *mp, const struct tn_plan *plan, const struct tn_step *step);

/*
 * Explains what the kernel answered to a step: err is negative, or 0 for what it ignored. target is the module that was
 * asked for, if that is another one, or NULL.
 */
void tn_modprobe_explain_answer(struct modprobe *mp, const struct tn_step *step, int err, const char *target);

/* Says of a step that was carried out that the module has another file, too, if it was looked up. */
void tn_modprobe_explain_twins(struct modprobe *mp, const struct tn_step *step);

#endif
