/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_JOB_H
#define TN_DEPMOD_JOB_H

#include <stdbool.h>
#include <time.h>

#include "core/modroom.h"
#include "depmod/digest.h"
#include "depmod/source.h"
#include "format/depcache.h"

/* What one module came to. */
struct tn_job_result {
        int error;                /* 0, or -errno: why nothing else is known of the module */
        struct timespec changed;  /* when its file was, whatever is in it; zero when there is none */
        struct tn_depcache_id id; /* of its file before that was read; all zero when it was not opened */
        struct tn_digest digest;
};

/*
 * Memory and decoders that jobs use one after another. Nothing of a job stays in it: results do not depend on it.
 * Zero-initialised is empty.
 */
struct tn_job_room {
        struct tn_modroom files;
};

void tn_job_room_fini(struct tn_job_room *room);

/*
 * Opens, reads and digests the module of that path. Nothing but the result and the room is written, and nothing is
 * logged: jobs may run at the same time, each in a room of its own.
 */
void tn_job_run(struct tn_job_room *room, const struct tn_source *source, struct span path,
                bool needs_versions, struct tn_job_result *ret_result);

void tn_job_result_fini(struct tn_job_result *result);

#endif
