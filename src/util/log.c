/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "util/buf.h"
#include "util/cleanup.h"
#include "util/escape.h"
#include "util/log.h"

const char *tn_log_level_name(enum tn_log_level level)
{
        static const char *const names[] = {
                [TN_LOG_CRIT] = "FATAL",    [TN_LOG_ERR] = "ERROR", [TN_LOG_WARNING] = "WARNING",
                [TN_LOG_NOTICE] = "NOTICE", [TN_LOG_INFO] = "INFO", [TN_LOG_DEBUG] = "DEBUG",
        };

        return level < ARRAY_SIZE(names) && names[level] ? names[level] : "LOG";
}

static void say(struct tn_log *log, const char *who, enum tn_log_level level, const char *fmt, va_list ap)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int saved = errno;
        const char *str;

        if (!tn_log_hears(log, level))
                return;
        tn_buf_vaddf(&text, fmt, ap);
        tn_escape_message(fmt, &text);
        str = tn_buf_str(&text);
        if (!str)
                str = "out of memory";
        if (who && log->emit_from)
                log->emit_from(log->data, level, who, str);
        else
                log->emit(log->data, level, str);
        errno = saved;
}

void tn_log(struct tn_log *log, enum tn_log_level level, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        say(log, NULL, level, fmt, ap);
        va_end(ap);
}

void tn_log_va(struct tn_log *log, enum tn_log_level level, const char *fmt, va_list ap)
{
        say(log, NULL, level, fmt, ap);
}

void tn_log_from(struct tn_log *log, const char *who, enum tn_log_level level, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        say(log, who, level, fmt, ap);
        va_end(ap);
}
