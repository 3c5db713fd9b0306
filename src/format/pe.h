/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_PE_H
#define TN_FORMAT_PE_H

#include <stdint.h>

#include "util/span.h"

/*
 * A program for EFI, in Microsoft's format "PE/COFF". A unified kernel image is one: its sections are a kernel (.linux), the
 * image of an initramfs (.initrd), and more.
 */
struct tn_pe_section {
        uint64_t offset, size; /* in the file, in bytes; without the padding at its end */
};

/*
 * The first section of that name, of at most 8 bytes. Head is the start of the file; all headers must lie in it. Whether the
 * section lies within the file is not known here. Returns 0; -ENOEXEC when it is no such program, -EINVAL when its headers
 * do not lie in head, -ENODATA when it has no such section.
 */
int tn_pe_find(struct span head, struct span name, struct tn_pe_section *ret_section);

#endif
