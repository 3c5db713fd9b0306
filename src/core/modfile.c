/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/bounds.h"
#include "core/modfile.h"
#include "util/cleanup.h"
#include "util/dir.h"
#include "util/file.h"

size_t tn_modfile_max(void)
{
        long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
        uint64_t quarter = pages > 0 && size > 0 ? (uint64_t)pages / 4 * (uint64_t)size : TN_BOUND_MODULE;

        return (size_t)MIN(quarter, (uint64_t)TN_BOUND_MODULE);
}

size_t tn_modfile_limit(const struct tn_modfile *file)
{
        if (!file->room)
                return tn_modfile_max();
        if (file->room->max == 0)
                file->room->max = tn_modfile_max();
        return file->room->max;
}

/* Where len bytes go behind those that are there; memory that has none is not moved. */
static char *make_room(struct tn_buf *buf, size_t len)
{
        if (buf->len == 0 && buf->cap < len)
                tn_buf_fini(buf);
        return tn_buf_reserve(buf, len);
}

/* Reads on, until so many bytes of the file are there. */
static int read_on(struct tn_modfile *file, size_t len)
{
        struct tn_buf *raw = &file->raw;
        char *to = make_room(raw, len - raw->len);
        ssize_t n = to ? tn_file_pread(file->fd, to, len - raw->len, raw->len) : -ENOMEM;

        if (n < 0)
                return (int)n;
        raw->len += (size_t)n;
        if (raw->len < len)
                file->size = raw->len; /* somebody has cut it meanwhile */
        return 0;
}

/* Enough to know what the file is, and one page of it, which takes as long as less. */
#define HEAD ((size_t)4096)

/* Reads first bytes of what has a length. */
static int begin(struct tn_modfile *file, off_t size)
{
        int r;

        if (size <= 0)
                return 0;
        file->size = (uint64_t)size;
        r = read_on(file, file->size > TN_MODFILE_SMALL ? HEAD : (size_t)file->size);
        file->codec = tn_codec_find(tn_buf_span(&file->raw));
        return r;
}

int tn_modfile_take(int fd, struct tn_modfile *ret_file)
{
        char head[16];
        ssize_t n = pread(fd, head, sizeof(head), 0);

        if (n < 0) {
                int r = -errno;

                closep(&fd);
                return r;
        }
        *ret_file = (struct tn_modfile){
                .codec = tn_codec_find((struct span){ head, (size_t)n }),
                .fd = fd,
        };
        return 0;
}

int tn_modfile_take_in(struct tn_modroom *room, int fd, off_t size, struct tn_modfile *ret_file)
{
        struct tn_modfile file = {
                .fd = fd,
                .raw = TAKE(room->raw),
                .bytes = TAKE(room->bytes),
                .image = TAKE(room->image),
                .room = room,
        };
        int r = begin(&file, size);

        if (r == 0)
                *ret_file = file;
        else
                tn_modfile_close(&file);
        return r;
}

int tn_modfile_open(int dirfd, const char *path, struct tn_modfile *ret_file)
{
        int fd = tn_dir_open_regular(&(struct tn_dir){ .fd = dirfd }, path);

        return fd < 0 ? fd : tn_modfile_take(fd, ret_file);
}

/* Makes the module's bytes of the file's. */
static int decode(struct tn_modfile *file, size_t max)
{
        struct span raw = tn_buf_span(&file->raw);
        int r = 0;

        if (file->codec && file->room)
                r = file->codec->decode(&file->room->codecs, raw, max, &file->bytes);
        else if (file->codec)
                r = tn_codec_decode(file->codec, raw, max, &file->bytes);
        if (r < 0)
                return r;
        if (!file->codec) {
                struct tn_buf bytes = TAKE(file->raw);

                file->raw = TAKE(file->bytes);
                file->bytes = bytes;
        }
        file->loaded = true;
        return 0;
}

/* The file's bytes are kept no longer than they are needed, but their memory is where there is a room. */
static void drop_raw(struct tn_modfile *file)
{
        tn_buf_reset(&file->raw);
        file->size = 0;
        if (!file->room)
                tn_buf_fini(&file->raw);
}

int tn_modfile_begin(struct tn_modfile *file)
{
        struct stat st;

        if (file->size || file->loaded)
                return 0;
        if (fstat(file->fd, &st) < 0)
                return -errno;
        return S_ISREG(st.st_mode) ? begin(file, st.st_size) : 0;
}

/* All of the file, up to so many bytes. */
static int read_all(struct tn_modfile *file, size_t max)
{
        if (file->size == 0)
                return tn_file_read(file->fd, max, &file->raw);
        if (file->size > max)
                return -EFBIG;
        return file->size > file->raw.len ? read_on(file, (size_t)file->size) : 0;
}

/* Up to so many bytes as they are in the file, and up to so many decompressed. */
static int load(struct tn_modfile *file, size_t raw_max, size_t max)
{
        int r = read_all(file, raw_max);

        if (r == 0)
                r = decode(file, max);
        drop_raw(file);
        return r;
}

int tn_modfile_whole(struct tn_modfile *file)
{
        return file->loaded ? 0 : load(file, MIN(tn_modfile_limit(file), TN_MODFILE_WHOLE), TN_MODFILE_WHOLE);
}

int tn_modfile_drain(int fd, struct tn_modfile *ret_file)
{
        struct tn_modfile file = { .fd = -1 };
        size_t max = tn_modfile_max();
        int r = tn_file_read(fd, max, &file.raw);

        file.codec = tn_codec_find(tn_buf_span(&file.raw));
        if (r == 0)
                r = decode(&file, max);
        drop_raw(&file);
        if (r == 0)
                *ret_file = file;
        else
                tn_modfile_close(&file);
        return r;
}

int tn_modfile_bytes(struct tn_modfile *file, struct span *ret_bytes)
{
        size_t max = file->loaded ? 0 : tn_modfile_limit(file);
        int r = file->loaded ? 0 : load(file, max, max);

        if (r < 0)
                return r;
        *ret_bytes = tn_buf_span(&file->bytes);
        return 0;
}

void tn_modfile_close(struct tn_modfile *file)
{
        closep(&file->fd);
        if (file->room) {
                tn_modroom_keep(&file->room->raw, &file->raw);
                tn_modroom_keep(&file->room->bytes, &file->bytes);
                tn_modroom_keep(&file->room->image, &file->image);
        }
        tn_buf_fini(&file->raw);
        tn_buf_fini(&file->bytes);
        tn_buf_fini(&file->image);
        *file = (struct tn_modfile){ .fd = -1 };
}
