/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>

#include "core/insert.h"
#include "core/modfile.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"

/* Whether the kernel itself decompresses what this codec made. */
static bool kernel_takes(const struct tn_codec *codec)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        return tn_kernel_compression(&name) == 0 && tn_span_eq(tn_buf_span(&name), tn_span_of(codec->name));
}

static int insert_bytes(struct tn_modfile *file, const char *options)
{
        struct span bytes;
        int r = tn_modfile_bytes(file, &bytes);

        return r < 0 ? r : tn_kernel_init(bytes, options);
}

int tn_insert_file(const char *path, const char *options, unsigned flags)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        int r = tn_modfile_open(AT_FDCWD, path, &file);

        if (r < 0)
                return r;
        if (file.codec && !kernel_takes(file.codec))
                return insert_bytes(&file, options);
        if (file.codec)
                flags |= TN_KERNEL_COMPRESSED_FILE;
        r = tn_kernel_finit(file.fd, options, flags);
        if (r == -ENOSYS)
                r = insert_bytes(&file, options);
        return r;
}
