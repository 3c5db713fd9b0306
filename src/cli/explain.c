/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <unistd.h>

#include "cli/explain.h"
#include "cli/say.h"
#include "core/diagnose.h"
#include "core/ignored.h"
#include "util/cleanup.h"
#include "util/escape.h"

/* What a link can say at most. */
#define LINK_SIZE 4096

bool tn_explain_wanted(const struct tn_tool *tool)
{
        return !tool->quiet && !tool->use_syslog && (tool->verbose || isatty(STDERR_FILENO));
}

void tn_explain(struct tn_tool *tool, struct span lines)
{
        struct span line;

        if (!tn_explain_wanted(tool))
                return;
        while (tn_span_split(&lines, '\n', &line))
                if (line.len)
                        tn_say("  %.*s\n", SPAN_FMT(line));
}

void tn_explain_line(struct tn_tool *tool, const char *fmt, ...)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        va_list ap;

        if (!tn_explain_wanted(tool))
                return;
        va_start(ap, fmt);
        tn_escape_vaddf(&line, fmt, ap);
        va_end(ap);
        tn_explain(tool, tn_buf_span(&line));
}

void tn_explain_link(struct tn_tool *tool, const char *path, int err)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, lines = { 0 };
        char *to = tn_buf_reserve(&text, LINK_SIZE);
        ssize_t n = to ? readlink(path, to, LINK_SIZE) : -1;

        if (n > 0 && tn_diagnose_link((struct span){ to, (size_t)n }, err, &lines) == 0)
                tn_explain(tool, tn_buf_span(&lines));
}

void tn_explain_ignored(struct tn_tool *tool, const char *module, int fd, const char *options)
{
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        struct span rest, name;

        tn_ignored_load_take(fd, options, &names);
        rest = tn_buf_span(&names);
        while (tn_span_split(&rest, '\0', &name))
                tn_explain_line(tool, "%s has no parameter '%.*s': the kernel has ignored it", module,
                                SPAN_FMT(name));
}
