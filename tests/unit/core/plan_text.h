/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_UNIT_CORE_PLAN_TEXT_H
#define TN_TESTS_UNIT_CORE_PLAN_TEXT_H

#include "core/plan.h"
#include "util/buf.h"

/*
 * Appends all that a plan says, to compare. What is empty is left out; "@3" is line 3 of a file of configuration; paths of
 * modules are below dir. A target:
 *
 *     target NAME: VERDICT, RULE alias ALIAS pattern PATTERN @LINE path PATH; blacklist @LINE; kept NAME
 *
 * Its steps, "!" for those that are required, and what each needs:
 *
 *     0 KIND NAME!: path PATH, command COMMAND @LINE, options 'TEXT' OPTION@LINE, after 1 2
 *
 * And their causes, each with the number of the step that it comes from:
 *
 *       REASON 1: word WORD @LINE, RULE ...
 */
void plan_text(const struct tn_plan *plan, const char *dir, struct tn_buf *out);

#endif
