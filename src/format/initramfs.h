/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_INITRAMFS_H
#define TN_FORMAT_INITRAMFS_H

#include <stdbool.h>
#include <stdint.h>

#include "format/cpio.h"
#include "format/packed.h"
#include "util/window.h"

/*
 * The image of an initramfs (driver-api/early-userspace/buffer-format of the kernel's documentation): archives, compressed
 * archives and zeros, in any order and number. The usual image has the processor's microcode in an archive, zeros, and all
 * the rest in one that is compressed.
 */
enum tn_initramfs_kind {
        TN_INITRAMFS_PADDING, /* zeros */
        TN_INITRAMFS_CPIO,    /* one archive; a multiple of four bytes after the start, or it is junk */
        TN_INITRAMFS_PACKED,  /* compressed archives */
        TN_INITRAMFS_JUNK, /* the kernel does not know it either, and unpacks nothing from here on; goes to the end */
};

struct tn_initramfs_segment {
        uint64_t offset,
                size; /* in bytes; the segments of an image follow each other and leave nothing out */
        enum tn_initramfs_kind kind;
        enum tn_packed packed; /* of TN_INITRAMFS_PACKED */
        /*
         * Compressed: only a decompressor can tell where it ends. The size is what is left of the image, and whoever knows
         * better calls tn_initramfs_cut().
         */
        bool is_open;
        bool is_huge; /* compressed, with a larger dictionary than TN_PACKED_DICTIONARY; it goes to the end */
        bool is_cut; /* malformed, or cut short; it goes to the end, as the kernel unpacks nothing that comes after */
};

/* A walk. Set size and the window, whose positions are those of the image; all else zero. */
struct tn_initramfs {
        struct tn_window *window;
        uint64_t size; /* of the image */
        uint64_t at;   /* where the next segment begins */
};

/* The next segment. Returns 1, 0 at the end, or -errno from the window. Whatever the bytes are, they are a segment. */
int tn_initramfs_next(struct tn_initramfs *image, struct tn_initramfs_segment *ret_segment);

/*
 * Sets the size of the open segment that the walk is at; the next begins behind it. Nothing changes for a size of zero, or
 * one beyond the image.
 */
void tn_initramfs_cut(struct tn_initramfs *image, struct tn_initramfs_segment *segment, uint64_t size);

#endif
