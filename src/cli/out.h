/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_OUT_H
#define TN_CLI_OUT_H

#include "util/span.h"

/*
 * Standard output, for all that comes from modules, indexes and configuration. A file or pipe gets the bytes as they
 * are. On a terminal, what that would obey is escaped (util/escape.h).
 */

/* printf(3). On a terminal newlines are escaped too, but for one that the format ends in. */
void tn_out(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The same of "%s\n". */
void tn_out_line(const char *line);

/* Text of any number of lines. */
void tn_out_text(struct span text);

/* Brings everything printed so far to its file. A failure is remembered. */
void tn_out_flush(void);

/* Whether everything printed has arrived: 0, or the first failure as -errno. */
int tn_out_error(void);

#endif
