/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/ignored.h"
#include "core/modfile.h"
#include "core/params.h"
#include "format/cmdopts.h"
#include "format/facts_parse.h"
#include "util/cleanup.h"

bool tn_ignored_has_string(struct span module, struct span name)
{
        for (size_t i = 0; i + name.len < module.len; i++)
                if (module.ptr[i + name.len] == '\0' &&
                    tn_params_is_same((struct span){ module.ptr + i, name.len }, name))
                        return true;
        return false;
}

/* They borrow from the facts. */
static int find_params(const struct tn_facts *facts, struct tn_params *params)
{
        const struct tn_modinfo *info;

        tn_vec_each (info, &facts->info)
                if (tn_params_add(params, info) == -ENOMEM)
                        return -ENOMEM;
        return facts->info_err;
}

static int find(struct span module, const struct tn_params *params, const char *options, struct tn_buf *names)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        struct span rest = tn_span_of(options);
        int r;

        while ((r = tn_cmdopts_next(&rest, &word)) > 0) {
                struct span name = tn_span_head(tn_buf_span(&word), tn_span_chr(tn_buf_span(&word), '='));

                /* what follows "--" is no parameter */
                if (tn_span_eq(name, SPAN("\"--\"")))
                        return 0;
                if (name.len == 0 || tn_span_has_any(name, "\"") || tn_params_is_kernels(name) ||
                    tn_params_find(params, name) || tn_ignored_has_string(module, name))
                        continue;
                tn_buf_add_span(names, name);
                tn_buf_add_char(names, '\0');
        }
        return r < 0 ? r : tn_buf_error(names);
}

int tn_ignored_find(struct span module, const char *options, struct tn_buf *names)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_params_fini) struct tn_params params = { 0 };
        int r = tn_facts_parse(module, TN_FACTS_INFO, &facts);

        if (r == 0)
                r = find_params(&facts, &params);
        if (r == 0)
                r = find(module, &params, options, names);
        return r == -ENOMEM ? r : 0;
}

int tn_ignored_load_take(int fd, const char *options, struct tn_buf *names)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        struct span bytes;
        int r = tn_modfile_take(fd, &file);

        if (r == 0)
                r = tn_modfile_bytes(&file, &bytes);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        return tn_ignored_find(bytes, options, names);
}
