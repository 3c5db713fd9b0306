/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_LOGGED_H
#define TN_TESTS_LOGGED_H

#include <stdlib.h>

#include "util/buf.h"
#include "util/log.h"

/* A log that is kept: one message a line, after the number of its level. */
struct logged {
        struct tn_log log;
        struct tn_buf text;
};

static inline void logged_emit(void *data, enum tn_log_level level, const char *text)
{
        struct logged *logged = data;

        tn_buf_addf(&logged->text, "%d %s\n", (int)level, text);
}

static inline void logged_init(struct logged *logged)
{
        *logged = (struct logged){ .log = { logged_emit, logged, TN_LOG_WARNING } };
}

static inline void logged_fini(struct logged *logged)
{
        tn_buf_fini(&logged->text);
}

#endif
