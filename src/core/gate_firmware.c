/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "core/firmware_place.h"
#include "core/gate_firmware.h"
#include "util/cleanup.h"

/*
 * Below the directory of firmware_class.path=, where the running kernel looks first, whichever of them is asked about: a
 * root has none. Returns 1, 0 or -ENOMEM.
 */
static int find_set(const struct tn_gate_kernel *kernel, struct span name, struct tn_buf *path)
{
        static const char *const suffixes[] = { "", ".xz", ".zst" };
        _cleanup_(tn_buf_fini) struct tn_buf set = { 0 };
        struct stat st;
        int r = tn_catalog_where(kernel->catalog)->root ? -ENOENT : tn_kernel_firmware_path(&set);

        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(suffixes); i++) {
                tn_buf_reset(path);
                tn_buf_addf(path, "%.*s/%.*s%s", SPAN_FMT(tn_buf_span(&set)), SPAN_FMT(name), suffixes[i]);
                if (!tn_buf_str(path))
                        return -ENOMEM;
                if (stat(path->ptr, &st) == 0)
                        return 1;
        }
        tn_buf_reset(path);
        return r == -ENOMEM ? r : 0;
}

/* Where it is, in path. Returns 1, 0 or -ENOMEM. */
static int find(const struct tn_gate_kernel *kernel, struct span system, struct span name,
                struct tn_buf *path)
{
        size_t at = 0;

        while (tn_firmware_place_next(&at, system, kernel->release, name, path)) {
                struct stat st;
                int r;

                if (!tn_buf_str(path))
                        return -ENOMEM;
                r = tn_dir_stat(tn_catalog_where(kernel->catalog), path->ptr, &st);
                if (r != -ENOENT && r != -ENOTDIR)
                        return 1;
                tn_buf_reset(path);
        }
        return 0;
}

static int is_present(const struct tn_gate_kernel *kernel, struct span system, struct span name)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        int r = find(kernel, system, name, &path);

        return r ? r : find_set(kernel, name, &path);
}

int tn_gate_firmware_place(const struct tn_gate_kernel *kernel, struct span name, struct tn_buf *path)
{
        struct span system;
        int r = find_set(kernel, name, path);

        return r || !tn_catalog_find_system(kernel->catalog, &system) ? r : find(kernel, system, name, path);
}

int tn_gate_firmware_find(const struct tn_gate_kernel *kernel, const struct tn_facts *facts,
                          struct tn_arena *arena, struct span *ret_missing)
{
        _cleanup_(tn_buf_fini) struct tn_buf missing = { 0 };
        const struct tn_modinfo *info;
        struct span system;
        int r = 0;

        if (!tn_catalog_find_system(kernel->catalog, &system))
                return 0;
        tn_vec_each (info, &facts->info) {
                if (r < 0 || !tn_span_eq(info->key, SPAN("firmware")) || tn_span_has_any(info->value, "*?["))
                        continue;
                r = is_present(kernel, system, info->value);
                if (r == 0) {
                        tn_buf_add_span(&missing, info->value);
                        tn_buf_add_char(&missing, '\0');
                }
        }
        if (r < 0 || tn_buf_error(&missing) < 0)
                return -ENOMEM;
        ret_missing->len = missing.len;
        ret_missing->ptr = tn_arena_dup(arena, tn_buf_span(&missing));
        return ret_missing->ptr ? 0 : -ENOMEM;
}
