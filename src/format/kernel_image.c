/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "format/kernel_image.h"
#include "util/num.h"

/* Of the boot sector and the setup code, Documentation/x86/boot.rst. */
#define SETUP_SECTS     0x1f1
#define MAGIC           0x202 /* "HdrS" */
#define VERSION         0x206
#define PAYLOAD_OFFSET  0x248 /* from the end of the setup code */
#define PAYLOAD_LENGTH  0x24c
#define HEADER_END      0x250
#define SECTOR          512
#define VERSION_PAYLOAD 0x208

/* Behind a payload stands its decompressed size; behind a gzip one that is part of the format itself. */
#define SIZE_BYTES      4

static struct span find_payload(struct span image)
{
        uint64_t sectors = (unsigned char)image.ptr[SETUP_SECTS], start;
        uint32_t length = tn_num_le32(image.ptr + PAYLOAD_LENGTH);

        /* no number means 4, for the oldest boot loaders */
        start = ((sectors ? sectors : 4) + 1) * SECTOR + (uint64_t)tn_num_le32(image.ptr + PAYLOAD_OFFSET);
        if (start > image.len || length > image.len - start)
                return SPAN("");
        return (struct span){ image.ptr + start, length };
}

static const struct tn_codec *find_codec(struct span bytes)
{
        return tn_span_starts(bytes, tn_codec_lz4.magic) ? &tn_codec_lz4 : tn_codec_find(bytes);
}

static bool is_bzimage(struct span image)
{
        return image.len >= HEADER_END && tn_span_starts(tn_span_skip(image, MAGIC), SPAN("HdrS")) &&
               tn_num_le16(image.ptr + VERSION) >= VERSION_PAYLOAD;
}

static int parse_bzimage(struct span image, struct tn_kernel_image *ret_image)
{
        struct tn_kernel_image found = { .payload = find_payload(image) };

        if (found.payload.len <= SIZE_BYTES)
                return -EINVAL;
        if (tn_span_starts(found.payload, SPAN(ELFMAG))) {
                found.size = found.payload.len;
                *ret_image = found;
                return 0;
        }
        found.codec = find_codec(found.payload);
        if (!found.codec)
                return -ENOSYS;
        found.size = tn_num_le32(found.payload.ptr + found.payload.len - SIZE_BYTES);
        if (found.codec != &tn_codec_gz)
                found.payload.len -= SIZE_BYTES;
        *ret_image = found;
        return 0;
}

int tn_kernel_image_parse(struct span image, struct tn_kernel_image *ret_image)
{
        struct tn_kernel_image whole = { .payload = image, .codec = find_codec(image) };

        if (is_bzimage(image))
                return parse_bzimage(image, ret_image);
        if (!whole.codec && !tn_span_starts(image, SPAN(ELFMAG)))
                return -ENOEXEC;
        if (!whole.codec)
                whole.size = image.len;
        *ret_image = whole;
        return 0;
}
