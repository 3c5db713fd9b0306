/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/file.h>
#include <time.h>

#include "depmod/publish.h"
#include "depmod/recover.h"
#include "util/cleanup.h"
#include "util/file.h"

/* Another run is waited for in silence for so long: tries, and nanoseconds between them. */
#define TRIES 10
#define PAUSE 100000000

static int lock(int fd, int how)
{
        while (flock(fd, how) < 0)
                if (errno != EINTR)
                        return -errno;
        return 0;
}

static int lock_patiently(int fd, const char *dir, struct tn_log *log)
{
        for (unsigned i = 0; i < TRIES; i++) {
                int r = lock(fd, LOCK_EX | LOCK_NB);

                if (r != -EWOULDBLOCK)
                        return r;
                nanosleep(&(struct timespec){ .tv_nsec = PAUSE }, NULL);
        }
        tn_log(log, TN_LOG_WARNING, "waiting for another depmod that is at work in %s", dir);
        return lock(fd, LOCK_EX);
}

int tn_publish_begin(struct tn_fileset *set)
{
        int r = lock_patiently(set->dirfd, set->dir, set->log);

        if (r < 0) {
                tn_log(set->log, TN_LOG_ERR, "could not lock %s: %s", set->dir, strerror(-r));
                return r;
        }
        r = tn_recover(set->dirfd, set->dir, set->log);
        if (r < 0)
                return r;
        set->slot = (unsigned)r;
        return 0;
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
                        r = tn_file_write(fd, tn_buf_span(&out));
                if (r < 0)
                        return complain(depmod->log, tn_emitters[i].name.file, r);
        }
        return 0;
}
