/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <time.h>

#include "depmod/cache.h"
#include "depmod/cache_inputs.h"
#include "depmod/cachedir.h"
#include "depmod/depmod.h"
#include "depmod/emit.h"
#include "depmod/state.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/sum.h"

/* Those of kernel 6.12 have 6 MB. */
#define RECORDS_MAX ((size_t)256 << 20)

/* ---- what is logged ---- */

static void count(void *data, enum tn_log_level level, const char *text)
{
        struct tn_cache *cache = data;

        cache->n_logged++;
        if (tn_log_hears(cache->to, level))
                cache->to->emit(cache->to->data, level, text);
}

/* Warnings count even when nobody hears them: the next run may. */
static struct tn_log *listen(struct tn_cache *cache, struct tn_log *log)
{
        cache->to = log;
        cache->log = (struct tn_log){ .emit = count, .data = cache, .max = TN_LOG_WARNING };
        if (log && log->max > TN_LOG_WARNING)
                cache->log.max = log->max;
        return &cache->log;
}

/* ---- the file ---- */

/* A clock that is behind the file was put back, or was ahead then: times say nothing. */
static bool is_right(const struct tn_cache *cache, const struct tn_depmod *depmod)
{
        const struct tn_depcache_head *head = &cache->old;

        return tn_span_eq(head->path, tn_span_of(depmod->source.dir.path)) &&
               head->written_sec <= cache->start.tv_sec && head->records_len <= RECORDS_MAX;
}

static bool read_head(struct tn_cache *cache, const struct tn_depmod *depmod)
{
        char *to = tn_buf_reserve(&cache->head, TN_DEPCACHE_HEAD_MAX);
        ssize_t n = to ? tn_file_pread(cache->fd, to, TN_DEPCACHE_HEAD_MAX, 0) : -ENOMEM;
        struct span bytes = { to, n > 0 ? (size_t)n : 0 };

        if (n < 0 || tn_depcache_head_parse(&bytes, &cache->old) < 0)
                return false;
        cache->records_at = (size_t)(bytes.ptr - to);
        return is_right(cache, depmod);
}

static void open_file(struct tn_cache *cache, const struct tn_depmod *depmod)
{
        tn_cachedir_name(tn_span_of(depmod->source.dir.path), cache->name);
        cache->fd = tn_cachedir_open_file(cache->dirfd, cache->name);
        if (cache->fd < 0 || read_head(cache, depmod))
                return;
        close(TAKE_FD(cache->fd));
        cache->old = (struct tn_depcache_head){ 0 };
}

struct tn_log *tn_cache_open(struct tn_cache *cache, const struct tn_depmod *depmod,
                             const struct tn_depmod_options *options)
{
        if (!cache)
                return depmod->log;
        clock_gettime(CLOCK_REALTIME_COARSE, &cache->start); /* the clock of file systems */
        if (!options->check_symbols && !options->symvers && !options->system_map)
                cache->dirfd = tn_cachedir_open(cache->dir,
                                                !options->show && tn_cache_is_noted(depmod->source.dir.fd));
        if (cache->dirfd >= 0)
                open_file(cache, depmod);
        return listen(cache, depmod->log);
}

void tn_cache_close(struct tn_cache *cache)
{
        closep(&cache->dirfd);
        closep(&cache->fd);
        tn_buf_fini(&cache->head);
        tn_buf_fini(&cache->bytes);
        tn_buf_fini(&cache->kept);
        tn_vec_fini(&cache->seen);
        tn_vec_fini(&cache->records);
        tn_vec_fini(&cache->devices);
        tn_map_fini(&cache->by_id);
        *cache = tn_cache_init(cache->dir);
}

/* ---- what is written ---- */

void tn_cache_note(struct tn_cache *cache, uint32_t i, struct span bytes)
{
        if (cache && cache->dirfd >= 0 && i < TN_DEPCACHE_OUTPUTS_MAX)
                cache->outputs[i] = (struct tn_depcache_output){ bytes.len, tn_sum(bytes, 0) };
}

/*
 * What the files are made of is known of modules that were all kept, each as it was first looked at, and of lists that are
 * still what they were. A run that had something to say must say it again.
 */
static bool knows_outputs(const struct tn_cache *cache, const struct tn_depmod *depmod,
                          const struct tn_depmod_options *options)
{
        uint64_t lists;

        return cache->has_inputs && cache->n_kept == depmod->modules.n &&
               cache->n_logged == cache->n_logged_before && !options->files &&
               tn_cache_inputs_sum_lists(depmod, &lists) == 0 && lists == cache->lists;
}

void tn_cache_save(struct tn_cache *cache, const struct tn_depmod *depmod,
                   const struct tn_depmod_options *options)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct tn_depcache_head head = { .path = tn_span_of(depmod->source.dir.path) };

        if (!cache || cache->dirfd < 0 || tn_buf_error(&cache->kept) < 0 || cache->kept.len > RECORDS_MAX)
                return;
        head.written_sec = cache->start.tv_sec;
        head.records_len = cache->kept.len;
        head.records_sum = tn_sum(tn_buf_span(&cache->kept), tn_cache_seed(cache));
        if (knows_outputs(cache, depmod, options)) {
                head.n_outputs = (uint32_t)tn_n_emitters;
                memcpy(head.inputs, cache->inputs, sizeof(head.inputs));
                memcpy(head.outputs, cache->outputs, sizeof(head.outputs));
        }
        if (tn_depcache_head_format(&head, &bytes) == 0)
                tn_cachedir_write(cache->dirfd, cache->name, tn_buf_span(&bytes), tn_buf_span(&cache->kept));
        tn_cachedir_tidy(cache->dirfd, cache->name);
}
