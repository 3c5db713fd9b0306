/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_DEVNAME_H
#define TN_FORMAT_DEVNAME_H

#include <stdbool.h>
#include <stdint.h>

#include "util/span.h"

/*
 * One line of modules.devname: a device node that, when it is opened, makes the kernel load a module.
 *      snd_seq snd/seq c116:1
 * The spans borrow from the line.
 */
struct tn_devname {
        struct span module;
        struct span node; /* relative to /dev; of bytes that need no quoting, without empty parts and ".." */
        char type;        /* 'c' or 'b' */
        uint32_t major, minor;
};

/*
 * Whether a path is one of a node below /dev that can stand in the file, and in those that are made of it: printable
 * and without blanks, quotes, '%' and '\', and no part of it is empty, "." or "..".
 */
bool tn_devname_is_node(struct span path);

/*
 * The line is without its newline. Returns 0; -EINVAL when it has not three words, a number is none, or the node lies
 * anywhere but below /dev.
 */
int tn_devname_parse(struct span line, struct tn_devname *ret_dev);

#endif
