/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a file of depmod.d. Words have no blanks, and there are as many as the command needs. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/depmod_conf.h"
#include "format/line.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static void check(struct tn_depmod_conf conf)
{
        static const unsigned least[TN_DEPMOD_CONF_KINDS] = {
                [TN_DEPMOD_CONF_OVERRIDE] = 3,
                [TN_DEPMOD_CONF_EXTERNAL] = 2,
        };
        struct span word;
        unsigned n = 0;

        for (; tn_depmod_conf_word(&conf.args, &word); n++) {
                must(word.len > 0 && !tn_span_has_any(word, " \t"));
                /* what stands behind the words that are needed is not looked at */
                must(!least[conf.kind] || n < least[conf.kind] || !tn_depmod_conf_hint(conf.kind, n, word));
        }
        must(n >= least[conf.kind]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        struct span line;

        tn_lines_init(&lines, (struct span){ (const char *)data, size });
        while (tn_lines_next(&lines, &line) > 0) {
                struct tn_depmod_conf conf;
                int r = tn_depmod_conf_parse(line, &conf);

                must(r == 0 || r == 1 || r == -EINVAL || r == -EOPNOTSUPP);
                if (r == 1)
                        check(conf);
                else if (r < 0)
                        must(conf.command.len > 0);
        }
        return 0;
}
