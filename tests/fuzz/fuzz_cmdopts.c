/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes up to the first newline are a command, the rest are options. */
#include <stdint.h>
#include <stdlib.h>

#include "format/cmdopts.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

/* Quoted, nothing is left that a shell would act on. */
static void quote(struct span word)
{
        _cleanup_(tn_buf_fini) struct tn_buf quoted = { 0 };

        tn_cmdopts_quote(word, &quoted);
        for (size_t i = 0; word.len && i < quoted.len; i++)
                if (quoted.ptr[i] == '\\')
                        i++;
                else
                        must(!quoted.ptr[i] || !strchr(" \t\n|&;<>()$`\"'*?[]#~!{}", quoted.ptr[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 }, expanded = { 0 }, shown = { 0 }, in = { 0 };
        struct span options = { (const char *)data, size }, command, rest;
        size_t n = 0;
        int r;

        tn_span_split(&options, '\n', &command);
        rest = options;
        if (size == 0)
                return 0;
        while ((r = tn_cmdopts_next(&rest, &word)) > 0) {
                quote(tn_buf_span(&word));
                must(!tn_span_starts(tn_buf_span(&word), SPAN("-")));
                must(++n <= options.len);
        }
        must(r == 0 && rest.len == 0);
        tn_cmdopts_expand(command, MIN(n, (size_t)3), &expanded);
        must(expanded.len >= command.len || n == 0);
        tn_cmdopts_show(command, tn_span_head(options, 100), &shown);
        tn_cmdopts_inline(command, tn_span_head(options, 100), &in);
        must(tn_buf_error(&in) == 0);
        must(tn_buf_error(&expanded) == 0 && tn_buf_error(&shown) == 0);
        return 0;
}
