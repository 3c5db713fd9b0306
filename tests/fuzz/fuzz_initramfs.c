/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are the image of an initramfs. */
#include <stdint.h>
#include <stdlib.h>

#include "format/initramfs.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

struct source {
        struct span bytes;
        uint64_t passed;
};

static ssize_t read_source(void *data, uint64_t at, char *to, size_t len)
{
        struct source *source = data;
        struct span part = tn_span_head(tn_span_skip(source->bytes, (size_t)at), len);

        must(at >= source->passed);
        if (part.len)
                memcpy(to, part.ptr, part.len);
        source->passed = at + part.len;
        return (ssize_t)part.len;
}

/* All of an archive, with a part of what each entry has. */
static void walk_entries(struct span bytes, bool is_cut)
{
        struct source source = { bytes, 0 };
        struct tn_window window = { .read = read_source, .data = &source };
        struct tn_cpio cpio = { .window = &window };
        struct tn_cpio_entry entry = { 0 };
        struct span contents;
        int r = 0;

        while (!entry.is_trailer && (r = tn_cpio_next(&cpio, &entry)) > 0) {
                must(entry.name.len < TN_CPIO_NAME_MAX && !memchr(entry.name.ptr, '\0', entry.name.len));
                must(entry.at + entry.size <= cpio.at);
                must(tn_window_look(&window, entry.at, MIN(entry.size, (size_t)100), &contents) == 0);
        }
        must((r < 0) == is_cut);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span bytes = { (const char *)data, size };
        struct source source = { bytes, 0 };
        struct tn_window window = { .read = read_source, .data = &source };
        struct tn_initramfs image = { .window = &window, .size = size };
        struct tn_initramfs_segment segment = { 0 };
        uint64_t end = 0;
        int r;

        while ((r = tn_initramfs_next(&image, &segment)) > 0) {
                must(segment.offset == end && segment.size > 0);
                end += segment.size;
                must(end <= size && (!(segment.is_cut || segment.is_huge) || end == size));
                must((segment.kind == TN_INITRAMFS_PACKED) ==
                     (segment.kind != TN_INITRAMFS_CPIO && segment.packed != TN_PACKED_NONE));
                if (segment.kind == TN_INITRAMFS_CPIO)
                        walk_entries(tn_span_head(tn_span_skip(bytes, (size_t)segment.offset),
                                                  (size_t)segment.size),
                                     segment.is_cut);
        }
        must(r == 0 && end == size);
        return 0;
}
