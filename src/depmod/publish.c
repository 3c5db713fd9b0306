/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "depmod/cache.h"
#include "depmod/publish.h"
#include "depmod/recover.h"
#include "util/cleanup.h"
#include "util/escape.h"

/* Where a file cannot be made for these reasons nothing will be replaced, and nobody need be kept out. */
static bool is_refusal(int r)
{
        return r == -EROFS || r == -EACCES || r == -EPERM || r == -ENOSPC || r == -EDQUOT;
}

static int open_dir(struct tn_publish *publish, const struct tn_source *source, struct tn_log *log)
{
        const char *out_dir = publish->out_dir, *dir = out_dir ? out_dir : source->dir.path;
        const struct tn_dir here = { .fd = AT_FDCWD };

        publish->dirfd = out_dir ? tn_dir_open(&here, out_dir, O_RDONLY | O_DIRECTORY)
                                 : fcntl(source->dir.fd, F_DUPFD_CLOEXEC, 0);
        if (publish->dirfd < 0) {
                int r = out_dir ? publish->dirfd : -errno;

                tn_log(log, TN_LOG_ERR, "could not open directory %s: %s", dir, strerror(-r));
                return r;
        }
        publish->set = tn_fileset_init(publish->dirfd, dir, log);
        publish->set.no_sync = publish->no_sync;
        return 0;
}

static int begin_set(struct tn_fileset *set, struct tn_lock *lock)
{
        int r = tn_lock_take(lock, set->dirfd, set->dir, set->log);

        if (is_refusal(r)) {
                set->refused = r;
                return 0;
        }
        if (r < 0) {
                tn_log(set->log, TN_LOG_ERR, "could not lock %s: %s", set->dir, strerror(-r));
                return r;
        }
        set->like = &lock->st;
        r = tn_recover(set->dirfd, set->dir, set->log);
        if (r < 0)
                return r;
        set->slot = (unsigned)r;
        return 0;
}

int tn_publish_begin(struct tn_publish *publish, const struct tn_source *source, struct tn_log *log)
{
        int r = open_dir(publish, source, log);

        if (!publish->lock)
                publish->lock = &publish->own;
        return r < 0 ? r : begin_set(&publish->set, publish->lock);
}

void tn_publish_end(struct tn_publish *publish)
{
        struct tn_fileset *set = &publish->set;
        const char *dir = set->dir, *name;
        struct tn_log *log = set->log;
        int r;

        if (publish->dirfd < 0)
                return;
        name = publish->lock->name;
        tn_fileset_fini(set);
        r = tn_lock_drop(publish->lock);
        if (r < 0)
                tn_log(log, TN_LOG_WARNING, "could not remove %s/%s, the next depmod will: %s", dir, name,
                       strerror(-r));
        close(TAKE_FD(publish->dirfd));
}

static int complain(struct tn_log *log, const char *file, int r)
{
        tn_log(log, TN_LOG_ERR, "Could not create index '%s': %s", file, strerror(-r));
        return r;
}

static int add_file(const struct tn_depmod *depmod, uint32_t i, struct tn_fileset *set, struct tn_buf *out)
{
        const struct tn_emitter *emitter = &tn_emitters[i];
        bool is_dep = emitter->emit == tn_emit_dep;
        int r;

        tn_buf_reset(out);
        r = emitter->emit(depmod, out);
        if (r < 0)
                return complain(depmod->log, emitter->name.file, r);
        tn_cache_note(depmod->cache, i, tn_buf_span(out));
        return tn_fileset_add(set, &emitter->name, tn_buf_span(out), is_dep ? &depmod->newest : NULL);
}

int tn_publish_files(const struct tn_depmod *depmod, struct tn_publish *publish)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        int r = 0;

        for (uint32_t i = 0; i < tn_n_emitters && r == 0; i++)
                r = add_file(depmod, i, &publish->set, &out);
        return r < 0 ? r : tn_fileset_commit(&publish->set);
}

int tn_publish_show(const struct tn_depmod *depmod, int fd)
{
        for (size_t i = 0; i < tn_n_emitters; i++) {
                _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
                int r;

                if (!tn_emitters[i].is_text)
                        continue;
                r = tn_emitters[i].emit(depmod, &out);
                if (r == 0)
                        r = tn_escape_write(fd, tn_buf_span(&out));
                if (r < 0)
                        return complain(depmod->log, tn_emitters[i].name.file, r);
        }
        return 0;
}
