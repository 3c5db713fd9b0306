/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_CAUSE_WORDS_H
#define TN_CLI_CAUSE_WORDS_H

#include "core/plan.h"
#include "util/buf.h"

/*
 * Appends what led to a step of a plan, by its number, as lines that begin with "# NAME: ": what the step is if that is not
 * plain from it, each of its causes, and where its options are from. Failures stick to the buffer.
 */
void tn_cause_words_add(const struct tn_plan *plan, size_t number, struct tn_buf *out);

#endif
