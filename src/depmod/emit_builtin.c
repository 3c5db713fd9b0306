/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "depmod/emit.h"
#include "depmod/index.h"
#include "depmod/input.h"
#include "format/builtin_modinfo.h"
#include "format/line.h"
#include "format/modname.h"
#include "util/brief.h"
#include "util/cleanup.h"

/*
 * An index of 256 MiB holds what weighs 60 MiB, bytes of keys and values and 128 for each (see digest.c). The kernel's
 * own modules have a thousandth of that.
 */
#define WEIGHT_MAX ((size_t)60 << 20)
#define CHARGE     128

/* Whether there is room for one more; the first that has none is reported. */
static bool has_room(const struct tn_depmod *depmod, const char *name, size_t bytes, size_t *weight)
{
        size_t before = *weight;

        if (before > WEIGHT_MAX)
                return false;
        *weight += bytes + CHARGE;
        if (*weight <= WEIGHT_MAX)
                return true;
        tn_log(depmod->log, TN_LOG_WARNING, "%s at %s has too many entries, the last ones are left out", name,
               depmod->source.dir.path);
        return false;
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
        size_t weight = 0;
        int r = writer ? tn_depmod_input(depmod, "modules.builtin", &input) : -ENOMEM;

        text = tn_line_text(tn_buf_span(&input));
        while (r == 0 && tn_line_next(&text, &line)) {
                if (line.len == 0 || !is_letter(line.ptr[0])) {
                        tn_log(depmod->log, TN_LOG_ERR, "Invalid modules.builtin line: %s", TN_BRIEF(line));
                        continue;
                }
                tn_buf_reset(&name);
                tn_modname_from_path(line, &name);
                r = tn_buf_error(&name);
                if (r == 0 && has_room(depmod, "modules.builtin", name.len, &weight))
                        r = tn_index_put(writer, tn_buf_span(&name), SPAN(""), 0, depmod->log);
        }
        return r < 0 ? r : tn_index_writer_emit(writer, out);
}

int tn_emit_builtin_alias_bin(const struct tn_depmod *depmod, struct tn_buf *out)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf input = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        struct tn_builtin_modinfo entry;
        struct span text;
        size_t weight = 0;
        int r = writer ? tn_depmod_input(depmod, "modules.builtin.modinfo", &input) : -ENOMEM;

        text = tn_buf_span(&input);
        while (r == 0 && tn_builtin_modinfo_next(&text, &entry))
                if (tn_span_eq(entry.info.key, SPAN("alias")) && entry.info.value.len &&
                    has_room(depmod, "modules.builtin.modinfo", entry.info.value.len + entry.module.len,
                             &weight))
                        r = tn_index_put_alias(writer, entry.info.value, entry.module, 0, depmod->log, &key);
        return r < 0 ? r : tn_index_writer_emit(writer, out);
}
