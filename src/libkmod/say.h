/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_LIBKMOD_SAY_H
#define TN_LIBKMOD_SAY_H

#include "libkmod.h"
#include "util/log.h"

/* What log functions of clients look like. */
typedef void tn_say_fn(void *data, int priority, const char *file, int line, const char *fn,
                       const char *format, va_list args);

/* The one that is there at first: a line on standard error. */
tn_say_fn tn_say_to_stderr;

/* Prepares a context's log, through which the layers below speak, too. max comes from the environment. */
void tn_say_init(struct kmod_ctx *ctx);

/* One message by the context's log function. The format ends in a newline, as clients expect it. */
void tn_say(const struct kmod_ctx *ctx, enum tn_log_level level, const char *file, int line, const char *fn,
            const char *format, ...) __attribute__((format(printf, 6, 7)));

/* An error that the function we are in speaks of. */
#define say_error(ctx, ...)           say_error_from(ctx, __func__, __VA_ARGS__)

/* The same of another, whose name kmod has there. */
#define say_error_from(ctx, who, ...) tn_say(ctx, TN_LOG_ERR, __FILE__, __LINE__, who, __VA_ARGS__)

#endif
