/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mkcpio.h"

static void pad(struct tn_buf *out, size_t size)
{
        tn_buf_add(out, "\0\0", -size & 3);
}

void mkcpio_add(struct tn_buf *out, const struct mkcpio *entry)
{
        size_t name_size = strlen(entry->name) + 1;

        tn_buf_addf(out, "070701%08x%08x%08x%08x%08x%08x%08zx%08x%08x%08x%08x%08zx%08x", entry->ino,
                    entry->mode ? entry->mode : S_IFREG | 0644u, 0, 0, entry->nlink ? entry->nlink : 1u, 0,
                    entry->contents.len, 8, 1, 0, 0, name_size, 0);
        tn_buf_add(out, entry->name, name_size);
        pad(out, 110 + name_size);
        tn_buf_add_span(out, entry->contents);
        pad(out, entry->contents.len);
}

void mkcpio_file(struct tn_buf *out, const char *name, const char *contents)
{
        mkcpio_add(out, &(struct mkcpio){ .name = name, .contents = tn_span_of(contents) });
}

void mkcpio_end(struct tn_buf *out)
{
        mkcpio_file(out, "TRAILER!!!", "");
}

void mkcpio_zstd(struct tn_buf *out, struct span bytes)
{
        static const size_t block_max = 100000;

        tn_buf_add(out, "\x28\xb5\x2f\xfd\0\x58", 6);
        do {
                struct span block = tn_span_head(bytes, block_max);
                unsigned header = (unsigned)block.len << 3;

                bytes = tn_span_skip(bytes, block.len);
                header |= bytes.len == 0;
                tn_buf_add_char(out, (char)header);
                tn_buf_add_char(out, (char)(header >> 8));
                tn_buf_add_char(out, (char)(header >> 16));
                tn_buf_add_span(out, block);
        } while (bytes.len > 0);
}

int mkcpio_open(struct span bytes)
{
        int fd = memfd_create("image", MFD_CLOEXEC);

        if (fd < 0 || write(fd, bytes.ptr, bytes.len) != (ssize_t)bytes.len)
                abort();
        return fd;
}
