/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_NOOP_H
#define TN_FORMAT_NOOP_H

#include "util/span.h"

/*
 * Install and remove commands that do nothing but succeed or fail: "true", "false" or ":", or one of the first two
 * with /bin/ or /usr/bin/ in front. "exec" may stand before it, blanks around it, and a comment behind it. They are how
 * modprobe.d says that a module is never to be loaded, or never to be removed.
 */
enum tn_noop {
        TN_NOOP_NONE, /* it does something, or may do so */
        TN_NOOP_TRUE,
        TN_NOOP_FALSE,
};

enum tn_noop tn_noop_parse(struct span command);

#endif
