/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are an image of a kernel, or the ELF file in one. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "format/kernel_image.h"
#include "format/ksymtab.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ELF_MAX ((size_t)1 << 20)

static void must(bool held)
{
        if (!held)
                abort();
}

static bool lies_in(struct span part, struct span whole)
{
        return part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

static int look(void *data, const struct tn_ksymtab_entry *entry)
{
        const struct tn_elf *elf = data;

        must(entry->name.len > 0 && lies_in(entry->name, elf->bytes));
        must(lies_in(entry->namespace, elf->bytes));
        must(entry->has_crc || entry->crc == 0);
        return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct span input = { (const char *)data, size }, file;
        struct tn_kernel_image image;
        struct tn_elf elf;
        int r = tn_kernel_image_parse(input, &image);

        if (r < 0) {
                must(r == -EINVAL || r == -ENOEXEC || r == -ENOSYS);
                return 0;
        }
        must(lies_in(image.payload, input));
        file = image.payload;
        if (image.codec) {
                if (tn_codec_decode(image.codec, image.payload, ELF_MAX, &bytes) < 0)
                        return 0;
                file = tn_buf_span(&bytes);
        }
        if (tn_elf_parse(file, &elf) < 0)
                return 0;
        r = tn_ksymtab_each(&elf, look, &elf);
        must(r == 0 || r == -ENODATA || r == -EINVAL);
        return 0;
}
