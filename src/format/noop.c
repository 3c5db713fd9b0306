/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/noop.h"
#include "util/cleanup.h"

static const char blanks[] = " \t";

static const struct {
        struct span word;
        enum tn_noop kind;
} commands[] = {
        { SPAN("/bin/true"), TN_NOOP_TRUE },
        { SPAN("/bin/false"), TN_NOOP_FALSE },
        { SPAN("/usr/bin/true"), TN_NOOP_TRUE },
        { SPAN("/usr/bin/false"), TN_NOOP_FALSE },
        { SPAN("true"), TN_NOOP_TRUE },
        { SPAN("false"), TN_NOOP_FALSE },
        { SPAN(":"), TN_NOOP_TRUE },
};

enum tn_noop tn_noop_parse(struct span command)
{
        struct span word, behind;

        if (tn_span_has_any(command, "\n"))
                return TN_NOOP_NONE;
        word = tn_span_word(&command, blanks);
        if (tn_span_eq(word, SPAN("exec")))
                word = tn_span_word(&command, blanks);
        behind = tn_span_word(&command, blanks);
        if (behind.len && !tn_span_starts(behind, SPAN("#")))
                return TN_NOOP_NONE;
        for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
                if (tn_span_eq(word, commands[i].word))
                        return commands[i].kind;
        return TN_NOOP_NONE;
}
