/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_SVG_H
#define TN_TENON_SVG_H

#include "util/buf.h"

/* Appends text, also of an attribute in double quotes. What XML cannot have is escaped as for a terminal first. */
void tn_svg_add_text(struct tn_buf *out, const char *str);

#endif
