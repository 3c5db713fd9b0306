/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/modfile.h"
#include "util/cleanup.h"
#include "util/file.h"

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

int tn_modfile_open(int dirfd, const char *path, struct tn_modfile *ret_file)
{
        int fd = tn_file_open_regular(dirfd, path);

        return fd < 0 ? fd : tn_modfile_take(fd, ret_file);
}

/*
 * Read, not mapped: a file that somebody cuts short meanwhile would kill whoever reads its mapping. The price is
 * small: over 4,023 modules of 378 MB, opening to facts, 0.13 s instead of 0.12 s from the page cache, and 0.72 s
 * instead of 0.64 s from the disk.
 */
static int read_all(int fd, struct tn_buf *buf)
{
        struct stat st;

        if (fstat(fd, &st) < 0)
                return -errno;
        if (st.st_size > (off_t)TN_CODEC_MAX)
                return -EFBIG;
        /* one call reads all, and the end is found without growing */
        tn_buf_reserve(buf, (size_t)st.st_size + 4096);
        return tn_file_read(fd, TN_CODEC_MAX, buf);
}

/* Makes the module's bytes of the file's, which are taken over or no longer needed. */
static int decode(struct tn_modfile *file, struct tn_buf *raw)
{
        if (file->codec) {
                int r = file->codec->decode(tn_buf_span(raw), TN_CODEC_MAX, &file->bytes);

                if (r < 0)
                        return r;
        } else {
                file->bytes = TAKE(*raw);
        }
        file->loaded = true;
        return 0;
}

int tn_modfile_drain(int fd, struct tn_modfile *ret_file)
{
        _cleanup_(tn_buf_fini) struct tn_buf raw = { 0 };
        struct tn_modfile file = { .fd = -1 };
        int r = tn_file_read(fd, TN_CODEC_MAX, &raw);

        file.codec = tn_codec_find(tn_buf_span(&raw));
        if (r == 0)
                r = decode(&file, &raw);
        if (r == 0)
                *ret_file = file;
        else
                tn_modfile_close(&file);
        return r;
}

int tn_modfile_bytes(struct tn_modfile *file, struct span *ret_bytes)
{
        if (!file->loaded) {
                _cleanup_(tn_buf_fini) struct tn_buf raw = { 0 };
                int r = read_all(file->fd, &raw);

                if (r == 0)
                        r = decode(file, &raw);
                if (r < 0)
                        return r;
        }
        *ret_bytes = tn_buf_span(&file->bytes);
        return 0;
}

void tn_modfile_close(struct tn_modfile *file)
{
        closep(&file->fd);
        tn_buf_fini(&file->bytes);
        *file = (struct tn_modfile){ .fd = -1 };
}
