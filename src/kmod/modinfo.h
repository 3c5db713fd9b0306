/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_MODINFO_H
#define TN_KMOD_MODINFO_H

#include <stdbool.h>

#include "cli/tool.h"
#include "core/info.h"

/* How modinfo prints, as its options said. */
struct modinfo_style {
        const char *field; /* that one alone; NULL: all */
        char end;          /* what ends a value: '\n' or NUL */
};

/* How a module is called. */
struct modinfo_subject {
        const char *name; /* normalised; "-" for the one on standard input */
        const char *path; /* what is shown as its file; NULL: it is built in */
};

/*
 * Prints what is known of a module before it is read: the lines that come first, or the field that is all that was asked
 * for. Whether that was all.
 */
bool tn_modinfo_print_head(const struct modinfo_style *style, const struct modinfo_subject *subject);

/* Prints the rest. Malformed parameters are reported and left out. Returns 0 or -ENOMEM. */
int tn_modinfo_print(const struct modinfo_style *style, const struct tn_info *info, struct tn_tool *tool);

#endif
