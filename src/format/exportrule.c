/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/elfsym.h"
#include "format/exportrule.h"
#include "format/modsym_index.h"
#include "util/cleanup.h"

/* What is looked at while the symbols are walked. */
struct finder {
        const struct tn_elf *elf;
        const struct tn_modsyms *exports;
        struct tn_modsym_index index;
        struct tn_exportrules rules;
        struct tn_elf_section strings;
        uint32_t gpl_index; /* section __ksymtab_gpl; 0 when there is none */
};

static void finder_fini(struct finder *finder)
{
        tn_modsym_index_fini(&finder->index);
        tn_exportrules_fini(&finder->rules);
}

void tn_exportrules_fini(struct tn_exportrules *rules)
{
        tn_vec_fini(rules);
}

static struct tn_exportrule *rule_of(const struct finder *finder, const struct tn_modsym *export)
{
        return &finder->rules.v[export - finder->exports->v];
}

/* The rule of the first export of that name, or NULL. */
static struct tn_exportrule *find(const struct finder *finder, struct span name)
{
        const struct tn_modsym *export = tn_modsym_index_find(&finder->index, name);

        return export ? rule_of(finder, export) : NULL;
}

static struct span string_at(const struct finder *finder, const struct tn_elfsym *sym)
{
        struct span rest = finder->strings.bytes;
        size_t len;

        if (sym->shndx != finder->strings.index || sym->value >= rest.len)
                return SPAN("");
        rest = tn_span_head(tn_span_skip(rest, (size_t)sym->value), TN_MODSYM_NAME_MAX + 1);
        len = tn_span_chr(rest, '\0');
        return len < rest.len ? tn_span_head(rest, len) : SPAN("");
}

static void take_symbol(struct finder *finder, const struct tn_elfsym *sym)
{
        struct span entry = SPAN("__ksymtab_"), space = SPAN("__kstrtabns_");
        struct tn_exportrule *rule;

        if (tn_span_starts(sym->name, entry)) {
                rule = find(finder, tn_span_skip(sym->name, entry.len));
                if (rule) {
                        rule->known = true;
                        rule->gpl_only = finder->gpl_index && sym->shndx == finder->gpl_index;
                }
        } else if (tn_span_starts(sym->name, space)) {
                rule = find(finder, tn_span_skip(sym->name, space.len));
                if (rule)
                        rule->space = string_at(finder, sym);
        }
}

/* Exports that have the same name have the same rule. */
static void spread(struct finder *finder)
{
        struct tn_modsym **v = finder->index.v;

        for (size_t i = 1; i < finder->index.n; i++)
                if (tn_span_eq(v[i]->name, v[i - 1]->name))
                        *rule_of(finder, v[i]) = *rule_of(finder, v[i - 1]);
}

static void walk(struct finder *finder)
{
        struct tn_elf_section gpl;
        struct tn_elfsyms syms;

        if (tn_elfsyms_init(finder->elf, &syms) < 0)
                return;
        if (tn_elf_find(finder->elf, SPAN("__ksymtab_gpl"), &gpl) == 0)
                finder->gpl_index = gpl.index;
        tn_elf_find(finder->elf, SPAN("__ksymtab_strings"), &finder->strings);
        for (uint32_t i = 1; i < syms.n; i++) {
                struct tn_elfsym sym = tn_elfsyms_get(&syms, i);

                take_symbol(finder, &sym);
        }
        spread(finder);
}

int tn_exportrules_find(const struct tn_elf *elf, const struct tn_modsyms *exports,
                        struct tn_exportrules *ret_rules)
{
        _cleanup_(finder_fini) struct finder finder = { .elf = elf, .exports = exports };
        int r = tn_modsym_index_init(exports, &finder.index);

        if (r == 0)
                r = tn_vec_reserve(&finder.rules, exports->n);
        for (size_t i = 0; i < exports->n && r == 0; i++)
                r = tn_vec_add(&finder.rules, (struct tn_exportrule){ 0 });
        if (r < 0)
                return r;
        walk(&finder);
        *ret_rules = TAKE(finder.rules);
        return 0;
}
