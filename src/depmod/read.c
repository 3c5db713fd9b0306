/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "depmod/cache.h"
#include "depmod/gather.h"
#include "depmod/job.h"
#include "depmod/read.h"
#include "util/cleanup.h"
#include "util/pool.h"

struct reader {
        struct tn_depmod *depmod;
        const struct tn_depmod_options *options;
        bool versions;
        struct tn_gather gather;
        uint32_t first; /* module that is item 0 */
        uint32_t next;  /* module to be taken */
        bool is_alone;  /* no other thread is at work */
        bool is_short;  /* of memory, which all threads together need more of than one */
};

static size_t run_job(void *data, void *room, size_t i, void *ret_result)
{
        const struct reader *reader = data;
        const struct tn_depmod *depmod = reader->depmod;
        struct tn_job_result *result = ret_result;
        uint32_t number = reader->first + (uint32_t)i;
        size_t held = 0;

        if (!tn_cache_find(depmod->cache, depmod, number, result))
                tn_job_run(room, &depmod->source, depmod->modules.v[number].path, reader->versions, result);
        for (int kind = 0; kind < TN_DEPMOD_KINDS; kind++)
                held += result->digest.lists[kind].len;
        return held;
}

static void tell_unread(const struct reader *reader, uint32_t i)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        reader->options->unread(reader->options->data, tn_depmod_path(reader->depmod, i, &path));
}

/* A module that several threads had no memory for is not taken yet. */
static int take_result(void *data, size_t item, void *ret_result)
{
        struct reader *reader = data;
        const struct tn_depmod_options *options = reader->options;
        struct tn_job_result *result = ret_result;
        uint32_t i = reader->first + (uint32_t)item;
        int r;

        reader->is_short = result->error == -ENOMEM && !reader->is_alone;
        if (reader->is_short)
                return -ENOMEM;
        tn_cache_keep(reader->depmod->cache, reader->depmod, i, result);
        r = tn_gather_take(&reader->gather, i, result);
        if (result->error && options->unread)
                tell_unread(reader, i);
        if (options->progress)
                options->progress(options->data, i + 1, (uint32_t)reader->depmod->modules.n);
        reader->next = i + 1;
        return r;
}

static void fini_result(void *result)
{
        tn_job_result_fini(result);
}

static void fini_room(void *room)
{
        tn_job_room_fini(room);
}

/* From the first that is not taken on. */
static int read_rest(struct reader *reader, unsigned threads)
{
        const struct tn_pool_work work = {
                .n = reader->depmod->modules.n - reader->next,
                .threads = threads,
                .data = reader,
                .run = run_job,
                .take = take_result,
                .fini_result = fini_result,
                .fini_room = fini_room,
                .result_size = sizeof(struct tn_job_result),
                .room_size = sizeof(struct tn_job_room),
        };

        reader->first = reader->next;
        reader->is_alone = threads == 1;
        return tn_pool_run(&work);
}

int tn_depmod_read(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        struct reader reader = {
                .depmod = depmod,
                .options = options,
                .versions = options->check_symbols && (options->symvers || options->system_map),
                .gather = { .depmod = depmod },
        };
        int r = read_rest(&reader, options->jobs);

        return reader.is_short ? read_rest(&reader, 1) : r;
}
