/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <sys/stat.h>

#include "depmod/emit.h"
#include "depmod/quick.h"

/* The empty binary index has so many bytes. */
#define INDEX_LEAST 12

static int64_t mtime_us(const struct stat *st)
{
        return (int64_t)st->st_mtim.tv_sec * 1000000 + st->st_mtim.tv_nsec / 1000;
}

static bool has_files(const struct tn_depmod *depmod, int outfd)
{
        for (size_t i = 0; i < tn_n_emitters; i++) {
                const struct tn_emitter *emitter = &tn_emitters[i];
                struct stat st;

                if (fstatat(outfd, emitter->name.file, &st, 0) < 0 || !S_ISREG(st.st_mode))
                        return false;
                if (!emitter->is_text && st.st_size < INDEX_LEAST)
                        return false;
                if (emitter->emit == tn_emit_dep && depmod->modules.n && st.st_size == 0)
                        return false;
        }
        return true;
}

static bool is_newer(const struct tn_depmod *depmod, uint32_t i, int64_t than_us)
{
        struct span path = depmod->modules.v[i].path;
        struct tn_dir dir = tn_source_dir(&depmod->source, path);
        struct stat st;

        return tn_dir_stat(&dir, path.ptr, &st) < 0 || mtime_us(&st) > than_us;
}

bool tn_quick_is_current(const struct tn_depmod *depmod, int outfd)
{
        struct stat dep;

        if (!has_files(depmod, outfd) || fstatat(outfd, "modules.dep", &dep, 0) < 0)
                return false;
        for (uint32_t i = 0; i < depmod->modules.n; i++)
                if (is_newer(depmod, i, mtime_us(&dep)))
                        return false;
        return true;
}
