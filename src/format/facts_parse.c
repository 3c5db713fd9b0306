/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>

#include "format/buildid.h"
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
#define FROM_SYMBOLS (TN_FACTS_EXPORTS | TN_FACTS_EXPORT_RULES | TN_FACTS_NEEDS)
#define EXPORTS      (TN_FACTS_EXPORTS | TN_FACTS_EXPORT_RULES)

static const struct {
        struct span prefix;
        unsigned parts;
} sections[] = {
        { { ".modinfo", 8 }, TN_FACTS_INFO },
        { { ".symtab", 7 }, FROM_SYMBOLS },
        { { ".strtab", 7 }, FROM_SYMBOLS },
        { { "__kcrctab", 9 }, EXPORTS },
        { { "___kcrctab", 10 }, EXPORTS },
        { { "__ksymtab_strings", 17 }, EXPORTS },
        { { "__version", 9 }, TN_FACTS_NEEDS | TN_FACTS_VERSIONS },
        { { TN_BUILDID_SECTION, sizeof(TN_BUILDID_SECTION) - 1 }, TN_FACTS_BUILD_ID },
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

/* Copies what the span is of, and lets it point to the copy. */
static int own(struct tn_facts *facts, struct span *bytes)
{
        bytes->ptr = tn_arena_dup(&facts->arena, *bytes);
        return bytes->ptr ? 0 : -ENOMEM;
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
                if (own(facts, &sym->name) < 0)
                        return -ENOMEM;
        }
        return 0;
}

static int take_exports(const struct tn_elf *elf, struct tn_facts *facts)
{
        return take_list(elf, facts, tn_modsyms_exports, "exports", &facts->exports, &facts->exports_err);
}

static int take_export_rules(const struct tn_elf *elf, struct tn_facts *facts)
{
        struct tn_exportrules *rules = &facts->export_rules;
        struct tn_exportrule *rule;
        size_t bytes = 0;
        int r = tn_exportrules_find(elf, &facts->exports, rules);

        tn_vec_each (rule, rules)
                bytes += rule->space.len + 1;
        if (bytes > NAMES_MAX) {
                note_excess(facts, "bytes of ", "namespaces", bytes, NAMES_MAX);
                tn_exportrules_fini(rules);
                facts->export_rules_err = -EFBIG;
        }
        tn_vec_each (rule, rules)
                if (r == 0)
                        r = own(facts, &rule->space);
        return r;
}

static int take_needs(const struct tn_elf *elf, struct tn_facts *facts)
{
        return take_list(elf, facts, tn_modsyms_needs, "needs", &facts->needs, &facts->needs_err);
}

static int take_versions(const struct tn_elf *elf, struct tn_facts *facts)
{
        return take_list(elf, facts, tn_modsyms_versions, "versions", &facts->versions, &facts->versions_err);
}

static int take_kind(const struct tn_elf *elf, struct tn_facts *facts)
{
        facts->elf = (struct tn_facts_elf){ elf->is64, elf->big_endian, elf->machine };
        return 0;
}

static int take_build_id(const struct tn_elf *elf, struct tn_facts *facts)
{
        struct tn_elf_section notes;

        if (tn_elf_find(elf, SPAN(TN_BUILDID_SECTION), &notes) < 0 ||
            tn_buildid_parse(elf, notes.bytes, &facts->build_id) < 0)
                return 0;
        return own(facts, &facts->build_id);
}

static int take_signature(const struct tn_elf *elf, struct tn_facts *facts)
{
        struct tn_modsig *sig = &facts->signature;
        struct span *const fields[] = { &sig->id, &sig->signer, &sig->key, &sig->hash, &sig->signature };
        int r = tn_modsig_parse(elf->bytes, &facts->arena, sig);

        if (r < 0)
                return r == -ENODATA ? 0 : r;
        for (size_t i = 0; i < ARRAY_SIZE(fields) && r == 0; i++)
                r = own(facts, fields[i]);
        return r;
}

static int take_layout(const struct tn_elf *elf, struct tn_facts *facts)
{
        facts->layout = tn_modlayout_read(elf);
        return 0;
}

static const struct {
        unsigned part;
        int (*take)(const struct tn_elf *elf, struct tn_facts *facts);
} takers[] = {
        { TN_FACTS_ELF, take_kind },          { TN_FACTS_INFO, take_info },
        { TN_FACTS_EXPORTS, take_exports },   { TN_FACTS_EXPORT_RULES, take_export_rules },
        { TN_FACTS_NEEDS, take_needs },       { TN_FACTS_VERSIONS, take_versions },
        { TN_FACTS_BUILD_ID, take_build_id }, { TN_FACTS_SIGNATURE, take_signature },
        { TN_FACTS_LAYOUT, take_layout },
};

int tn_facts_parse(struct span module, unsigned parts, struct tn_facts *ret_facts)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct tn_elf elf;
        int r = tn_elf_parse(module, &elf);

        if (parts & TN_FACTS_EXPORT_RULES)
                parts |= TN_FACTS_EXPORTS;
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

void tn_facts_lack(struct tn_facts *facts, struct span section, uint64_t size, uint64_t bound)
{
        const struct {
                unsigned part;
                size_t n;
                int *err;
        } lists[] = {
                { TN_FACTS_INFO, facts->info.n, &facts->info_err },
                { TN_FACTS_EXPORTS, facts->exports.n, &facts->exports_err },
                { TN_FACTS_NEEDS, facts->needs.n, &facts->needs_err },
                { TN_FACTS_VERSIONS, facts->versions.n, &facts->versions_err },
        };
        unsigned lacking = 0;

        facts->excess = (struct tn_facts_excess){ .found = size, .bound = bound };
        snprintf(facts->excess.what, sizeof(facts->excess.what), "bytes of %.*s", SPAN_FMT(section));
        for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
                if (tn_span_starts(section, sections[i].prefix))
                        lacking |= sections[i].parts;
        for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
                if (lists[i].part & facts->parts & lacking && lists[i].n == 0)
                        *lists[i].err = -EFBIG;
}
