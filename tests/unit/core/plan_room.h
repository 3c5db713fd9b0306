/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_UNIT_CORE_PLAN_ROOM_H
#define TN_TESTS_UNIT_CORE_PLAN_ROOM_H

#include "room.h"

/* What a plan says, to compare: one line a step, "insert NAME OPTIONS", "install NAME COMMAND", "delete NAME" and
 * so on, "?" at the end of steps that may fail; a target that is not gone about is its verdict and name in
 * brackets. An absolute path is a file. The caller frees. */
char *room_load(struct room *room, const char *operand, unsigned flags, const char *options);
char *room_remove(struct room *room, const char *operand, unsigned flags);

/* What is to be planned for an operand, a file if it begins with '/'; of a kernel that was not asked anything yet. */
struct tn_plan_request room_request(struct room *room, const char *operand, unsigned flags);

#endif
