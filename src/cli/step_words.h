/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_STEP_WORDS_H
#define TN_CLI_STEP_WORDS_H

#include "core/plan.h"
#include "util/buf.h"

/*
 * Appends a step as scripts read it, without a newline: "insmod PATH OPTIONS", "install COMMAND OPTIONS",
 * "remove COMMAND", "rmmod NAME" or "builtin NAME". A step in which nothing is done, and one that lacks its module, has
 * no words. The text is as it came from configuration and indexes. A failure for memory is the buffer's.
 */
void tn_step_words_add(const struct tn_step *step, struct tn_buf *text);

#endif
