/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>

#include "depmod/cache.h"
#include "depmod/state.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/num.h"
#include "util/sum.h"
#include "util/when.h"

_Static_assert((int)TN_DEPCACHE_LISTS == (int)TN_DEPMOD_KINDS &&
                       (int)TN_DEPCACHE_WITH_CRCS == (int)TN_DEPMOD_EXPORT,
               "a record has the lists of a digest");

/* ---- the old records ---- */

static struct span key_of(const struct tn_depcache_id *id)
{
        return (struct span){ (const char *)id, sizeof(*id) };
}

uint64_t tn_cache_seed(const struct tn_cache *cache)
{
        return tn_sum(key_of(&cache->program), 0);
}

static bool read_records(struct tn_cache *cache)
{
        size_t len = (size_t)cache->old.records_len;
        char *to = tn_buf_reserve(&cache->bytes, len);

        if (!to || tn_file_pread(cache->fd, to, len, cache->records_at) != (ssize_t)len)
                return false;
        cache->bytes.len = len;
        return tn_sum(tn_buf_span(&cache->bytes), tn_cache_seed(cache)) == cache->old.records_sum;
}

static bool parse_records(struct tn_cache *cache)
{
        struct span rest = tn_buf_span(&cache->bytes);
        struct tn_cached cached;
        int r;

        for (;;) {
                cached.bytes = rest;
                r = tn_depcache_record_next(&rest, &cached.record);
                if (r <= 0)
                        return r == 0;
                cached.bytes.len -= rest.len;
                if (tn_vec_add(&cache->records, cached) < 0)
                        return false;
        }
}

static bool index_records(struct tn_cache *cache)
{
        struct tn_cached *cached;

        tn_vec_each (cached, &cache->records)
                if (tn_map_add(&cache->by_id, key_of(&cached->record.id), cached) < 0)
                        return false;
        return true;
}

static const struct tn_cached *find(const struct tn_cache *cache, const struct tn_depmod *depmod, uint32_t i)
{
        return tn_map_find(&cache->by_id, key_of(&cache->seen.v[depmod->modules.v[i].seen]));
}

size_t tn_cache_load(struct tn_cache *cache, const struct tn_depmod *depmod)
{
        size_t n = 0;

        if (!cache || cache->dirfd < 0 || cache->fd < 0)
                return 0;
        if (!read_records(cache) || !parse_records(cache) || !index_records(cache)) {
                tn_map_fini(&cache->by_id);
                cache->by_id = (struct tn_map){ 0 };
                return 0;
        }
        for (uint32_t i = 0; i < depmod->modules.n; i++)
                n += find(cache, depmod, i) != NULL;
        return n;
}

static int copy_list(const struct tn_depcache_list *from, struct tn_depmod_list *to)
{
        if (from->n == 0)
                return 0;
        to->text = malloc(from->text.len);
        if (!to->text)
                return -ENOMEM;
        memcpy(to->text, from->text.ptr, from->text.len);
        to->len = from->text.len;
        to->n = from->n;
        return 0;
}

static int copy_crcs(const struct tn_depcache_record *record, struct tn_depmod_list *exports)
{
        if (exports->n == 0)
                return 0;
        exports->versions = calloc(exports->n, sizeof(*exports->versions));
        if (!exports->versions)
                return -ENOMEM;
        for (size_t i = 0; i < exports->n; i++)
                exports->versions[i].crc = tn_num_le64(record->crcs.ptr + 8 * i);
        return 0;
}

static int copy_digest(const struct tn_depcache_record *record, struct tn_digest *digest)
{
        int r = 0;

        for (int kind = 0; kind < TN_DEPMOD_KINDS && r == 0; kind++)
                r = copy_list(&record->lists[kind], &digest->lists[kind]);
        return r < 0 ? r : copy_crcs(record, &digest->lists[TN_DEPMOD_EXPORT]);
}

bool tn_cache_find(const struct tn_cache *cache, const struct tn_depmod *depmod, uint32_t i,
                   struct tn_job_result *ret_result)
{
        const struct tn_cached *cached = cache && cache->by_id.n ? find(cache, depmod, i) : NULL;
        struct tn_job_result result = { 0 };

        if (!cached)
                return false;
        result.id = cached->record.id;
        result.changed.tv_sec = (time_t)result.id.mtime_sec;
        result.changed.tv_nsec = (long)result.id.mtime_nsec;
        if (copy_digest(&cached->record, &result.digest) < 0) {
                tn_job_result_fini(&result);
                return false;
        }
        *ret_result = result;
        return true;
}

/* ---- the new ones ---- */

bool tn_cache_is_noted(int fd)
{
        static const unsigned long known[] = {
                EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC, F2FS_SUPER_MAGIC, TMPFS_MAGIC,
        };
        struct statfs fs;

        if (fstatfs(fd, &fs) < 0)
                return false;
        for (size_t i = 0; i < ARRAY_SIZE(known); i++)
                if ((unsigned long)fs.f_type == known[i])
                        return true;
        return false;
}

static bool ask_device(const struct tn_depmod *depmod, struct span path, uint64_t device)
{
        struct tn_dir dir = tn_source_dir(&depmod->source, path);
        _cleanup_(closep) int fd = tn_dir_open(&dir, path.ptr, O_PATH);
        struct stat st;

        return fd >= 0 && fstat(fd, &st) == 0 && st.st_dev == device && tn_cache_is_noted(fd);
}

static bool is_on_known_device(struct tn_cache *cache, const struct tn_depmod *depmod, struct span path,
                               uint64_t device)
{
        struct tn_cache_device answer = { .device = device };

        for (size_t i = 0; i < cache->devices.n; i++)
                if (cache->devices.v[i].device == device)
                        return cache->devices.v[i].is_known;
        answer.is_known = ask_device(depmod, path, device);
        return tn_vec_add(&cache->devices, answer) == 0 && answer.is_known;
}

/*
 * Whether any change since would show. A file system that counts whole seconds may have a clock behind it that was put
 * back, or has started anew, and then comes to the same second again.
 */
static bool is_settled(const struct tn_cache *cache, const struct tn_depcache_id *id)
{
        struct timespec limit = cache->start, ctime = { (time_t)id->ctime_sec, (long)id->ctime_nsec };

        limit.tv_sec -= cache->grain / 1000;
        limit.tv_nsec -= (long)(cache->grain % 1000) * 1000000;
        if (limit.tv_nsec < 0) {
                limit.tv_nsec += 1000000000;
                limit.tv_sec--;
        }
        return id->ctime_nsec != 0 && tn_when_is_before(ctime, limit);
}

static int add_digest(struct tn_cache *cache, const struct tn_job_result *result)
{
        const struct tn_depmod_list *lists = result->digest.lists, *exports = &lists[TN_DEPMOD_EXPORT];
        _cleanup_(tn_buf_fini) struct tn_buf crcs = { 0 };
        struct tn_depcache_record record = { .id = result->id };

        for (int kind = 0; kind < TN_DEPMOD_KINDS; kind++)
                record.lists[kind] = (struct tn_depcache_list){ (uint32_t)lists[kind].n,
                                                                tn_depmod_list_span(&lists[kind]) };
        for (size_t i = 0; i < exports->n; i++) {
                uint64_t crc = htole64(exports->versions[i].crc);

                tn_buf_add(&crcs, &crc, sizeof(crc));
        }
        if (tn_buf_error(&crcs) < 0)
                return tn_buf_error(&crcs);
        record.crcs = tn_buf_span(&crcs);
        return tn_depcache_record_format(&record, &cache->kept);
}

/* Modules with something to say of them are read again by each run, and so are those that have changed since they were seen. */
void tn_cache_keep(struct tn_cache *cache, const struct tn_depmod *depmod, uint32_t i,
                   const struct tn_job_result *result)
{
        const struct tn_depmod_module *mod = &depmod->modules.v[i];
        const struct tn_cached *cached;

        if (!cache || cache->dirfd < 0 || result->error || result->digest.notes.n ||
            !tn_depcache_same(&result->id, &cache->seen.v[mod->seen]))
                return;
        cached = find(cache, depmod, i);
        if (cached)
                tn_buf_add_span(&cache->kept, cached->bytes);
        else if (!is_settled(cache, &result->id) ||
                 !is_on_known_device(cache, depmod, mod->path, result->id.device) ||
                 add_digest(cache, result) < 0)
                return;
        cache->n_kept++;
}
