/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_CLASSIC_CONF_H
#define TN_FORMAT_CLASSIC_CONF_H

#include "util/buf.h"
#include "util/span.h"

/* What modprobe.conf (module-init-tools) and modules.conf (modutils) had and a file of modprobe.d has not. */
enum tn_classic_conf {
        TN_CLASSIC_NONE,    /* nothing of that: the line is read like any other */
        TN_CLASSIC_INCLUDE, /* "include PATH": the path */
        TN_CLASSIC_REWRITE, /* "alias NAME off": the line that says it today */
        TN_CLASSIC_REFUSED, /* a command that is gone: what to tell, with what to write instead */
};

/* Looks at one logical line and appends to text what the answer goes with. Failures stick to the buffer. */
enum tn_classic_conf tn_classic_conf_parse(struct span line, struct tn_buf *text);

#endif
