/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are the start of a program for EFI. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/pe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span head = { (const char *)data, size };
        struct tn_pe_section section;
        int r = tn_pe_find(head, SPAN(".initrd"), &section);

        if (r != 0 && r != -ENOEXEC && r != -EINVAL && r != -ENODATA)
                abort();
        if (r == 0 && (section.offset > UINT32_MAX || section.size > UINT32_MAX))
                abort();
        return 0;
}
