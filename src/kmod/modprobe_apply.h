/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_MODPROBE_APPLY_H
#define TN_KMOD_MODPROBE_APPLY_H

#include "kmod/modprobe_run.h"

/*
 * Carries out a target of a plan, printing its steps where they are to be seen, or only prints them. As
 * tn_apply_target().
 */
int tn_modprobe_apply(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target,
                      const struct tn_step **ret_failed);

/*
 * Prints a target of a plan: the steps of one that is to be carried out, and with -n and a second -v what led to each step,
 * also to that of a target that nothing is done for.
 */
void tn_modprobe_show_plan(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target);

#endif
