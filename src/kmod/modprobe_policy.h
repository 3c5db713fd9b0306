/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_MODPROBE_POLICY_H
#define TN_KMOD_MODPROBE_POLICY_H

#include "kmod/modprobe_run.h"

/*
 * Explains why nothing was done for a target: it is denied or blacklisted, or in the kernel, where its parameters come too
 * late.
 */
void tn_modprobe_explain_idle(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target,
                              const char *options);

/*
 * The name that the module in a file has, normalised, if there is a policy that may deny it by that; NULL: there is none, or
 * the file does not tell. Owned by the run.
 */
const char *tn_modprobe_name_inside(struct modprobe *mp, const char *path);

/*
 * Explains what became of a target by the commands of the configuration: that one denies it or what it needs, or that
 * one failed. failed is the step that err is of, or NULL after a success. Returns whether that explains it.
 */
bool tn_modprobe_explain_command(struct modprobe *mp, const struct tn_plan *plan,
                                 const struct tn_target *target, const struct tn_step *failed, int err);

#endif
