/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "util/buf.h"
#include "util/cleanup.h"
#include "util/log.h"

void tn_log(struct tn_log *log, enum tn_log_level level, const char *fmt, ...)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int saved = errno;
        const char *str;
        va_list ap;

        if (!log || !log->emit || level > log->max)
                return;
        va_start(ap, fmt);
        tn_buf_vaddf(&text, fmt, ap);
        va_end(ap);
        str = tn_buf_str(&text);
        log->emit(log->data, level, str ? str : "out of memory");
        errno = saved;
}
