/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdarg.h>
#include <stdio.h>

#include "cli/out.h"
#include "cli/say.h"
#include "util/cleanup.h"
#include "util/escape.h"

void tn_say(const char *fmt, ...)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        va_list ap;

        va_start(ap, fmt);
        tn_escape_vaddf(&text, fmt, ap);
        va_end(ap);
        tn_out_flush();
        fputs(tn_buf_str(&text) ? text.ptr : "out of memory\n", stderr);
}
