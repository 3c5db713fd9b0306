/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_EXPLAIN_H
#define TN_CLI_EXPLAIN_H

#include <stdbool.h>

#include "cli/tool.h"
#include "util/span.h"

/*
 * What explains a message comes on lines of its own after it, indented by two blanks: scripts match the message
 * itself. It is printed on a terminal or with -v, never with -q or to syslog.
 */
bool tn_explain_wanted(const struct tn_tool *tool);
void tn_explain(struct tn_tool *tool, struct span lines);

/* One line, as printf(3) makes it; it is escaped. */
void tn_explain_line(struct tn_tool *tool, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Why path could not be found, if it is a symbolic link. err is negative. */
void tn_explain_link(struct tn_tool *tool, const char *path, int err);

/*
 * Which options of a load the kernel has ignored, because the module has no such parameters. fd is open on the
 * module's file, and is taken over.
 */
void tn_explain_ignored(struct tn_tool *tool, const char *module, int fd, const char *options);

#endif
