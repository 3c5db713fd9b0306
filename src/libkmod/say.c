/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "libkmod/context.h"
#include "libkmod/export.h"
#include "libkmod/say.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/escape.h"
#include "util/num.h"

void tn_say_to_stderr(void *data, int priority, const char *file, int line, const char *fn,
                      const char *format, va_list args)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_buf_addf(&text, "libkmod: %s: %s: ", tn_log_level_name((enum tn_log_level)priority), fn);
        tn_buf_vaddf(&text, format, args);
        tn_escape_message(format, &text);
        if (tn_buf_str(&text))
                fputs(text.ptr, stderr);
}

void tn_say(const struct kmod_ctx *ctx, enum tn_log_level level, const char *file, int line, const char *fn,
            const char *format, ...)
{
        va_list args;

        if (!ctx->log_fn || (int)level > ctx->priority)
                return;
        va_start(args, format);
        ctx->log_fn(ctx->log_data, (int)level, file, line, fn, format, args);
        va_end(args);
}

static void emit_from(void *data, enum tn_log_level level, const char *who, const char *text)
{
        tn_say(data, level, __FILE__, __LINE__, who, "%s\n", text);
}

static void emit(void *data, enum tn_log_level level, const char *text)
{
        emit_from(data, level, "libkmod", text);
}

static enum tn_log_level level_of(struct span text)
{
        static const struct {
                struct span word;
                enum tn_log_level level;
        } words[] = {
                { SPAN("err"), TN_LOG_ERR },       { SPAN("warn"), TN_LOG_WARNING },
                { SPAN("notice"), TN_LOG_NOTICE }, { SPAN("info"), TN_LOG_INFO },
                { SPAN("debug"), TN_LOG_DEBUG },
        };
        uint64_t number;

        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
                if (tn_span_starts(text, words[i].word))
                        return words[i].level;
        return tn_num_parse(text, 10, &number) == 0 && number <= TN_LOG_DEBUG ? (enum tn_log_level)number
                                                                              : TN_LOG_ERR;
}

void tn_say_init(struct kmod_ctx *ctx)
{
        ctx->log_fn = tn_say_to_stderr;
        ctx->log = (struct tn_log){
                .emit = emit,
                .emit_from = emit_from,
                .data = ctx,
        };
        kmod_set_log_priority(ctx, (int)level_of(tn_span_of(secure_getenv("KMOD_LOG"))));
}

KMOD_EXPORT void kmod_set_log_fn(struct kmod_ctx *ctx, tn_say_fn *log_fn, const void *data)
{
        if (!ctx)
                return;
        ctx->log_fn = log_fn;
        ctx->log_data = (void *)(uintptr_t)data;
}

KMOD_EXPORT int kmod_get_log_priority(const struct kmod_ctx *ctx)
{
        return ctx ? ctx->priority : -1;
}

KMOD_EXPORT void kmod_set_log_priority(struct kmod_ctx *ctx, int priority)
{
        if (!ctx)
                return;
        ctx->priority = priority;
        ctx->log.max = priority < 0 ? TN_LOG_EMERG : (enum tn_log_level)priority;
}
