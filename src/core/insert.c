/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/insert.h"
#include "core/modfile.h"
#include "format/codec_head.h"
#include "format/modforce.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"

/* Whether the kernel itself decompresses what this codec makes, and can do so with this file. */
static bool kernel_takes(const struct tn_modfile *file)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        char head[TN_CODEC_HEAD];
        ssize_t n;

        if (tn_kernel_compression(&name) < 0 ||
            !tn_span_eq(tn_buf_span(&name), tn_span_of(file->codec->name)))
                return false;
        n = pread(file->fd, head, sizeof(head), 0);
        return n >= 0 && tn_codec_head_objection(file->codec, (struct span){ head, (size_t)n }) ==
                                 TN_CODEC_OBJECTION_NONE;
}

/* init_module has no flags: what is to be ignored is taken out of the image. */
static int force(struct tn_buf *image, unsigned flags)
{
        int r = 0;

        if (flags & TN_KERNEL_IGNORE_MODVERSIONS)
                r = tn_modforce_versions(image->ptr, image->len);
        if (r == 0 && flags & TN_KERNEL_IGNORE_VERMAGIC)
                r = tn_modforce_vermagic(image->ptr, image->len);
        return r;
}

static int insert_bytes(struct tn_modfile *file, const char *options, unsigned flags)
{
        struct span bytes;
        int r = tn_modfile_bytes(file, &bytes);

        if (r == 0)
                r = force(&file->bytes, flags);
        return r < 0 ? r : tn_kernel_init(bytes, options);
}

/* Answers of the kernel that may be about the compression, and not about the module. */
static bool may_be_refused(int err)
{
        return err == -EINVAL || err == -EOPNOTSUPP || err == -ENOEXEC || err == -ENOSYS || err == -ENOMEM ||
               err == -EIO;
}

static int insert_compressed(struct tn_modfile *file, const char *options, unsigned flags)
{
        int r = -ENOSYS, again;

        if (kernel_takes(file))
                r = tn_kernel_finit(file->fd, options, flags | TN_KERNEL_COMPRESSED_FILE);
        if (!may_be_refused(r))
                return r;
        again = insert_bytes(file, options, flags);
        return again == -ENOSYS ? r : again;
}

static int insert(struct tn_modfile *file, const char *options, unsigned flags)
{
        int r;

        if (file->fd < 0)
                return insert_bytes(file, options, flags);
        if (file->codec)
                return insert_compressed(file, options, flags);
        r = tn_kernel_finit(file->fd, options, flags);
        return r == -ENOSYS ? insert_bytes(file, options, flags) : r;
}

int tn_insert_file(const char *path, const char *options, unsigned flags)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        int r = tn_modfile_open(AT_FDCWD, path, &file);

        return r < 0 ? r : insert(&file, options, flags);
}

static bool is_whole_file(int fd)
{
        struct stat st;

        return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == 0;
}

int tn_insert_fd(int fd, const char *options, unsigned flags)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        int r;

        if (is_whole_file(fd)) {
                int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);

                r = own < 0 ? -errno : tn_modfile_take(own, &file);
        } else {
                r = tn_modfile_drain(fd, &file);
        }
        return r < 0 ? r : insert(&file, options, flags);
}
