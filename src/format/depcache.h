/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_DEPCACHE_H
#define TN_FORMAT_DEPCACHE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * What depmod keeps of a module directory between two runs, as bytes of a file: docs/depmod-cache.md has the format. The head
 * says which directory it is, and what the files there were made of when all was well; the records, one a module, have
 * what the files need of it. Both have a checksum of their own, so that a run that finds everything as it was does not
 * look at the records.
 */

/* Which file that was, and in which state: another one, or other contents, has another of these. */
struct tn_depcache_id {
        uint64_t device;
        uint64_t inode;
        uint64_t size;
        int64_t mtime_sec;
        int64_t ctime_sec;
        uint32_t mtime_nsec;
        uint32_t ctime_nsec;
};

struct tn_depcache_id tn_depcache_id_of(const struct stat *st);

static inline bool tn_depcache_same(const struct tn_depcache_id *a, const struct tn_depcache_id *b)
{
        return a->inode == b->inode && a->device == b->device && a->size == b->size &&
               a->ctime_sec == b->ctime_sec && a->ctime_nsec == b->ctime_nsec &&
               a->mtime_sec == b->mtime_sec && a->mtime_nsec == b->mtime_nsec;
}

/* A file that depmod has written. */
struct tn_depcache_output {
        uint64_t size;
        uint64_t sum; /* tn_sum() of its bytes */
};

#define TN_DEPCACHE_OUTPUTS_MAX 32

struct tn_depcache_head {
        struct span path;    /* of the module directory; borrowed */
        int64_t written_sec; /* when; seconds of the clock */
        uint64_t inputs[2];  /* sums of all that the outputs were made of */
        uint32_t n_outputs;  /* 0: nothing is known of them */
        struct tn_depcache_output outputs[TN_DEPCACHE_OUTPUTS_MAX];
        uint64_t records_len;
        uint64_t records_sum; /* tn_sum() of them */
};

/* No path is longer than 65535 bytes. So much of the file is enough to parse its head. */
#define TN_DEPCACHE_HEAD_MAX (64 + 16 * TN_DEPCACHE_OUTPUTS_MAX + 65536 + 8)

/* Appends a head. Returns 0, -EINVAL when the path is empty or too long, or -ENOMEM. */
int tn_depcache_head_format(const struct tn_depcache_head *head, struct tn_buf *out);

/*
 * Takes a head off the front of the bytes of a file, or of its beginning; behind it are the records. Nothing in it is
 * trusted. Returns 0; -EPROTONOSUPPORT for another version; -EINVAL for what is no head, or a damaged one.
 */
int tn_depcache_head_parse(struct span *bytes, struct tn_depcache_head *ret_head);

#define TN_DEPCACHE_LISTS     5
#define TN_DEPCACHE_WITH_CRCS 3 /* the number of the list whose texts have CRCs, the exports */

/* Texts of one kind, one after the other, each with its NUL. */
struct tn_depcache_list {
        uint32_t n;
        struct span text;
};

/* What the files need of a module. Spans are borrowed. */
struct tn_depcache_record {
        struct tn_depcache_id id;
        struct tn_depcache_list lists[TN_DEPCACHE_LISTS];
        struct span crcs; /* of each text of that list eight bytes, little-endian */
};

/*
 * Appends a record. Returns 0; -EINVAL when a list has not as many texts or CRCs as it says, or the record takes 4 GiB;
 * -ENOMEM.
 */
int tn_depcache_record_format(const struct tn_depcache_record *record, struct tn_buf *out);

/*
 * Takes a record off the front of records. Nothing in it is trusted: every list has as many texts as it says. Returns 1;
 * 0 when none is left; -EINVAL for what is no record.
 */
int tn_depcache_record_next(struct span *records, struct tn_depcache_record *ret_record);

#endif
