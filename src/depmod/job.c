/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "core/modfacts.h"
#include "depmod/job.h"
#include "util/cleanup.h"

/* The time of a module that cannot be read counts, too. */
static int load(struct tn_modroom *room, const struct tn_dir *dir, const char *path, struct timespec *changed,
                struct tn_facts *ret_facts)
{
        struct stat st;
        int fd = tn_dir_open_seen(dir, path, &st);

        if (fd >= 0 || tn_dir_stat(dir, path, &st) == 0)
                *changed = st.st_mtim;
        return fd < 0 ? fd : tn_modfacts_load_in(room, fd, TN_DIGEST_FACTS, ret_facts);
}

void tn_job_run(struct tn_job_room *room, const struct tn_source *source, struct span path,
                bool needs_versions, struct tn_job_result *ret_result)
{
        struct tn_dir dir = tn_source_dir(source, path);
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct tn_job_result result = { 0 };

        result.error = load(&room->files, &dir, path.ptr, &result.changed, &facts);
        if (result.error == 0)
                result.error = tn_digest_make(&facts, needs_versions, &result.digest);
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
