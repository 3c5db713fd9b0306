/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "factspack.h"
#include "format/elf.h"
#include "format/elfsift.h"
#include "format/facts_parse.h"
#include "format/modinfo.h"
#include "format/modsym.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct span parts[] = { SPAN(".modinfo"), SPAN(".symtab"), SPAN(".strtab"), SPAN("__") };

static int read_memory(void *data, struct tn_elfsift_piece *pieces, size_t n, uint64_t *ret_size)
{
        const struct span *file = data;

        for (size_t i = 0; i < n; i++) {
                size_t at = pieces[i].at < file->len ? (size_t)pieces[i].at : file->len;
                struct span part = tn_span_head(tn_span_skip(*file, at), pieces[i].len);

                if (part.len)
                        memcpy(pieces[i].to, part.ptr, part.len);
                pieces[i].got = part.len;
        }
        if (ret_size)
                *ret_size = file->len;
        return 0;
}

typedef int list_fn(const struct tn_elf *, struct tn_modsyms *);

/* What a module says is the same of its image, but for versions in sections that no module has them in. */
static void compare_symbols(const struct tn_elf *file, const struct tn_elf *image, list_fn *list, bool crcs)
{
        _cleanup_(tn_modsyms_fini) struct tn_modsyms a = { 0 }, b = { 0 };
        int ra = list(file, &a), rb = list(image, &b);

        if (ra != rb || a.n != b.n)
                __builtin_trap();
        for (size_t i = 0; i < a.n; i++)
                if (!tn_span_eq(a.v[i].name, b.v[i].name) || (crcs && a.v[i].crc != b.v[i].crc))
                        __builtin_trap();
}

static void compare_info(const struct tn_elf *file, const struct tn_elf *image)
{
        struct span a = { 0 }, b = { 0 };

        if (tn_modinfo_section(file, &a) != tn_modinfo_section(image, &b) || !tn_span_eq(a, b))
                __builtin_trap();
}

/* Facts, packed; versions of exports, which may be in sections that no module has them in, are left out. */
static int pack(struct span bytes, unsigned part, struct tn_buf *out)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        int r = tn_facts_parse(bytes, part, &facts);

        for (size_t i = 0; i < facts.exports.n; i++)
                facts.exports.v[i].crc = 0;
        return r < 0 ? r : factspack(&facts, out);
}

/* A part takes no more than the sections that it is said to be made of. */
static void compare_facts(struct span bytes, unsigned part)
{
        struct span prefixes[TN_FACTS_SECTIONS_MAX];
        const struct tn_elfsift_source source = { read_memory, &bytes };
        const struct tn_elfsift_want want = { prefixes, tn_facts_sections(part, prefixes), bytes.len };
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 }, whole = { 0 }, sifted = { 0 };
        _cleanup_(tn_elfsift_room_fini) struct tn_elfsift_room room = { 0 };
        struct tn_elfsift_excess excess;

        if (tn_elfsift(&source, &want, &room, &out, &excess) < 0 || excess.name[0])
                return;
        if (pack(bytes, part, &whole) < 0 || pack(tn_buf_span(&out), part, &sifted) < 0 ||
            !tn_span_eq(tn_buf_span(&whole), tn_buf_span(&sifted)))
                __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span bytes = { (const char *)data, size };
        const struct tn_elfsift_source source = { read_memory, &bytes };
        const struct tn_elfsift_want want = { parts, ARRAY_SIZE(parts), size };
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        _cleanup_(tn_elfsift_room_fini) struct tn_elfsift_room room = { 0 };
        struct tn_elfsift_excess excess;
        struct tn_elf file, image;
        int r = tn_elf_parse(bytes, &file);

        if (tn_elfsift(&source, &want, &room, &out, &excess) != r)
                __builtin_trap();
        if (r < 0)
                return 0;
        if (tn_elf_parse(tn_buf_span(&out), &image) < 0)
                __builtin_trap();
        if (excess.name[0])
                return 0;
        compare_info(&file, &image);
        compare_symbols(&file, &image, tn_modsyms_exports, false);
        compare_symbols(&file, &image, tn_modsyms_needs, true);
        compare_symbols(&file, &image, tn_modsyms_versions, true);
        for (unsigned part = 1; part < TN_FACTS_SIGNATURE; part <<= 1)
                compare_facts(bytes, part);
        return 0;
}
