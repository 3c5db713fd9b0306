/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <archive.h>
#include <errno.h>
#include <stdbool.h>

#include "tenon/image/unpack.h"
#include "util/cleanup.h"
#include "util/dl.h"

#define SONAME "libarchive.so.13"

#define FUNCTIONS(X)                                                                                         \
        X(create, archive_read_new)                                                                          \
        X(free, archive_read_free)                                                                           \
        X(append_filter, archive_read_append_filter)                                                         \
        X(set_format, archive_read_set_format)                                                               \
        X(open, archive_read_open)                                                                           \
        X(next_header, archive_read_next_header)                                                             \
        X(read, archive_read_data)                                                                           \
        X(get_errno, archive_errno)                                                                          \
        X(bytes, archive_filter_bytes)

TN_DL_LIBRARY(SONAME, FUNCTIONS);
TN_DL_NOTE(SONAME, "archive", "recommended", "compressed images of an initramfs");

/* Bytes that are read of the file, or passed over in what comes out of it. */
#define ROOM ((size_t)65536)

struct tn_unpack {
        struct tn_unpack_part part;
        struct archive *archive;
        uint64_t taken;  /* bytes of the part that were read */
        uint64_t at;     /* in what comes out */
        bool is_started; /* the library knows what is in it */
        bool is_ended;
        int err; /* the first failure, which stays */
        char in[ROOM], passed[ROOM];
};

static const int filters[TN_PACKED_COUNT] = {
        [TN_PACKED_GZIP] = ARCHIVE_FILTER_GZIP, [TN_PACKED_BZIP2] = ARCHIVE_FILTER_BZIP2,
        [TN_PACKED_LZMA] = ARCHIVE_FILTER_LZMA, [TN_PACKED_XZ] = ARCHIVE_FILTER_XZ,
        [TN_PACKED_LZ4] = ARCHIVE_FILTER_LZ4,   [TN_PACKED_ZSTD] = ARCHIVE_FILTER_ZSTD,
        [TN_PACKED_LZO] = ARCHIVE_FILTER_LZOP,
};

/* The next bytes of the file, for the library. */
static la_ssize_t pull(struct archive *archive, void *data, const void **ret_bytes)
{
        struct tn_unpack *unpack = data;
        uint64_t left = unpack->part.size - unpack->taken;
        ssize_t n;

        do
                n = pread(unpack->part.fd, unpack->in, (size_t)MIN(left, (uint64_t)ROOM),
                          (off_t)(unpack->part.offset + unpack->taken));
        while (n < 0 && errno == EINTR);
        if (n < 0) {
                unpack->err = -errno;
                return -1;
        }
        unpack->taken += (uint64_t)n;
        *ret_bytes = unpack->in;
        return n;
}

/* What the library's last failure means. Of the file's, pull has said it. */
static int fail(struct tn_unpack *unpack)
{
        if (unpack->err == 0)
                unpack->err = lib.get_errno(unpack->archive) == ENOMEM ? -ENOMEM : -EINVAL;
        return unpack->err;
}

int tn_unpack_open(const struct tn_unpack_part *part, struct tn_unpack **ret_unpack)
{
        _cleanup_(tn_unpack_closep) struct tn_unpack *unpack = NULL;
        int r = part->packed == TN_PACKED_NONE ? -EOPNOTSUPP : tn_dl_bind(&dl);

        if (r < 0)
                return r;
        unpack = calloc(1, sizeof(*unpack));
        if (!unpack)
                return -ENOMEM;
        unpack->part = *part;
        unpack->archive = lib.create();
        if (!unpack->archive)
                return -ENOMEM;
        /* anything but OK: it would run a program */
        if (lib.append_filter(unpack->archive, filters[part->packed]) != ARCHIVE_OK ||
            lib.set_format(unpack->archive, ARCHIVE_FORMAT_RAW) != ARCHIVE_OK)
                return -EOPNOTSUPP;
        *ret_unpack = TAKE(unpack);
        return 0;
}

/* The library looks at the first bytes here. */
static int start(struct tn_unpack *unpack)
{
        struct archive_entry *entry;
        int r;

        if (unpack->is_started || unpack->is_ended)
                return 0;
        if (lib.open(unpack->archive, unpack, NULL, pull, NULL) < ARCHIVE_WARN)
                return fail(unpack);
        r = lib.next_header(unpack->archive, &entry);
        if (r < ARCHIVE_WARN)
                return fail(unpack);
        unpack->is_started = true;
        unpack->is_ended = r == ARCHIVE_EOF;
        return 0;
}

/* Up to len bytes from where it is. Returns how many, 0 at the end. */
static ssize_t go_on(struct tn_unpack *unpack, char *to, size_t len)
{
        la_ssize_t n = unpack->is_ended || len == 0 ? 0 : lib.read(unpack->archive, to, len);

        if (n < 0)
                return fail(unpack);
        if (n == 0 && len > 0)
                unpack->is_ended = true;
        if ((uint64_t)n > unpack->part.max - unpack->at)
                return unpack->err = -EFBIG;
        unpack->at += (uint64_t)n;
        return n;
}

ssize_t tn_unpack_read(void *data, uint64_t at, char *to, size_t len)
{
        struct tn_unpack *unpack = data;
        size_t got = 0;
        ssize_t n = unpack->err == 0 ? start(unpack) : unpack->err;

        if (n < 0)
                return n;
        while (unpack->at < at) {
                n = go_on(unpack, unpack->passed, (size_t)MIN(at - unpack->at, (uint64_t)ROOM));
                if (n <= 0)
                        return n;
        }
        do {
                n = go_on(unpack, to + got, len - got);
                if (n < 0)
                        return n;
                got += (size_t)n;
        } while (n > 0);
        return (ssize_t)got;
}

uint64_t tn_unpack_used(const struct tn_unpack *unpack)
{
        bool is_known = unpack->is_ended && unpack->err == 0 && unpack->part.packed != TN_PACKED_LZO;

        /* -1 is the library's filter next to the file */
        return is_known ? (uint64_t)lib.bytes(unpack->archive, -1) : 0;
}

uint64_t tn_unpack_made(const struct tn_unpack *unpack)
{
        return unpack->at;
}

uint64_t tn_unpack_taken(const struct tn_unpack *unpack)
{
        return unpack->taken;
}

void tn_unpack_close(struct tn_unpack *unpack)
{
        if (!unpack)
                return;
        if (unpack->archive)
                lib.free(unpack->archive);
        free(unpack);
}

void tn_unpack_closep(struct tn_unpack **unpack)
{
        tn_unpack_close(*unpack);
}
