/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "depmod/cycles.h"
#include "depmod/link.h"
#include "util/cleanup.h"

static void add_need(const struct tn_depmod *depmod, uint32_t i, const struct tn_symbol *sym,
                     struct tn_buf *out)
{
        tn_depmod_add_path(depmod, i, out);
        tn_buf_add_str(out, " needs \"");
        tn_buf_add_span(out, sym->name);
        tn_buf_add_str(out, "\": ");
        tn_depmod_add_path(depmod, sym->owner, out);
        tn_buf_add_char(out, '\n');
}

int tn_depmod_link(struct tn_depmod *depmod, struct tn_buf *needs)
{
        int r = tn_graph_init(&depmod->graph, (uint32_t)depmod->modules.n);

        for (uint32_t i = 0; i < depmod->modules.n && r >= 0; i++) {
                const struct tn_depmod_module *mod = &depmod->modules.v[i];

                for (uint32_t k = 0; k < mod->n_needs && r >= 0; k++) {
                        const struct tn_symbol *sym = &depmod->symtab.symbols.v[mod->needs[k]];

                        if (sym->owner == TN_SYMTAB_NOBODY)
                                continue;
                        r = tn_graph_add(&depmod->graph, sym->owner);
                        if (r > 0 && needs)
                                add_need(depmod, i, sym, needs);
                }
                tn_graph_done(&depmod->graph);
        }
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

        if (r < 0 || depmod->topo.placed == depmod->graph.n)
                return r;
        r = tn_cycles_find(&depmod->graph, &depmod->topo, report_cycle, &report, &n);
        if (r < 0)
                return r;
        tn_log(depmod->log, TN_LOG_ERR, "Found %u modules in dependency cycles!", n);
        return -ELOOP;
}
