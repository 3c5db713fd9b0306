/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>

#include "format/elf.h"
#include "format/facts_parse.h"
#include "util/cleanup.h"

/*
 * Bounds against hostile files, far above what any module has: symbols of one kind, and bytes of all their names. Names
 * may overlap in the file, but not here.
 */
#define ENTRIES_MAX  250000
#define NAMES_MAX    ((size_t)16 << 20)

/* Parts that are made of the symbol table. */
#define FROM_SYMBOLS (TN_FACTS_EXPORTS | TN_FACTS_NEEDS)

static const struct {
        struct span prefix;
        unsigned parts;
} sections[] = {
        { { ".modinfo", 8 }, TN_FACTS_INFO },       { { ".symtab", 7 }, FROM_SYMBOLS },
        { { ".strtab", 7 }, FROM_SYMBOLS },         { { "__kcrctab", 9 }, TN_FACTS_EXPORTS },
        { { "___kcrctab", 10 }, TN_FACTS_EXPORTS }, { { "__ksymtab_strings", 17 }, TN_FACTS_EXPORTS },
        { { "__version", 9 }, TN_FACTS_NEEDS },
};

_Static_assert(ARRAY_SIZE(sections) <= TN_FACTS_SECTIONS_MAX, "room for all");

size_t tn_facts_sections(unsigned parts, struct span ret_prefixes[TN_FACTS_SECTIONS_MAX])
{
        size_t n = 0;

        for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
                if (sections[i].parts & parts)
                        ret_prefixes[n++] = sections[i].prefix;
        return n;
}

static void note_excess(struct tn_facts *facts, const char *of, const char *what, uint64_t found,
                        uint64_t bound)
{
        if (facts->excess.what[0])
                return;
        snprintf(facts->excess.what, sizeof(facts->excess.what), "%s%s", of, what);
        facts->excess.found = found;
        facts->excess.bound = bound;
}

static uint64_t count_info(struct span section)
{
        struct tn_modinfo entry;
        uint64_t n = 0;

        while (tn_modinfo_next(&section, &entry))
                n++;
        return n;
}

static int take_info(const struct tn_elf *elf, struct tn_facts *facts)
{
        struct span section;
        int r = tn_modinfo_section(elf, &section);

        facts->info_err = r;
        if (r == 0)
                r = facts->info_err = tn_modinfo_copy(section, &facts->arena, &facts->info);
        if (r == -EFBIG)
                note_excess(facts, "entries of ", ".modinfo", count_info(section), TN_MODINFO_ENTRIES_MAX);
        return r == -ENOMEM ? r : 0;
}

/* Returns 0 when there are not too many of them, -EFBIG after it was noted. */
static int check_names(struct tn_facts *facts, const struct tn_modsyms *syms, const char *what)
{
        const struct tn_modsym *sym;
        size_t bytes = 0;

        tn_vec_each (sym, syms)
                bytes += sym->name.len + 1;
        if (syms->n > ENTRIES_MAX)
                note_excess(facts, "", what, syms->n, ENTRIES_MAX);
        else if (bytes > NAMES_MAX)
                note_excess(facts, "bytes of ", what, bytes, NAMES_MAX);
        else
                return 0;
        return -EFBIG;
}

typedef int list_fn(const struct tn_elf *elf, struct tn_modsyms *ret_syms);

/* Symbols that list() reads, their names copied. Why there are none goes to *err; returns 0 or -ENOMEM. */
static int take_list(const struct tn_elf *elf, struct tn_facts *facts, list_fn *list, const char *what,
                     struct tn_modsyms *syms, int *err)
{
        struct tn_modsym *sym;

        *err = list(elf, syms);
        if (*err == 0)
                *err = check_names(facts, syms, what);
        if (*err < 0) {
                tn_modsyms_fini(syms);
                return *err == -ENOMEM ? -ENOMEM : 0;
        }
        tn_vec_each (sym, syms) {
                sym->name.ptr = tn_arena_dup(&facts->arena, sym->name);
                if (!sym->name.ptr)
                        return -ENOMEM;
        }
        return 0;
}

static int take_exports(const struct tn_elf *elf, struct tn_facts *facts)
{
        return take_list(elf, facts, tn_modsyms_exports, "exports", &facts->exports, &facts->exports_err);
}

static int take_needs(const struct tn_elf *elf, struct tn_facts *facts)
{
        return take_list(elf, facts, tn_modsyms_needs, "needs", &facts->needs, &facts->needs_err);
}

static const struct {
        unsigned part;
        int (*take)(const struct tn_elf *elf, struct tn_facts *facts);
} takers[] = {
        { TN_FACTS_INFO, take_info },
        { TN_FACTS_EXPORTS, take_exports },
        { TN_FACTS_NEEDS, take_needs },
};

int tn_facts_parse(struct span module, unsigned parts, struct tn_facts *ret_facts)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct tn_elf elf;
        int r = tn_elf_parse(module, &elf);

        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(takers); i++) {
                if (!(takers[i].part & parts))
                        continue;
                r = takers[i].take(&elf, &facts);
                facts.parts |= takers[i].part;
        }
        if (r < 0)
                return r;
        *ret_facts = TAKE(facts);
        return 0;
}
