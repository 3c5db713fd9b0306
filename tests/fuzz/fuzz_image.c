/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are the image of an initramfs, and what is in it counts. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "tenon/image/copies.h"
#include "util/cleanup.h"
#include "util/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static bool is_expected(int r)
{
        return r == 0 || r == -ENOEXEC || r == -EINVAL || r == -ENOSYS || r == -EOPNOTSUPP || r == -EFBIG;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_image_copies_fini) struct tn_image_copies copies = { 0 };
        _cleanup_(closep) int fd = memfd_create("image", MFD_CLOEXEC);
        const struct tn_image_copy *copy;

        must(fd >= 0 && tn_file_write(fd, (struct span){ (const char *)data, size }) == 0);
        must(is_expected(tn_image_copies_load(fd, NULL, &copies)));
        must(copies.progress.segment.offset + copies.progress.segment.size <= size);
        tn_vec_each (copy, &copies) {
                must(tn_image_copies_find(&copies, copy->path.path) == copy);
                must(tn_span_ends(copy->path.path, copy->path.rest));
                must(copy->gist.is_known || copy->gist.build_id.len == 0);
        }
        return 0;
}
