/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_SAY_H
#define TN_CLI_SAY_H

/*
 * printf(3) to standard error, after everything that was printed to standard output before: a log of both has them in
 * order. The text is escaped as tn_log() does it.
 */
void tn_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
