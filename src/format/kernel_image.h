/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_KERNEL_IMAGE_H
#define TN_FORMAT_KERNEL_IMAGE_H

#include <stdint.h>

#include "format/codec.h"
#include "util/span.h"

/*
 * The kernel inside an image as boot loaders read it: x86's bzImage (Documentation/x86/boot.rst, fields "payload_offset"
 * and "payload_length" of boot protocol 2.08), an ELF file (powerpc, User Mode Linux), or one of these compressed as a
 * whole (arm64's Image.gz has no ELF file inside).
 */
struct tn_kernel_image {
        struct span payload;          /* borrows from the image */
        const struct tn_codec *codec; /* what the payload is compressed with; NULL: it is an ELF file */
        uint64_t size;                /* of the ELF file in bytes, as the image tells; 0 when it does not */
};

/*
 * Returns 0; -ENOEXEC when it is none of these; -ENOSYS when the payload is compressed in a way that no codec knows, as
 * bzip2; -EINVAL when the image is cut or damaged.
 */
int tn_kernel_image_parse(struct span image, struct tn_kernel_image *ret_image);

#endif
