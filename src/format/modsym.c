/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "format/elfsym.h"
#include "format/modsym.h"
#include "format/modsym_index.h"
#include "util/cleanup.h"

/* struct modversion_info of include/linux/module.h: an unsigned long, then the name, 64 bytes in all. */
#define VERSION_SIZE 64

_Static_assert(TN_MODSYM_NAME_MAX == TN_ELFSYM_NAME_MAX, "they have no other names");

void tn_modsyms_fini(struct tn_modsyms *syms)
{
        tn_vec_fini(syms);
}

static int add(struct tn_modsyms *syms, struct span name, uint64_t crc, char bind)
{
        return tn_vec_add(syms, ((struct tn_modsym){ .name = name, .crc = crc, .bind = bind }));
}

static uint64_t crc_of(const struct tn_elf *elf, const struct tn_elfsym *sym)
{
        uint32_t crc = UINT32_MAX;
        struct tn_elf_section sec;

        if (sym->shndx == SHN_ABS || sym->shndx == SHN_UNDEF)
                return sym->value;
        if (tn_elf_section(elf, sym->shndx, &sec) == 0)
                tn_elf_u32(elf, sec.bytes, sym->value, &crc);
        return crc;
}

static int exports_with_crc(const struct tn_elf *elf, struct tn_modsyms *out)
{
        struct tn_elfsyms syms;

        if (tn_elfsyms_init(elf, &syms) < 0)
                return 0;
        for (uint32_t i = 1; i < syms.n; i++) {
                struct span prefix = SPAN("__crc_");
                struct tn_elfsym sym;
                int r;

                if (!tn_elfsyms_may_start(&syms, i, prefix))
                        continue;
                sym = tn_elfsyms_get(&syms, i);
                if (sym.name.len <= prefix.len)
                        continue;
                r = add(out, tn_span_skip(sym.name, prefix.len), crc_of(elf, &sym), 'G');
                if (r < 0)
                        return r;
        }
        return 0;
}

static int exports_without_crc(const struct tn_elf *elf, struct tn_modsyms *out)
{
        struct tn_elf_section sec;
        struct span name;

        if (tn_elf_find(elf, SPAN("__ksymtab_strings"), &sec) < 0 || !tn_span_ends(sec.bytes, SPAN("\0")))
                return 0;
        while (tn_span_split(&sec.bytes, '\0', &name)) {
                int r = name.len ? add(out, name, 0, 'G') : 0;

                if (r < 0)
                        return r;
        }
        return 0;
}

int tn_modsyms_exports(const struct tn_elf *elf, struct tn_modsyms *ret_syms)
{
        _cleanup_(tn_modsyms_fini) struct tn_modsyms syms = { 0 };
        int r = exports_with_crc(elf, &syms);

        if (r == 0 && syms.n == 0)
                r = exports_without_crc(elf, &syms);
        if (r < 0)
                return r;
        *ret_syms = TAKE(syms);
        return 0;
}

static int add_classic(const struct tn_elf *elf, struct span table, struct tn_modsyms *out)
{
        size_t crc_size = elf->is64 ? 8 : 4;

        if (table.len % VERSION_SIZE)
                return -EINVAL;
        for (; table.len; table = tn_span_skip(table, VERSION_SIZE)) {
                struct span record = tn_span_head(table, VERSION_SIZE);
                struct span name = tn_span_skip(record, crc_size);
                uint64_t crc = 0;
                int r;

                tn_elf_word(elf, record, 0, &crc);
                name = tn_span_head(name, tn_span_chr(name, '\0'));
                r = name.len ? add(out, name, crc, 'U') : 0;
                if (r < 0)
                        return r;
        }
        return 0;
}

/* As many CRCs as there are names, each of which ends in NUL. */
static int add_extended(const struct tn_elf *elf, struct span crcs, struct span names, struct tn_modsyms *out)
{
        struct span name;
        uint32_t crc;
        uint64_t at = 0;

        if (names.len && !tn_span_ends(names, SPAN("\0")))
                return -EINVAL;
        for (; tn_span_split(&names, '\0', &name); at += sizeof(crc)) {
                int r;

                if (!tn_elf_u32(elf, crcs, at, &crc))
                        return -EINVAL;
                r = name.len ? add(out, name, crc, 'U') : 0;
                if (r < 0)
                        return r;
        }
        return at == crcs.len ? 0 : -EINVAL;
}

/*
 * Both version tables, the classic one first, as they are. Returns 0, -ENODATA when there is neither, -EINVAL when
 * one is malformed (then what could be read of it is there), -ENOMEM.
 */
static int add_tables(const struct tn_elf *elf, struct tn_modsyms *out, size_t *ret_n_classic)
{
        struct tn_elf_section classic, crcs, names;
        int has_classic = tn_elf_find(elf, SPAN("__versions"), &classic);
        int has_crcs = tn_elf_find(elf, SPAN("__version_ext_crcs"), &crcs);
        int has_names = tn_elf_find(elf, SPAN("__version_ext_names"), &names);
        int r;

        if (has_classic < 0 && (has_crcs < 0 || has_names < 0))
                return -ENODATA;
        r = has_classic < 0 ? 0 : add_classic(elf, classic.bytes, out);
        *ret_n_classic = out->n;
        if (r < 0 || has_crcs < 0 || has_names < 0)
                return r;
        return add_extended(elf, crcs.bytes, names.bytes, out);
}

/*
 * Versions by name, the first of equals only. A version that is of no further use is marked by having no bind.
 */
static int index_versions(struct tn_modsyms *versions, struct tn_modsym_index *ret_index)
{
        int r = tn_modsym_index_init(versions, ret_index);
        size_t n = 0;

        if (r < 0)
                return r;
        for (size_t i = 0; i < ret_index->n; i++) {
                if (n && tn_span_eq(ret_index->v[n - 1]->name, ret_index->v[i]->name))
                        ret_index->v[i]->bind = '\0';
                else
                        ret_index->v[n++] = ret_index->v[i];
        }
        ret_index->n = n;
        return 0;
}

/* SPARC declares the use of a global register by an entry that looks like an undefined symbol. */
static bool is_register(const struct tn_elf *elf, const struct tn_elfsym *sym)
{
        bool sparc = elf->machine == EM_SPARC || elf->machine == EM_SPARC32PLUS || elf->machine == EM_SPARCV9;

        return sparc && sym->type == STT_SPARC_REGISTER;
}

static int add_undefined(const struct tn_elf *elf, const struct tn_modsym_index *index,
                         struct tn_modsyms *out)
{
        struct tn_elfsyms syms;

        if (tn_elfsyms_init(elf, &syms) < 0)
                return -EINVAL;
        for (uint32_t i = 1; i < syms.n; i++) {
                struct tn_modsym *version;
                struct tn_elfsym sym;
                int r;

                if (!tn_elfsyms_is_undefined(&syms, i))
                        continue;
                sym = tn_elfsyms_get(&syms, i);
                if (sym.name.len == 0 || is_register(elf, &sym))
                        continue;
                version = tn_modsym_index_find(index, sym.name);
                r = add(out, sym.name, version ? version->crc : 0, sym.bind == STB_WEAK ? 'W' : 'U');
                if (r < 0)
                        return r;
                if (version)
                        version->bind = '\0';
        }
        return 0;
}

int tn_modsyms_needs(const struct tn_elf *elf, struct tn_modsyms *ret_syms)
{
        _cleanup_(tn_modsyms_fini) struct tn_modsyms syms = { 0 }, versions = { 0 };
        _cleanup_(tn_modsym_index_fini) struct tn_modsym_index index = { 0 };
        size_t n_classic;
        int r = add_tables(elf, &versions, &n_classic);

        if (r == -ENOMEM)
                return r;
        r = index_versions(&versions, &index);
        if (r == 0)
                r = add_undefined(elf, &index, &syms);
        for (size_t i = 0; r == 0 && i < versions.n; i++)
                if (versions.v[i].bind)
                        r = tn_vec_add(&syms, versions.v[i]);
        if (r < 0)
                return r;
        *ret_syms = TAKE(syms);
        return 0;
}

int tn_modsyms_versions(const struct tn_elf *elf, struct tn_modsyms *ret_syms)
{
        _cleanup_(tn_modsyms_fini) struct tn_modsyms syms = { 0 }, versions = { 0 };
        _cleanup_(tn_modsym_index_fini) struct tn_modsym_index index = { 0 };
        size_t n_classic = 0;
        int r = add_tables(elf, &versions, &n_classic);

        if (r == 0)
                r = index_versions(&versions, &index);
        for (size_t i = 0; r == 0 && i < versions.n; i++) {
                struct tn_modsym version = versions.v[i];

                if (i >= n_classic && !version.bind)
                        continue;
                if (tn_span_starts(version.name, SPAN(".")))
                        version.name = tn_span_skip(version.name, 1);
                r = tn_vec_add(&syms, ((struct tn_modsym){ version.name, version.crc, 'U', i >= n_classic }));
        }
        if (r < 0)
                return r;
        *ret_syms = TAKE(syms);
        return 0;
}
