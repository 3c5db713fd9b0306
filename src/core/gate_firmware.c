/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/gate_firmware.h"
#include "util/cleanup.h"

/* Where the kernel looks, in its order (drivers/base/firmware_loader/main.c); some of them have its release behind. */
static const struct {
        const char *dir;
        bool release;
} places[] = {
        { "/lib/firmware/updates/", true },
        { "/lib/firmware/updates", false },
        { "/lib/firmware/", true },
        { "/lib/firmware", false },
        /* of a tree that has no link /lib */
        { "/usr/lib/firmware/updates", false },
        { "/usr/lib/firmware", false },
};

static const char *const suffixes[] = { "", ".xz", ".zst" };

struct search {
        const struct tn_gate_kernel *kernel;
        struct span system;
        struct tn_buf path;
};

static int is_in(struct search *search, size_t place, struct span name)
{
        size_t len;

        tn_buf_reset(&search->path);
        tn_buf_addf(&search->path, "%.*s%s%s/%.*s", SPAN_FMT(search->system), places[place].dir,
                    places[place].release ? search->kernel->release : "", SPAN_FMT(name));
        len = search->path.len;
        for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
                struct stat st;
                int r;

                search->path.len = len;
                tn_buf_add_str(&search->path, suffixes[i]);
                if (!tn_buf_str(&search->path))
                        return -ENOMEM;
                r = tn_dir_stat(tn_catalog_where(search->kernel->catalog), search->path.ptr, &st);
                if (r != -ENOENT && r != -ENOTDIR)
                        return 1;
        }
        return 0;
}

static int is_present(struct search *search, struct span name)
{
        int r = 0;

        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(places); i++)
                r = is_in(search, i, name);
        return r;
}

int tn_gate_firmware_find(const struct tn_gate_kernel *kernel, const struct tn_facts *facts,
                          struct tn_arena *arena, struct span *ret_missing)
{
        _cleanup_(tn_buf_fini) struct tn_buf missing = { 0 };
        struct search search = { .kernel = kernel };
        const struct tn_modinfo *info;
        int r = 0;

        if (!tn_catalog_find_system(kernel->catalog, &search.system))
                return 0;
        tn_vec_each (info, &facts->info) {
                if (r < 0 || !tn_span_eq(info->key, SPAN("firmware")) || tn_span_has_any(info->value, "*?["))
                        continue;
                r = is_present(&search, info->value);
                if (r == 0) {
                        tn_buf_add_span(&missing, info->value);
                        tn_buf_add_char(&missing, '\0');
                }
        }
        tn_buf_fini(&search.path);
        if (r < 0 || tn_buf_error(&missing) < 0)
                return -ENOMEM;
        ret_missing->len = missing.len;
        ret_missing->ptr = tn_arena_dup(arena, tn_buf_span(&missing));
        return ret_missing->ptr ? 0 : -ENOMEM;
}
