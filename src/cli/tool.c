/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "cli/out.h"
#include "cli/tool.h"
#include "util/cleanup.h"

/* The text is escaped already, and may have several lines. */
static void say_text(const char *who, enum tn_log_level level, const char *what, const char *text)
{
        tn_out_flush();
        fprintf(stderr, "%s: %s: %s%s%s\n", who, tn_log_level_name(level), what ? what : "", what ? ": " : "",
                text);
}

static void emit(void *data, enum tn_log_level level, const char *text)
{
        const struct tn_tool *tool = data;

        say_text(tool->name, level, NULL, text);
}

static void emit_syslog(void *data, enum tn_log_level level, const char *text)
{
        (void)data;
        syslog((int)level, "%s: %s", tn_log_level_name(level), text);
}

static void emit_library_from(void *data, enum tn_log_level level, const char *who, const char *text)
{
        say_text("libkmod", level, who, text);
}

static void emit_library(void *data, enum tn_log_level level, const char *text)
{
        emit_library_from(NULL, level, data, text);
}

struct tn_log tn_tool_library_log(const char *who)
{
        return (struct tn_log){
                .emit = emit_library,
                .emit_from = emit_library_from,
                .data = (void *)(uintptr_t)who,
                .max = TN_LOG_ERR,
        };
}

void tn_tool_init(struct tn_tool *tool, const char *name, enum tn_log_level max)
{
        *tool = (struct tn_tool){ .name = name, .log = { .emit = emit, .data = tool, .max = max } };
}

void tn_tool_begin(struct tn_tool *tool)
{
        struct stat st;

        if (tool->quiet)
                tool->log.max = TN_LOG_EMERG;
        if (fstat(STDERR_FILENO, &st) < 0)
                tool->use_syslog = true;
        if (!tool->use_syslog)
                return;
        openlog(tool->name, LOG_CONS, LOG_DAEMON);
        tool->log.emit = emit_syslog;
}

void tn_tool_version(void)
{
        puts("kmod version 34");
        puts(TN_FEATURES);
        puts("tenon version " TN_VERSION);
}

int tn_tool_end(struct tn_tool *tool, int status)
{
        int r = tn_out_error();

        if (r == 0)
                return status;
        tn_tool_error(tool, "could not write to standard output: %s", strerror(-r));
        return 1;
}

int tn_tool_take_explain(struct tn_tool *tool, const char *when)
{
        static const char *const words[] = {
                [TN_TOOL_EXPLAIN_AUTO] = "auto",
                [TN_TOOL_EXPLAIN_ALWAYS] = "always",
                [TN_TOOL_EXPLAIN_NEVER] = "never",
        };

        for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
                if (strcmp(when ? when : "always", words[i]) != 0)
                        continue;
                tool->explain = (enum tn_tool_explain)i;
                return 0;
        }
        tn_tool_error(tool, "bad value '%s' of --explain: it takes always, auto or never", when);
        return -EINVAL;
}
