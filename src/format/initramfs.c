/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/initramfs.h"
#include "util/cleanup.h"

static int find_padding(struct tn_initramfs *image, uint64_t *ret_end)
{
        uint64_t at = image->at;
        struct span bytes;

        do {
                size_t zeros = 0;
                int r = tn_window_look(image->window, at, TN_WINDOW_SIZE, &bytes);

                if (r < 0)
                        return r;
                while (zeros < bytes.len && bytes.ptr[zeros] == '\0')
                        zeros++;
                at += zeros;
                if (zeros < bytes.len)
                        break;
        } while (bytes.len);
        *ret_end = at;
        return 0;
}

/* The end of an archive; untouched when it is cut. Without a trailer, it may end where the image does. */
static int find_cpio(struct tn_initramfs *image, uint64_t *ret_end)
{
        struct tn_cpio cpio = { .window = image->window, .at = image->at };
        struct tn_cpio_entry entry = { 0 };
        int r;

        do
                r = tn_cpio_next(&cpio, &entry);
        while (r > 0 && !entry.is_trailer);
        if (r >= 0)
                *ret_end = cpio.at;
        return MIN(r, 0);
}

static int look(struct tn_initramfs *image, struct tn_initramfs_segment *segment)
{
        uint64_t end = image->size;
        struct span head;
        int r = tn_window_look(image->window, image->at, TN_PACKED_MAGIC, &head);

        if (r < 0)
                return r;
        segment->packed = tn_packed_find(head);
        if (tn_span_starts(head, SPAN("\0"))) {
                segment->kind = TN_INITRAMFS_PADDING;
                r = find_padding(image, &end);
        } else if (tn_cpio_starts(head) && image->at % 4 == 0) {
                segment->kind = TN_INITRAMFS_CPIO;
                r = find_cpio(image, &end);
        } else if (segment->packed != TN_PACKED_NONE) {
                segment->kind = TN_INITRAMFS_PACKED;
                r = tn_packed_end(segment->packed, image->window, image->at, &end);
        } else {
                segment->kind = TN_INITRAMFS_JUNK;
        }
        segment->is_open = r == -ENOSYS;
        segment->is_huge = r == -EFBIG;
        segment->is_cut = r == -EINVAL;
        segment->size = MIN(end, image->size) - image->at;
        return r == -ENOSYS || r == -EINVAL || r == -EFBIG ? 0 : r;
}

int tn_initramfs_next(struct tn_initramfs *image, struct tn_initramfs_segment *ret_segment)
{
        struct tn_initramfs_segment segment = { .offset = image->at };
        int r;

        if (image->at >= image->size)
                return 0;
        r = look(image, &segment);
        if (r < 0)
                return r;
        image->at += segment.size;
        *ret_segment = segment;
        return 1;
}

void tn_initramfs_cut(struct tn_initramfs *image, struct tn_initramfs_segment *segment, uint64_t size)
{
        if (!segment->is_open || size == 0 || size > segment->size)
                return;
        segment->size = size;
        image->at = segment->offset + size;
}
