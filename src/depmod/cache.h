/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_CACHE_H
#define TN_DEPMOD_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "depmod/job.h"
#include "format/depcache.h"
#include "util/buf.h"
#include "util/log.h"
#include "util/map.h"
#include "util/vec.h"

struct tn_depmod;
struct tn_depmod_options;
struct tn_fileset;

/*
 * What depmod keeps from one run to the next. A run
 *
 * - opens it and listens to all that is logged,
 * - has a look at each module once it knows where they are; if nothing has changed since the files were written, and they
 *   are as they were written, it is done;
 * - asks it for each module before it reads that, and keeps what was asked for or read,
 * - and saves it when the files are written.
 *
 * Whatever goes wrong with a cache costs time and nothing else: no function says so. All of them take NULL for none.
 *
 * File systems take times from a clock of the kernel that moves in steps. A file that was changed shortly before it was read
 * may be changed again and have the same times: such a module is not kept, nor are those of file systems that are not
 * known to note every change, or that count whole seconds.
 */
struct tn_cache {
        const char *dir; /* set by the caller: an absolute path */
        unsigned grain;  /* the same: milliseconds for which a change may have the time of one before it */
        /* the same: which program this is, since another may read and write otherwise */
        struct tn_depcache_id program;

        /* The rest is for cache*.c alone. */
        int dirfd; /* -1: nothing is read or kept */
        int fd;    /* of the old file; -1: there is none that is right */
        char name[32];
        struct timespec start; /* no module was read before */
        struct tn_buf head;    /* the beginning of the old file */
        struct tn_depcache_head old;
        size_t records_at; /* where its records are */

        TN_VEC(struct tn_depcache_id) seen; /* of each module; all zero: it could not be looked at */
        struct timespec newest;             /* of the times of change of these */
        uint64_t lists;                     /* sum of what the build of the kernel left */
        uint64_t inputs[2];                 /* sums of all that the files are made of */
        bool has_inputs;

        struct tn_buf bytes;              /* the old records */
        TN_VEC(struct tn_cached) records; /* the same */
        struct tn_map by_id;              /* struct tn_depcache_id -> struct tn_cached */

        struct tn_buf kept; /* the new records */
        size_t n_kept;
        TN_VEC(struct tn_cache_device) devices;
        struct tn_depcache_output outputs[TN_DEPCACHE_OUTPUTS_MAX];
        uint32_t n_outputs;

        struct tn_log log; /* counts what is logged */
        struct tn_log *to;
        unsigned n_logged, n_logged_before;
};

/* A record, and its bytes. */
struct tn_cached {
        struct tn_depcache_record record;
        struct span bytes;
};

struct tn_cache_device {
        uint64_t device;
        bool is_known; /* its file system notes every change */
};

/* A step has 10 ms at most. */
#define TN_CACHE_GRAIN 100

/* One that is not open yet. */
static inline struct tn_cache tn_cache_init(const char *dir)
{
        return (struct tn_cache){ .dir = dir, .grain = TN_CACHE_GRAIN, .dirfd = -1, .fd = -1 };
}

/*
 * Opens the cache of the module directory, and returns what to log to from here on. There is no cache for what needs more
 * of a module than it has.
 */
struct tn_log *tn_cache_open(struct tn_cache *cache, const struct tn_depmod *depmod,
                             const struct tn_depmod_options *options);
void tn_cache_close(struct tn_cache *cache);

/*
 * Whether any change gives a file another ctime on the file system of fd, and nobody can give it one. Where modules are on
 * another, as in most containers, the directory of the cache is not made.
 */
bool tn_cache_is_noted(int fd);

/* Looks at the modules that were found, all of them. */
void tn_cache_look(struct tn_cache *cache, struct tn_depmod *depmod, const struct tn_depmod_options *options);

/*
 * Whether the files of a set are what a run would make now, which would log nothing. Mode and owner are looked at, too.
 */
bool tn_cache_is_current(const struct tn_cache *cache, const struct tn_fileset *set);

/* The seed of the sum of the records: those of another program are as good as damaged. */
uint64_t tn_cache_seed(const struct tn_cache *cache);

/* Makes the records ready to be asked for. Returns how many modules have one. */
size_t tn_cache_load(struct tn_cache *cache, const struct tn_depmod *depmod);

/*
 * What reading module number i would come to, if that is known. False: it must be read. May be called by several threads.
 */
bool tn_cache_find(const struct tn_cache *cache, const struct tn_depmod *depmod, uint32_t i,
                   struct tn_job_result *ret_result);

/* Keeps what came of module number i. */
void tn_cache_keep(struct tn_cache *cache, const struct tn_depmod *depmod, uint32_t i,
                   const struct tn_job_result *result);

/* Keeps what file number i is to hold. */
void tn_cache_note(struct tn_cache *cache, uint32_t i, struct span bytes);

/* Writes the cache once the files are what they are to be. */
void tn_cache_save(struct tn_cache *cache, const struct tn_depmod *depmod,
                   const struct tn_depmod_options *options);

#endif
