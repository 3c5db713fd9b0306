/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_CMDLINE_H
#define TN_FORMAT_CMDLINE_H

#include "format/modprobe_conf.h"
#include "util/arena.h"
#include "util/span.h"

/* What a kernel command line (/proc/cmdline) says to modprobe. Borrows its text. */
struct tn_cmdline {
        struct span rest;
        struct span blacklist; /* what is left of a modprobe.blacklist= list */
};

void tn_cmdline_init(struct tn_cmdline *cmdline, struct span text);

/*
 * The next thing said, as a configuration record with line 0 and no file, its spans in the arena:
 * "MODULE.PARAM[=VALUE]" is options of MODULE (normalised) with the text "PARAM[=VALUE]"; each name of
 * "modprobe.blacklist=a,b" is a blacklist, normalised as well; the list may be in quotes, and then blanks separate
 * names too. Double quotes keep blanks inside a value (tabs become blanks, as in an options line), and the boot
 * loaders' form "mod.param=v w" in quotes as a whole becomes mod.param="v w". Words that do not have one of these
 * shapes, or a part of them empty, are passed over.
 *
 * Returns 1 and the record; 0 at the end; -EINVAL when a module name has a bracket without partner (the name is
 * ret_record's key; iteration can go on); -ENOMEM.
 */
int tn_cmdline_next(struct tn_cmdline *cmdline, struct tn_arena *arena, struct tn_conf_record *ret_record);

/*
 * The value of a parameter of the kernel itself, its name written with '_': of several the last one counts, '-' is as good
 * as '_', and what is behind "--" is for init. Quotes around the value are taken off. Borrows; empty when there is none.
 */
struct span tn_cmdline_value(struct span text, struct span name);

#endif
