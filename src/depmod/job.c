/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "core/modfacts.h"
#include "depmod/job.h"
#include "util/cleanup.h"

/* The time of a module that cannot be read counts, too. */
static int open_module(const struct tn_dir *dir, const char *path, struct stat *ret_st)
{
        int fd = tn_dir_open_seen(dir, path, ret_st);

        if (fd < 0 && tn_dir_stat(dir, path, ret_st) < 0)
                ret_st->st_mtim = (struct timespec){ 0 };
        return fd;
}

/* The descriptor is taken over. */
static int digest(struct tn_modroom *room, int fd, off_t size, bool needs_versions,
                  struct tn_digest *ret_digest)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        const struct tn_facts *facts;
        int r = tn_modfile_take_in(room, fd, size, &file);

        if (r == 0)
                r = tn_modfacts_look(&file, TN_DIGEST_FACTS, &facts);
        return r < 0 ? r : tn_digest_make(facts, needs_versions, ret_digest);
}

void tn_job_run(struct tn_job_room *room, const struct tn_source *source, struct span path,
                bool needs_versions, struct tn_job_result *ret_result)
{
        struct tn_dir dir = tn_source_dir(source, path);
        struct tn_job_result result = { 0 };
        struct stat st;
        int fd = open_module(&dir, path.ptr, &st);

        result.changed = st.st_mtim;
        if (fd >= 0)
                result.id = tn_depcache_id_of(&st);
        result.error = fd < 0 ? fd : digest(&room->files, fd, st.st_size, needs_versions, &result.digest);
        *ret_result = result;
}

void tn_job_result_fini(struct tn_job_result *result)
{
        tn_digest_fini(&result->digest);
}

void tn_job_room_fini(struct tn_job_room *room)
{
        tn_modroom_fini(&room->files);
}
