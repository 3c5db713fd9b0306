/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "depmod/cycles.h"
#include "depmod/deproom.h"
#include "depmod/link.h"
#include "util/cleanup.h"
#include "util/word.h"

static void add_need(const struct tn_depmod *depmod, uint32_t i, const struct tn_symbol *sym,
                     struct tn_buf *out)
{
        tn_source_add_path(&depmod->source, depmod->modules.v[i].path, out);
        tn_buf_add_str(out, " needs \"");
        tn_buf_add_span(out, sym->name);
        tn_buf_add_str(out, "\": ");
        tn_source_add_path(&depmod->source, depmod->modules.v[sym->owner].path, out);
        tn_buf_add_char(out, '\n');
}

static int add_exports(struct tn_depmod *depmod, uint32_t i)
{
        const struct tn_depmod_list *list = &depmod->modules.v[i].lists[TN_DEPMOD_EXPORT];
        struct span rest = tn_depmod_list_span(list), name;
        int r = 0;

        for (size_t k = 0; r == 0 && tn_depmod_list_next(&rest, &name); k++)
                r = tn_symtab_export(&depmod->symtab, tn_symtab_plain(&depmod->symtab, name),
                                     list->versions[k].crc, i);
        return r;
}

/* On 64-bit PowerPC a function's entry point has a dot in front of the name that is exported. */
const struct tn_symbol *tn_depmod_find_symbol(const struct tn_depmod *depmod, struct span need)
{
        if (tn_span_starts(need, SPAN(".")))
                need = tn_span_skip(need, 1);
        return tn_symtab_find(&depmod->symtab, tn_symtab_plain(&depmod->symtab, need));
}

/* Takes a need off the front. False when none is left. */
static bool next_need(const struct tn_depmod *depmod, struct span *rest, const struct tn_symbol **ret_sym)
{
        struct span name;
        uint32_t hash;

        if (!tn_word_split(rest, &name, &hash))
                return false;
        *ret_sym = name.len && name.ptr[0] != '.' && name.ptr[0] != depmod->symtab.prefix
                           ? tn_symtab_find_hashed(&depmod->symtab, name, hash)
                           : tn_depmod_find_symbol(depmod, name);
        return true;
}

/*
 * A module with more direct dependencies is none: the most that one of Debian's has are 30, the indirect ones among
 * them. It could make the lines of all who use it so long that they do not fit the index.
 */
#define DEPENDENCIES_MAX 256

static void drop_needs(struct tn_depmod *depmod, uint32_t i)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        tn_log(depmod->log, TN_LOG_WARNING,
               "%s needs %zu modules directly, they are left out: more than %d are too many",
               tn_depmod_path(depmod, i, &path), tn_graph_drop(&depmod->graph), DEPENDENCIES_MAX);
}

static int add_needs(struct tn_depmod *depmod, uint32_t i, struct tn_buf *needs)
{
        struct span rest = tn_depmod_list_span(&depmod->modules.v[i].lists[TN_DEPMOD_NEED]);
        size_t start = needs ? needs->len : 0, n = 0;
        const struct tn_symbol *sym;
        int r = 0;

        while (r >= 0 && next_need(depmod, &rest, &sym)) {
                if (!sym || sym->owner == TN_SYMTAB_NOBODY)
                        continue;
                r = tn_graph_add(&depmod->graph, sym->owner);
                n += r > 0;
                if (r > 0 && needs)
                        add_need(depmod, i, sym, needs);
        }
        if (n > DEPENDENCIES_MAX) {
                drop_needs(depmod, i);
                if (needs)
                        needs->len = start;
        }
        tn_graph_done(&depmod->graph);
        return MIN(r, 0);
}

int tn_depmod_link(struct tn_depmod *depmod, struct tn_buf *needs)
{
        int r = tn_graph_init(&depmod->graph, (uint32_t)depmod->modules.n);

        for (uint32_t i = 0; i < depmod->modules.n && r == 0; i++)
                r = add_exports(depmod, i);
        for (uint32_t i = 0; i < depmod->modules.n && r == 0; i++)
                r = add_needs(depmod, i, needs);
        return r < 0 ? r : needs ? tn_buf_error(needs) : 0;
}

/* Nobody cuts that many by hand. */
#define CYCLES_MAX 100

struct report {
        const struct tn_depmod *depmod;
        unsigned n;
};

static bool report_cycle(void *data, const uint32_t *path, size_t n)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct report *report = data;
        const struct tn_depmod *depmod = report->depmod;
        const char *str;

        if (report->n++ == CYCLES_MAX) {
                tn_log(depmod->log, TN_LOG_ERR,
                       "There are more cycles than these %d; run depmod again when they are cut", CYCLES_MAX);
                return false;
        }
        for (size_t i = 0; i < n; i++) {
                tn_buf_add_span(&text, depmod->modules.v[path[i]].name);
                tn_buf_add_str(&text, " -> ");
        }
        tn_buf_add_span(&text, depmod->modules.v[path[0]].name);
        str = tn_buf_str(&text);
        tn_log(depmod->log, TN_LOG_ERR, "Cycle detected: %s", str ? str : "(out of memory)");
        return true;
}

int tn_depmod_sort(struct tn_depmod *depmod)
{
        struct report report = { .depmod = depmod };
        uint32_t n;
        int r = tn_topo_sort(&depmod->graph, &depmod->topo);

        if (r == 0 && depmod->topo.placed == depmod->graph.n)
                return tn_deproom_fit(depmod, TN_DEPROOM_MAX);
        if (r < 0)
                return r;
        r = tn_cycles_find(&depmod->graph, &depmod->topo, report_cycle, &report, &n);
        if (r < 0)
                return r;
        tn_log(depmod->log, TN_LOG_ERR, "Found %u modules in dependency cycles!", n);
        return -ELOOP;
}
