/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <sys/stat.h>

#include "cli/operand.h"
#include "format/modname.h"

bool tn_operand_is_path(const char *operand)
{
        struct span word = tn_span_of(operand);

        return tn_span_starts(word, SPAN("/")) || tn_span_starts(word, SPAN("./")) ||
               (strchr(operand, '/') && tn_modname_is_file(word, NULL));
}

int tn_operand_module(const char *operand, struct tn_buf *name)
{
        struct span word = tn_span_of(operand);
        struct stat st;

        if (stat(operand, &st) == 0 || (strchr(operand, '/') && tn_modname_is_file(word, NULL)))
                tn_modname_from_path(word, name);
        else if (!strchr(operand, '/'))
                tn_modname_from_text(word, name);
        return tn_buf_error(name);
}

int tn_operand_join_options(char **operands, int n, struct tn_buf *options)
{
        for (int i = 0; i < n; i++) {
                struct span word = tn_span_of(operands[i]);
                size_t eq = tn_span_chr(word, '=');
                struct span value = tn_span_skip(word, eq + 1);
                bool quote = tn_span_has_any(value, " ") && !tn_span_starts(value, SPAN("\"")) &&
                             !tn_span_starts(value, SPAN("'"));

                if (options->len)
                        tn_buf_add_char(options, ' ');
                tn_buf_add_span(options, tn_span_head(word, quote ? eq + 1 : word.len));
                if (quote) {
                        tn_buf_add_char(options, '"');
                        tn_buf_add_span(options, value);
                        tn_buf_add_char(options, '"');
                }
        }
        return tn_buf_error(options);
}
