/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a module's name, a path and an alias. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/modname.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static void check_alias(struct span text)
{
        _cleanup_(tn_buf_fini) struct tn_buf once = { 0 }, twice = { 0 };
        int r = tn_modname_from_alias(text, &once);

        must(r == 0 || r == -EINVAL);
        must(once.len == (r == 0 ? text.len : 0));
        must(r == 0 || !tn_modname_is_found(text));
        if (r == 0) {
                must(tn_modname_from_alias(tn_buf_span(&once), &twice) == 0);
                must(tn_span_eq(tn_buf_span(&once), tn_buf_span(&twice)));
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct span text = { (const char *)data, size }, plain;

        tn_modname_from_path(text, &name);
        must(tn_span_chr(tn_buf_span(&name), '-') == name.len);
        must(tn_span_chr(tn_buf_span(&name), '.') == name.len);
        must(tn_span_chr(tn_buf_span(&name), '/') == name.len);
        if (tn_modname_is_file(text, &plain))
                must(tn_span_ends(plain, SPAN(".ko")) && tn_span_starts(text, plain));
        must(!tn_modname_is_sane(text) || tn_modname_is_request(text));
        must(!tn_modname_is_found(text) || tn_modname_is_request(text));
        check_alias(text);
        return 0;
}
