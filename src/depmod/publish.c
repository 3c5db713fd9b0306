/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/file.h>

#include "depmod/publish.h"
#include "util/atomic.h"
#include "util/cleanup.h"
#include "util/file.h"

static int lock(int fd, int how)
{
        while (flock(fd, how) < 0)
                if (errno != EINTR)
                        return -errno;
        return 0;
}

int tn_publish_lock(int dirfd, const char *dir, struct tn_log *log)
{
        int r = lock(dirfd, LOCK_EX | LOCK_NB);

        if (r == -EWOULDBLOCK) {
                tn_log(log, TN_LOG_WARNING, "waiting for another depmod that is at work in %s", dir);
                r = lock(dirfd, LOCK_EX);
        }
        if (r == 0)
                tn_atomic_sweep(dirfd);
        return 0;
}

static int complain(struct tn_log *log, const char *file, int r)
{
        tn_log(log, TN_LOG_ERR, "Could not create index '%s': %s", file, strerror(-r));
        return r;
}

static int add_file(const struct tn_depmod *depmod, const struct tn_emitter *emitter, struct tn_atomic *set)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        int r = emitter->emit(depmod, &out);

        return r < 0 ? r : tn_atomic_add(set, emitter->file, tn_buf_span(&out));
}

int tn_publish_files(const struct tn_depmod *depmod, int outfd, const char *dir)
{
        _cleanup_(tn_atomic_fini) struct tn_atomic set = tn_atomic_init(outfd);
        int r;

        for (size_t i = 0; i < tn_n_emitters; i++) {
                r = add_file(depmod, &tn_emitters[i], &set);
                if (r < 0)
                        return complain(depmod->log, tn_emitters[i].file, r);
        }
        r = tn_atomic_commit(&set);
        return r < 0 ? complain(depmod->log, set.failed ? set.failed : dir, r) : 0;
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
                        r = tn_file_write(fd, tn_buf_span(&out));
                if (r < 0)
                        return complain(depmod->log, tn_emitters[i].file, r);
        }
        return 0;
}
