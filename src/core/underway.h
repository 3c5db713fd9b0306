/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_UNDERWAY_H
#define TN_CORE_UNDERWAY_H

#include <stdbool.h>
#include <sys/types.h>

#include "util/buf.h"

/*
 * The install and remove commands that are being run, outermost first, as they are told to whatever the commands
 * start, in a variable of their environment: "+4711/vfat -4720/loop", where + is an install and - a remove command,
 * and the number is the process that waits for it. Who is asked for a module whose command of that kind is under
 * way does without that command and without softdeps, as with --ignore-install: it is the command itself that asks,
 * and would else start itself for ever. An entry whose process is gone counts no more: its environment lives on in
 * a daemon that the command has started.
 */
#define TN_UNDERWAY_VARIABLE "TENON_UNDERWAY"

/* Whether the chain, NULL for none, has a command of a module. Never fails: what is malformed is no entry. */
bool tn_underway_has(const char *chain, bool remove, const char *module);

/* Appends the chain with one more entry. */
void tn_underway_add(const char *chain, bool remove, const char *module, pid_t waiting, struct tn_buf *out);

#endif
