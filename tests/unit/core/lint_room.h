/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_UNIT_CORE_LINT_ROOM_H
#define TN_TESTS_UNIT_CORE_LINT_ROOM_H

#include "tmpdir.h"
#include "util/buf.h"

/*
 * A root with modules of all kinds in /lib/modules/1, and no configuration yet. vfat needs fat and has aliases; loop has
 * parameters: "max_loop" (int), "on" (bool), "ports" (array of ushort), "mode" (bool, and takes "auto" and "force"),
 * "name" (charp), and two that it does not describe, "undescribed" one of them; brd and lonely have no aliases; ext4 is built in.
 */
struct tmpdir lint_room_new(void);

/*
 * What a lint says of it: a line a finding, "FILE LINE id" or "FILE id" of a file as a whole; files below the root. With
 * full, the sentence behind that, ": ...".
 */
void assert_lint(const struct tmpdir *dir, const char *expected);
void assert_lint_full(const struct tmpdir *dir, const char *expected);

/* Appends the same of one file in a new room, /etc/modprobe.d/a.conf: "LINE id\n". */
void lint_add_lines(const char *conf, struct tn_buf *out);

#endif
