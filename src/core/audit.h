/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_AUDIT_H
#define TN_CORE_AUDIT_H

#include "core/plan.h"

/* Where it is kept which modules have had their line. */
#define TN_AUDIT_DIR "/run/tenon/audited"

/*
 * Writes to the kernel's log, before a step is done, that the policy denies its module: that it is loaded all the same since
 * the request says so; or, where the policy is in audit only, that it would be denied, once for each module as long as dir
 * keeps an empty file of its name. What cannot be written is lost. Steps that are not spared write nothing.
 */
void tn_audit_step(const struct tn_step *step, const char *dir);

#endif
