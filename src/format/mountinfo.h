/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MOUNTINFO_H
#define TN_FORMAT_MOUNTINFO_H

#include <stdbool.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * One line of /proc/PID/mountinfo (proc(5)):
 *      36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
 * All spans borrow from the line. In them a blank, a tab, a newline and a backslash are written as \040, \011, \012 and
 * \134.
 */
struct tn_mount {
        unsigned major, minor; /* of the device; 0 and any number where there is none */
        struct span point;     /* where it is mounted */
        struct span type;      /* of the file system */
        struct span source;    /* a device's path, or what was said in its place */
};

/* Takes the next line off the text; lines of another form are passed over. False at the end. */
bool tn_mount_next(struct span *text, struct tn_mount *ret_mount);

/* Appends a text with its escapes undone. Failures stick to the buffer. */
void tn_mount_unescape(struct span text, struct tn_buf *out);

#endif
