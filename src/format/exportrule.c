/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "format/elfsym.h"
#include "format/exportrule.h"
#include "util/cleanup.h"

/* An export by its name. */
struct named {
        struct span name;
        size_t place; /* among the exports */
};

/* What is looked at while the symbols are walked. */
struct finder {
        const struct tn_elf *elf;
        struct named *names; /* sorted */
        struct tn_exportrules rules;
        struct tn_elf_section strings;
        uint32_t gpl_index; /* section __ksymtab_gpl; 0 when there is none */
};

static void finder_fini(struct finder *finder)
{
        free(finder->names);
        tn_exportrules_fini(&finder->rules);
}

void tn_exportrules_fini(struct tn_exportrules *rules)
{
        tn_vec_fini(rules);
}

static int compare(const void *a, const void *b)
{
        const struct named *x = a, *y = b;
        int r = tn_span_cmp(x->name, y->name);

        return r ? r : (x->place > y->place) - (x->place < y->place);
}

/* Sorted and not hashed, so that no choice of names makes it slow. */
static int sort_names(struct finder *finder, const struct tn_modsyms *exports)
{
        finder->names = calloc(exports->n + 1, sizeof(*finder->names));
        if (!finder->names)
                return -ENOMEM;
        for (size_t i = 0; i < exports->n; i++)
                finder->names[i] = (struct named){ exports->v[i].name, i };
        qsort(finder->names, exports->n, sizeof(*finder->names), compare);
        return 0;
}

/* The rule of the first export of that name, or NULL. */
static struct tn_exportrule *find(const struct finder *finder, struct span name)
{
        size_t low = 0, high = finder->rules.n;

        while (low < high) {
                size_t mid = low + (high - low) / 2;

                if (tn_span_cmp(finder->names[mid].name, name) < 0)
                        low = mid + 1;
                else
                        high = mid;
        }
        if (low == finder->rules.n || !tn_span_eq(finder->names[low].name, name))
                return NULL;
        return &finder->rules.v[finder->names[low].place];
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
        for (size_t i = 1; i < finder->rules.n; i++)
                if (tn_span_eq(finder->names[i].name, finder->names[i - 1].name))
                        finder->rules.v[finder->names[i].place] = finder->rules.v[finder->names[i - 1].place];
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
        _cleanup_(finder_fini) struct finder finder = { .elf = elf };
        int r = sort_names(&finder, exports);

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
