/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/modversion.h"
#include "util/cleanup.h"
#include "util/word.h"

/* struct modversion_info of include/linux/module.h: an unsigned long, then the name, 64 bytes in all. */
#define VERSION_SIZE 64

static int add(struct tn_modsyms *syms, struct span name, uint32_t hash, uint64_t crc)
{
        struct tn_modsym sym = { .name = name, .crc = crc, .bind = 'U', .hash = hash };

        return name.len ? tn_vec_add(syms, sym) : 0;
}

static int add_classic(const struct tn_elf *elf, struct span table, struct tn_modsyms *out)
{
        size_t crc_size = elf->is64 ? 8 : 4;

        if (table.len % VERSION_SIZE)
                return -EINVAL;
        if (tn_vec_reserve(out, out->n + table.len / VERSION_SIZE) < 0)
                return -ENOMEM;
        for (; table.len; table = tn_span_skip(table, VERSION_SIZE)) {
                struct span record = tn_span_head(table, VERSION_SIZE);
                struct span rest = tn_span_skip(record, crc_size), name;
                uint64_t crc = 0;
                uint32_t hash;
                int r = 0;

                tn_elf_word(elf, record, 0, &crc);
                if (tn_word_split(&rest, &name, &hash))
                        r = add(out, name, hash, crc);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* As many CRCs as there are names, each of which ends in NUL. */
static int add_extended(const struct tn_elf *elf, struct span crcs, struct span names, struct tn_modsyms *out)
{
        struct span name;
        uint32_t crc, hash;
        uint64_t at = 0;

        if (names.len && !tn_span_ends(names, SPAN("\0")))
                return -EINVAL;
        for (; tn_word_split(&names, &name, &hash); at += sizeof(crc)) {
                int r;

                if (!tn_elf_u32(elf, crcs, at, &crc))
                        return -EINVAL;
                r = add(out, name, hash, crc);
                if (r < 0)
                        return r;
        }
        return at == crcs.len ? 0 : -EINVAL;
}

int tn_modversions_add(const struct tn_modsects *sects, struct tn_modsyms *out, size_t *ret_n_classic)
{
        const struct tn_elf *elf = sects->elf;
        struct span classic, crcs, names;
        int has_classic = tn_modsects_get(sects, TN_MODSECT_VERSIONS, &classic);
        int has_crcs = tn_modsects_get(sects, TN_MODSECT_VERSIONS_CRCS, &crcs);
        int has_names = tn_modsects_get(sects, TN_MODSECT_VERSIONS_NAMES, &names);
        int r;

        if (has_classic < 0 && (has_crcs < 0 || has_names < 0))
                return -ENODATA;
        r = has_classic < 0 ? 0 : add_classic(elf, classic, out);
        *ret_n_classic = out->n;
        if (r < 0 || has_crcs < 0 || has_names < 0)
                return r;
        return add_extended(elf, crcs, names, out);
}
