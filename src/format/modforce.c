/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "format/elf.h"
#include "format/modforce.h"
#include "format/modinfo.h"
#include "util/cleanup.h"

/* Of sh_flags, which is at the same place in both classes. */
static void clear_alloc(const struct tn_elf *elf, char *image, const struct tn_elf_section *sec)
{
        char *flags = image + sec->header + offsetof(Elf32_Shdr, sh_flags);
        size_t last = elf->is64 ? 7 : 3;

        flags[elf->big_endian ? last : 0] &= (char)~SHF_ALLOC;
}

int tn_modforce_versions(char *image, size_t len)
{
        static const struct span names[] = {
                { "__versions", 10 },
                { "__version_ext_crcs", 18 },
                { "__version_ext_names", 19 },
        };
        struct tn_elf_section sec;
        struct tn_elf elf;
        int r = tn_elf_parse((struct span){ image, len }, &elf);

        if (r < 0)
                return r;
        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                if (tn_elf_find(&elf, names[i], &sec) == 0)
                        clear_alloc(&elf, image, &sec);
        return 0;
}

int tn_modforce_vermagic(char *image, size_t len)
{
        struct tn_modinfo info;
        struct span section;
        struct tn_elf elf;
        int r = tn_elf_parse((struct span){ image, len }, &elf), found = -ENODATA;

        if (r == 0)
                r = tn_modinfo_section(&elf, &section);
        while (r == 0 && tn_modinfo_next(&section, &info)) {
                const char *end = info.value.ptr + info.value.len;

                if (!tn_span_eq(info.key, SPAN("vermagic")) || end == info.key.ptr + info.key.len)
                        continue;
                memset(image + (info.key.ptr - image), 0, (size_t)(end - info.key.ptr));
                found = 0;
        }
        return r < 0 ? r : found;
}
