/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "depmod/emit.h"
#include "depmod/index.h"
#include "format/builtin_modinfo.h"
#include "format/line.h"
#include "format/modname.h"
#include "util/cleanup.h"
#include "util/file.h"

/* No build of a kernel is near that. */
#define INPUT_MAX ((size_t)256 * 1024 * 1024)

/* Without the file the index is an empty one. */
static int read_input(const struct tn_depmod *depmod, const char *name, struct tn_buf *text)
{
        int r = tn_file_read_at(depmod->dirfd, name, INPUT_MAX, text);

        if (r < 0 && tn_file_is_fault(r)) {
                tn_log(depmod->log, TN_LOG_WARNING, "could not open %s at %s: %s", name, depmod->dir,
                       strerror(-r));
                tn_buf_reset(text);
                return 0;
        }
        if (r < 0 && r != -ENOMEM)
                tn_log(depmod->log, TN_LOG_ERR, "could not read %s at %s: %s", name, depmod->dir,
                       strerror(-r));
        return r;
}

static bool is_letter(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int tn_emit_builtin_bin(const struct tn_depmod *depmod, struct tn_buf *out)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf input = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct span text, line;
        int r = writer ? read_input(depmod, "modules.builtin", &input) : -ENOMEM;

        text = tn_line_text(tn_buf_span(&input));
        while (r == 0 && tn_line_next(&text, &line)) {
                if (line.len == 0 || !is_letter(line.ptr[0])) {
                        tn_log(depmod->log, TN_LOG_ERR, "Invalid modules.builtin line: %.*s", SPAN_FMT(line));
                        continue;
                }
                tn_buf_reset(&name);
                tn_modname_from_path(line, &name);
                r = tn_buf_error(&name);
                if (r == 0)
                        r = tn_index_put(writer, tn_buf_span(&name), SPAN(""), 0, depmod->log);
        }
        return r < 0 ? r : tn_index_writer_emit(writer, out);
}

int tn_emit_builtin_alias_bin(const struct tn_depmod *depmod, struct tn_buf *out)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf input = { 0 };
        struct tn_builtin_modinfo entry;
        struct span text;
        int r = writer ? read_input(depmod, "modules.builtin.modinfo", &input) : -ENOMEM;

        text = tn_buf_span(&input);
        while (r == 0 && tn_builtin_modinfo_next(&text, &entry))
                if (tn_span_eq(entry.info.key, SPAN("alias")) && entry.info.value.len)
                        r = tn_index_put_alias(writer, entry.info.value, entry.module, 0, depmod->log);
        return r < 0 ? r : tn_index_writer_emit(writer, out);
}
