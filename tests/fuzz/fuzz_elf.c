/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>

#include "format/elfsym.h"
#include "format/modinfo.h"
#include "format/modsym.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile unsigned seen;

/* Reads every byte, so that the sanitizer sees a span that goes too far. */
static void touch(struct span s)
{
        for (size_t i = 0; i < s.len; i++)
                seen += (unsigned char)s.ptr[i];
}

static void walk_sections(const struct tn_elf *elf)
{
        struct tn_elf_section sec, found;

        for (uint32_t i = 0; i < elf->n_sections; i++) {
                if (tn_elf_section(elf, i, &sec) < 0)
                        continue;
                touch(tn_span_head(sec.bytes, 16));
                touch(tn_span_skip(sec.bytes, sec.bytes.len - MIN(sec.bytes.len, (size_t)16)));
                if (i < 32 && (tn_elf_find(elf, sec.name, &found) < 0 || found.index > i))
                        __builtin_trap();
        }
}

/* No entry of interest is passed over. */
static void walk_symbols(const struct tn_elf *elf)
{
        const struct span prefix = SPAN("__crc_");
        struct tn_elfsyms syms;
        uint32_t next;

        if (tn_elfsyms_init(elf, &syms) < 0)
                return;
        next = tn_elfsyms_next(&syms, 0, prefix);
        for (uint32_t i = 0; i < syms.n; i++) {
                struct tn_elfsym sym = tn_elfsyms_get(&syms, i);

                touch(sym.name);
                if (i != next && (sym.shndx == 0 || tn_span_starts(sym.name, prefix)))
                        __builtin_trap();
                if (i == next)
                        next = tn_elfsyms_next(&syms, i + 1, prefix);
        }
        if (next != syms.n)
                __builtin_trap();
}

static void walk_info(const struct tn_elf *elf)
{
        struct tn_modinfo info;
        struct span bytes;

        if (tn_modinfo_section(elf, &bytes) < 0)
                return;
        while (tn_modinfo_next(&bytes, &info)) {
                touch(info.key);
                touch(info.value);
        }
}

static void walk_list(const struct tn_elf *elf, int (*list)(const struct tn_elf *, struct tn_modsyms *))
{
        _cleanup_(tn_modsyms_fini) struct tn_modsyms syms = { 0 };

        if (list(elf, &syms) < 0)
                return;
        for (size_t i = 0; i < syms.n; i++)
                touch(syms.v[i].name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct tn_elf elf;

        if (tn_elf_parse((struct span){ (const char *)data, size }, &elf) < 0)
                return 0;
        walk_sections(&elf);
        walk_symbols(&elf);
        walk_info(&elf);
        walk_list(&elf, tn_modsyms_exports);
        walk_list(&elf, tn_modsyms_needs);
        walk_list(&elf, tn_modsyms_versions);
        return 0;
}
