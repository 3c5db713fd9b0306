/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_EXPLAIN_H
#define TN_CLI_EXPLAIN_H

#include <stdbool.h>

#include "cli/tool.h"
#include "core/catalog.h"
#include "core/evidence_load.h"
#include "core/evidence_name.h"
#include "core/finding.h"
#include "core/plan.h"
#include "util/span.h"

/*
 * What explains a message comes on lines of its own after it, indented by two blanks: scripts match the message
 * itself. It is printed on a terminal, with -v and with --explain, never with -q or to syslog.
 */
bool tn_explain_wanted(struct tn_tool *tool);

/* Whether somebody has asked for it by --explain: a terminal or -v is not enough for what costs much after a success. */
bool tn_explain_asked(const struct tn_tool *tool);

void tn_explain(struct tn_tool *tool, struct span lines);

/* One line, as printf(3) makes it; it is escaped. */
void tn_explain_line(struct tn_tool *tool, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Why path could not be found, if it is a symbolic link. err is negative. */
void tn_explain_link(struct tn_tool *tool, const char *path, int err);

/* Why a name was not found. */
void tn_explain_name(struct tn_tool *tool, const struct tn_evidence_name_from *from);

/* Why a module directory was not found; no name is asked for. Nothing is printed of one that is there. */
void tn_explain_directory(struct tn_tool *tool, const struct tn_evidence_name_from *from);

/* Why the catalog's last answer was err, if that is due to one of its indexes. */
void tn_explain_index(struct tn_tool *tool, struct tn_catalog *catalog, int err);

/* Why nothing can be read of a module file; path as for tn_catalog_open_file(). */
void tn_explain_file(struct tn_tool *tool, const char *path, const struct tn_catalog *catalog);

/* The same of what was given as a file, and is the name of a module. */
void tn_explain_file_name(struct tn_tool *tool, const char *file, struct tn_catalog *catalog);

/* The causes of one failure: the first three, and of what can be done the first that helps. */
void tn_explain_findings(struct tn_tool *tool, const struct tn_findings *findings);

/*
 * That a module, whose file the index has at a path, is there twice, and why that one is taken; or that the index lacks
 * the better one. For what went well: only with --explain, as it walks the tree.
 */
void tn_explain_twins(struct tn_tool *tool, struct tn_catalog *catalog, const char *name, const char *path);

/*
 * For a load that may have to be explained: opens the kernel's log, before the kernel is asked for anything. Returns a
 * descriptor for tn_explain_load(), to be closed by the caller; -ENODATA, without having opened anything, where nothing
 * will be explained; -errno.
 */
int tn_explain_open_log(struct tn_tool *tool);

/*
 * Why a module was refused, or what of it the kernel has ignored; log_fd is of tn_explain_open_log(). target is the module
 * that was asked for, if this one is only needed by it, or NULL.
 */
void tn_explain_load(struct tn_tool *tool, const struct tn_evidence_load *load, const char *target);

/* That the kernel has no modules at all, if that is so. Returns whether it is. */
bool tn_explain_no_support(struct tn_tool *tool);

/* Why a module, by its normalised name, could not be removed; err as struct tn_removal has it. */
void tn_explain_removal(struct tn_tool *tool, const char *name, int err, struct tn_catalog *catalog);

#endif
