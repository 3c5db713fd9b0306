/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "depmod/publish.h"
#include "depmod/recover.h"
#include "util/cleanup.h"
#include "util/escape.h"
#include "util/file.h"

/* Where a file cannot be made for these reasons nothing will be replaced, and nobody need be kept out. */
static bool is_refusal(int r)
{
        return r == -EROFS || r == -EACCES || r == -EPERM || r == -ENOSPC || r == -EDQUOT;
}

int tn_publish_begin(struct tn_fileset *set, struct tn_lock *lock)
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

void tn_publish_end(struct tn_fileset *set, struct tn_lock *lock)
{
        const char *dir = set->dir, *name = lock->name;
        struct tn_log *log = set->log;
        int r;

        tn_fileset_fini(set);
        r = tn_lock_drop(lock);
        if (r < 0)
                tn_log(log, TN_LOG_WARNING, "could not remove %s/%s, the next depmod will: %s", dir, name,
                       strerror(-r));
}

static int complain(struct tn_log *log, const char *file, int r)
{
        tn_log(log, TN_LOG_ERR, "Could not create index '%s': %s", file, strerror(-r));
        return r;
}

static int add_file(const struct tn_depmod *depmod, const struct tn_emitter *emitter, struct tn_fileset *set)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        int r = emitter->emit(depmod, &out);
        bool is_dep = emitter->emit == tn_emit_dep;

        if (r < 0)
                return complain(depmod->log, emitter->name.file, r);
        return tn_fileset_add(set, &emitter->name, tn_buf_span(&out), is_dep ? &depmod->newest : NULL);
}

int tn_publish_files(const struct tn_depmod *depmod, struct tn_fileset *set)
{
        int r = 0;

        for (size_t i = 0; i < tn_n_emitters && r == 0; i++)
                r = add_file(depmod, &tn_emitters[i], set);
        return r < 0 ? r : tn_fileset_commit(set);
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
