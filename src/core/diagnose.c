/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/diagnose.h"
#include "util/escape.h"

int tn_diagnose_missing(const struct tn_diagnose_missing *missing, struct tn_buf *lines)
{
        if (missing->no_dir) {
                tn_escape_addf(lines, "there are no modules for %s%s", missing->version,
                               missing->running ? ", the running kernel" : "");
                if (missing->others.len)
                        tn_escape_addf(lines, "; there are for %.*s", SPAN_FMT(missing->others));
                tn_buf_add_char(lines, '\n');
                if (missing->running)
                        tn_buf_add_str(lines,
                                       "they may have been replaced by an update: reboot, or install them\n");
        } else if (missing->no_modules) {
                tn_buf_add_str(lines, "there are no modules in it\n");
        } else if (missing->file.len) {
                tn_escape_addf(lines, "%.*s is there, but no index knows it: run depmod %s\n",
                               SPAN_FMT(missing->file), missing->version);
        }
        return tn_buf_error(lines);
}

int tn_diagnose_link(struct span text, int err, struct tn_buf *lines)
{
        if (err != -ELOOP && err != -ENOENT)
                return 0;
        tn_escape_addf(lines, "it is a symbolic link to %.*s, which %s\n", SPAN_FMT(text),
                       err == -ELOOP ? "leads back to it" : "is not there");
        if (!tn_span_starts(text, SPAN("/")))
                tn_buf_add_str(lines, "a relative path in a link counts from the directory of the link: "
                                      "make it with ln -sr, or with an absolute path\n");
        return tn_buf_error(lines);
}
