/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_IGNORED_H
#define TN_CORE_IGNORED_H

#include <stdbool.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * Options of a module that the kernel has loaded, and of which it has ignored some because the module has no such
 * parameter: it says so in its log only. A name is given for certain only, since a module need not describe what it has:
 * one that it does not describe, that the kernel knows of every module (dyndbg, async_probe) or that is a string of the
 * module is not.
 */

/* Whether the bytes of a module have the name of a parameter as a string, or as the end of one. */
bool tn_ignored_has_string(struct span module, struct span name);

/* Appends the names, each ending in NUL. module: the bytes of its file, not compressed. Returns 0 or -ENOMEM. */
int tn_ignored_find(struct span module, const char *options, struct tn_buf *names);

/* The same of a file, which fd, taken over, is open on. One that cannot be read as a module ignores nothing. */
int tn_ignored_load_take(int fd, const char *options, struct tn_buf *names);

#endif
