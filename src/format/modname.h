/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODNAME_H
#define TN_FORMAT_MODNAME_H

#include <stdbool.h>

#include "util/buf.h"
#include "util/span.h"

/* Bytes of the longest module name the kernel takes, without a NUL (include/linux/module.h on 64 bit). */
#define TN_MODNAME_MAX  55

/* Bytes of the longest name of a file. */
#define TN_MODNAME_FILE 255

/* Bytes of the longest text that may ask for a module: the kernel's modaliases fit into a page. */
#define TN_MODNAME_TEXT 4096

/*
 * A module's name as the kernel has it: the text up to the first '.', with '_' for every '-'. Appended to name.
 */
void tn_modname_from_text(struct span text, struct tn_buf *name);

/* The same of a path's base name: "kernel/fs/fat/vfat.ko.xz" gives "vfat". */
void tn_modname_from_path(struct span path, struct tn_buf *name);

/*
 * An alias or a pattern: '_' for every '-' outside [brackets]; nothing is cut. Appended to alias. Returns 0, or
 * -EINVAL when a bracket has no partner (then alias is unchanged).
 */
int tn_modname_from_alias(struct span text, struct tn_buf *alias);

/* The same, written to where there is room for text.len bytes, which may be text itself. */
int tn_modname_write_alias(struct span text, char *to);

/*
 * Whether a file name is a module's: it ends in ".ko", or ".ko" and a compressor's suffix, and does not begin with
 * that. Then *ret_plain, when not NULL, is the name without the compressor's suffix ("a/b.ko" for "a/b.ko.xz").
 */
bool tn_modname_is_file(struct span path, struct span *ret_plain);

/*
 * Whether the kernel could have a module of that name: 1 to TN_MODNAME_MAX bytes, no '/', no "..", no control byte. Any
 * other is never looked for below /sys, nor given to the kernel.
 */
bool tn_modname_is_sane(struct span name);

/*
 * Whether a file can have that name, as tn_modname_from_path() makes it, and be a module that is found by it. depmod
 * leaves out all others, and lookup finds none of them. The kernel knows a module by the name that is in the file, so
 * this one may be longer. A ':' makes a request an alias, and ends a path in modules.dep; a bracket without partner
 * makes it no pattern.
 */
bool tn_modname_is_found(struct span name);

/*
 * Whether a module may be asked for by a text, name or alias: 1 to TN_MODNAME_TEXT bytes, no control byte, and no '/' or
 * ".." before a ':'. Behind one, as in "devname:net/tun" or what a board's maker calls it, they name no path. One newline
 * at the end is allowed: files below /sys have it, and it is a character that an alias' "*" can stand for.
 */
bool tn_modname_is_request(struct span text);

#endif
