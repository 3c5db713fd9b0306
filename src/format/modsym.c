/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "format/elfsym.h"
#include "format/modsym_read.h"
#include "format/modversion.h"
#include "util/cleanup.h"

_Static_assert(TN_MODSYM_NAME_MAX == TN_ELFSYM_NAME_MAX, "they have no other names");

void tn_modsyms_fini(struct tn_modsyms *syms)
{
        tn_vec_fini(syms);
}

void tn_modsym_room_fini(struct tn_modsym_room *room)
{
        tn_modsyms_fini(&room->versions);
        tn_modsym_set_fini(&room->set);
}

static int add(struct tn_modsyms *syms, struct span name, uint64_t crc, char bind)
{
        return tn_vec_add(syms, ((struct tn_modsym){ .name = name, .crc = crc, .bind = bind }));
}

/* What is looked at while the symbols are walked. */
struct walk {
        const struct tn_modsects *sects;
        struct tn_modsym_room *room;
        struct tn_modsym_lists *lists;
        bool has_registers;
        uint32_t crcs_index; /* the section of the last CRC; 0: none yet */
        struct span crcs;    /* its bytes */
};

static const struct span crc_prefix = { "__crc_", 6 };

/* Those of one module are in few sections. */
static uint64_t crc_of(struct walk *walk, const struct tn_elfsym *sym)
{
        uint32_t crc = UINT32_MAX;

        if (sym->shndx == SHN_ABS || sym->shndx == SHN_UNDEF)
                return sym->value;
        if (sym->shndx != walk->crcs_index) {
                struct tn_elf_section sec = { 0 };

                tn_elf_section(walk->sects->elf, sym->shndx, &sec);
                walk->crcs = sec.bytes;
                walk->crcs_index = sym->shndx;
        }
        if (!tn_elf_u32(walk->sects->elf, walk->crcs, sym->value, &crc))
                walk->lists->lacks_crcs = true;
        return crc;
}

static int take_export(struct walk *walk, const struct tn_elfsym *sym)
{
        if (sym->name.len <= crc_prefix.len || !tn_span_starts(sym->name, crc_prefix))
                return 0;
        return add(walk->lists->exports, tn_span_skip(sym->name, crc_prefix.len), crc_of(walk, sym), 'G');
}

/* SPARC declares the use of a global register by an entry that looks like an undefined symbol. */
static bool has_registers(const struct tn_elf *elf)
{
        return elf->machine == EM_SPARC || elf->machine == EM_SPARC32PLUS || elf->machine == EM_SPARCV9;
}

static int take_need(struct walk *walk, const struct tn_elfsym *sym)
{
        struct tn_modsym *version;

        if (sym->shndx != SHN_UNDEF || sym->name.len == 0 ||
            (walk->has_registers && sym->type == STT_SPARC_REGISTER))
                return 0;
        version = tn_modsym_set_find(&walk->room->set, sym->name, sym->hash);
        if (version)
                version->bind = '\0'; /* of no further use */
        return add(walk->lists->needs, sym->name, version ? version->crc : 0,
                   sym->bind == STB_WEAK ? 'W' : 'U');
}

static int walk_symbols(struct walk *walk, const struct tn_elfsyms *syms)
{
        int r = 0;

        for (uint32_t i = tn_elfsyms_next(syms, 1, crc_prefix); i < syms->n && r == 0;
             i = tn_elfsyms_next(syms, i + 1, crc_prefix)) {
                struct tn_elfsym sym = tn_elfsyms_get(syms, i);

                if (walk->lists->exports)
                        r = take_export(walk, &sym);
                if (r == 0 && walk->lists->needs)
                        r = take_need(walk, &sym);
        }
        return r;
}

static int add_exports_without_crc(const struct tn_modsects *sects, struct tn_modsyms *out)
{
        struct span strings, name;
        int r = 0;

        if (tn_modsects_get(sects, TN_MODSECT_EXPORTS, &strings) < 0 || !tn_span_ends(strings, SPAN("\0")))
                return 0;
        while (r == 0 && tn_span_split(&strings, '\0', &name))
                r = name.len ? add(out, name, 0, 'G') : 0;
        return r;
}

/* Versions that no symbol has used, the first of equals only. */
static int add_versions(const struct tn_modsyms *versions, struct tn_modsyms *out)
{
        const struct tn_modsym *version;
        int r = 0;

        tn_vec_each (version, versions)
                if (version->bind && r == 0)
                        r = tn_vec_add(out, *version);
        return r;
}

static int fill_room(struct tn_modsym_room *room, const struct tn_modsects *sects)
{
        size_t n_classic;
        int r;

        room->versions.n = 0;
        r = tn_modversions_add(sects, &room->versions, &n_classic);
        return r == -ENOMEM ? r : tn_modsym_set_fill(&room->set, &room->versions);
}

static int find_symbols(const struct tn_modsects *sects, struct tn_elfsyms *ret_syms)
{
        struct span table, strings;

        if (tn_modsects_get(sects, TN_MODSECT_SYMBOLS, &table) < 0 ||
            tn_modsects_get(sects, TN_MODSECT_STRINGS, &strings) < 0)
                return -EINVAL;
        return tn_elfsyms_init_of(sects->elf, table, strings, ret_syms) < 0 ? -EINVAL : 0;
}

int tn_modsyms_read(const struct tn_modsects *sects, struct tn_modsym_room *room,
                    struct tn_modsym_lists *lists)
{
        struct walk walk = {
                .sects = sects, .room = room, .lists = lists, .has_registers = has_registers(sects->elf)
        };
        struct tn_elfsyms syms;
        int r = 0;

        lists->lacks_crcs = false;
        lists->needs_err = find_symbols(sects, &syms);
        if (lists->needs_err == 0 && lists->needs)
                r = fill_room(room, sects);
        if (lists->needs_err == 0 && r == 0)
                r = walk_symbols(&walk, &syms);
        if (r == 0 && lists->exports && lists->exports->n == 0)
                r = add_exports_without_crc(sects, lists->exports);
        if (r == 0 && lists->needs_err == 0 && lists->needs)
                r = add_versions(&room->versions, lists->needs);
        return r;
}

static int read_alone(const struct tn_elf *elf, struct tn_modsym_lists *lists)
{
        _cleanup_(tn_modsym_room_fini) struct tn_modsym_room room = { 0 };
        struct tn_modsects sects;

        tn_modsects_find(elf, &sects);
        return tn_modsyms_read(&sects, &room, lists);
}

int tn_modsyms_exports(const struct tn_elf *elf, struct tn_modsyms *ret_syms)
{
        _cleanup_(tn_modsyms_fini) struct tn_modsyms syms = { 0 };
        struct tn_modsym_lists lists = { .exports = &syms };
        int r = read_alone(elf, &lists);

        if (r < 0)
                return r;
        *ret_syms = TAKE(syms);
        return 0;
}

int tn_modsyms_needs(const struct tn_elf *elf, struct tn_modsyms *ret_syms)
{
        _cleanup_(tn_modsyms_fini) struct tn_modsyms syms = { 0 };
        struct tn_modsym_lists lists = { .needs = &syms };
        int r = read_alone(elf, &lists);

        if (r == 0)
                r = lists.needs_err;
        if (r < 0)
                return r;
        *ret_syms = TAKE(syms);
        return 0;
}

int tn_modsyms_versions(const struct tn_elf *elf, struct tn_modsyms *ret_syms)
{
        _cleanup_(tn_modsyms_fini) struct tn_modsyms syms = { 0 }, versions = { 0 };
        _cleanup_(tn_modsym_set_fini) struct tn_modsym_set set = { 0 };
        struct tn_modsects sects;
        size_t n_classic = 0;
        int r;

        tn_modsects_find(elf, &sects);
        r = tn_modversions_add(&sects, &versions, &n_classic);
        if (r == 0)
                r = tn_modsym_set_fill(&set, &versions);
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
