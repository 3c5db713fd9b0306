/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_LOG_H
#define TN_UTIL_LOG_H

#include <stdarg.h>
#include <stdbool.h>

/* syslog(3)'s numbers; a smaller one is more urgent. */
enum tn_log_level {
        TN_LOG_EMERG = 0,
        TN_LOG_CRIT = 2,
        TN_LOG_ERR = 3,
        TN_LOG_WARNING = 4,
        TN_LOG_NOTICE = 5,
        TN_LOG_INFO = 6,
        TN_LOG_DEBUG = 7,
};

/* As messages have it: "ERROR"; "LOG" for a level without a name. */
const char *tn_log_level_name(enum tn_log_level level);

/*
 * Where messages go. Carried by whoever may have something to say; there is no global one. A NULL log, or one
 * without emit, swallows everything. Nothing ever exits from here.
 */
struct tn_log {
        void (*emit)(void *data, enum tn_log_level level, const char *text);
        void *data;
        enum tn_log_level max; /* messages above this level are dropped unformatted */
        /* Takes what tn_log_from() says, for logs that name who speaks; NULL: emit takes that too. */
        void (*emit_from)(void *data, enum tn_log_level level, const char *who, const char *text);
};

/* Whether a message of that level would be heard, and is worth making. */
static inline bool tn_log_hears(const struct tn_log *log, enum tn_log_level level)
{
        return log && log->emit && level <= log->max;
}

/*
 * One message without newline at the end. What a terminal would obey in it is escaped (util/escape.h), newlines too,
 * unless the format has one. Leaves errno alone.
 */
void tn_log(struct tn_log *log, enum tn_log_level level, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

void tn_log_va(struct tn_log *log, enum tn_log_level level, const char *fmt, va_list ap)
        __attribute__((format(printf, 3, 0)));

/* The same from one whose name belongs to the message: the function that kmod names in it. */
void tn_log_from(struct tn_log *log, const char *who, enum tn_log_level level, const char *fmt, ...)
        __attribute__((format(printf, 4, 5)));

#endif
