/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_OPERAND_H
#define TN_CLI_OPERAND_H

#include <stdbool.h>

#include "util/buf.h"

/*
 * Whether an operand is a path: it starts with '/' or './', or it has a '/' and is called like a module file. A bare
 * word is none. Nobody looks whether there is such a file.
 */
bool tn_operand_is_path(const char *operand);

/*
 * Appends the name of the module that is to be removed: of a path, or of a file that is there, its base name; else the
 * text itself. Removing takes no file, so one that is gone names its module all the same. Nothing is appended for what
 * names no module. Returns 0 or -ENOMEM.
 */
int tn_operand_module(const char *operand, struct tn_buf *name);

/*
 * Joins "name=value" operands to a parameter string: one blank between, a value with blanks in double quotes
 * unless it starts with one. Returns 0 or -ENOMEM .
 */
int tn_operand_join_options(char **operands, int n, struct tn_buf *options);

#endif
