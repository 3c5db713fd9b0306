/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/edges.h"
#include "core/list.h"
#include "core/lookup.h"
#include "core/softwords.h"
#include "format/modname.h"
#include "util/cleanup.h"

const char *tn_edge_kind_name(enum tn_edge_kind kind)
{
        static const char *const names[] = {
                [TN_EDGE_NEEDS] = "needs",
                [TN_EDGE_PRE] = "softdep-pre",
                [TN_EDGE_POST] = "softdep-post",
                [TN_EDGE_WEAK] = "weakdep",
        };

        return names[kind];
}

void tn_edges_init(struct tn_edges *edges, struct tn_catalog *catalog, const struct tn_config *config)
{
        *edges = (struct tn_edges){ .catalog = catalog, .config = config };
        edges->needs = (struct tn_needs){
                .catalog = catalog,
                .arena = &edges->arena,
                .size = sizeof(struct tn_edges_module),
        };
}

void tn_edges_fini(struct tn_edges *edges)
{
        struct tn_edges_module **mod;

        tn_vec_each (mod, &edges->modules) {
                tn_vec_fini(&(*mod)->out);
                tn_vec_fini(&(*mod)->in);
        }
        tn_vec_fini(&edges->modules);
        tn_needs_fini(&edges->needs);
        tn_arena_fini(&edges->arena);
}

static int enlist(struct tn_edges *edges, struct tn_edges_module *mod)
{
        if (mod->listed)
                return 0;
        mod->listed = true;
        mod->number = edges->modules.n;
        mod->builtin = tn_catalog_is_builtin(edges->catalog, tn_span_of(mod->needs.name));
        return tn_vec_add(&edges->modules, mod);
}

int tn_edges_get(struct tn_edges *edges, struct span name, struct tn_edges_module **ret_mod)
{
        struct tn_needs_module *needs;
        int r = tn_needs_get(&edges->needs, name, &needs);

        if (r < 0)
                return r;
        *ret_mod = (struct tn_edges_module *)needs;
        return enlist(edges, *ret_mod);
}

bool tn_edges_is_there(const struct tn_edges_module *mod)
{
        return mod->builtin || mod->needs.line_err == 0;
}

static int add(struct tn_edges *edges, const struct tn_edge *edge)
{
        struct tn_edge *own;
        int r;

        if (edge->from == edge->to)
                return 0;
        own = tn_arena_alloc(&edges->arena, sizeof(*own));
        if (!own)
                return -ENOMEM;
        *own = *edge;
        r = tn_vec_add(&edge->from->out, own);
        return r < 0 ? r : tn_vec_add(&edge->to->in, own);
}

static int add_needs(struct tn_edges *edges, struct tn_edges_module *mod)
{
        int r = tn_needs_ask_direct(&edges->needs, &mod->needs);

        for (size_t i = 0; r == 0 && i < mod->needs.n_deps; i++) {
                struct tn_edges_module *dep = (struct tn_edges_module *)mod->needs.deps[i];

                r = enlist(edges, dep);
                if (r == 0 && mod->needs.direct[i])
                        r = add(edges, &(struct tn_edge){ .from = mod, .to = dep, .kind = TN_EDGE_NEEDS });
        }
        return r;
}

static int add_word(struct tn_edges *edges, struct tn_edge *edge, struct span word)
{
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        int r = tn_lookup(edges->catalog, edges->config, word, &edges->arena, &matches);

        if (r == -ENOMEM)
                return r;
        tn_modname_from_text(word, &name);
        r = tn_buf_error(&name);
        edge->word = NULL;
        if (r == 0 && matches.n == 0) {
                r = tn_edges_get(edges, tn_buf_span(&name), &edge->to);
                return r < 0 ? r : add(edges, edge);
        }
        for (size_t i = 0; r == 0 && i < matches.n; i++) {
                struct span found = tn_span_of(matches.v[i].name);

                edge->word = tn_span_eq(tn_buf_span(&name), found) ? NULL : tn_arena_dup(&edges->arena, word);
                r = tn_edges_get(edges, found, &edge->to);
                if (r == 0)
                        r = add(edges, edge);
        }
        return r;
}

static int add_softdeps(struct tn_edges *edges, struct tn_edge *edge, enum tn_softdep_part part)
{
        struct tn_softwords words = tn_softwords_of(edges->config, edge->from->needs.name, part);
        struct tn_softword word;
        int r = 0;

        while (r == 0 && tn_softwords_next(&words, &word)) {
                edge->record = word.record;
                r = add_word(edges, edge, word.name);
        }
        return r;
}

/* What a softdep would have is no name. */
static bool is_part(struct span word)
{
        return tn_span_eq(word, SPAN("pre:")) || tn_span_eq(word, SPAN("post:"));
}

static int add_weakdeps(struct tn_edges *edges, struct tn_edge *edge)
{
        struct tn_config_iter it = tn_config_match(edges->config, TN_CONF_WEAKDEP, edge->from->needs.name);
        struct span rest, word;
        int r = 0;

        while (r == 0 && (edge->record = tn_config_next(&it)))
                for (rest = edge->record->value; r == 0 && (word = tn_span_word(&rest, " \t\n\v\f\r")).len;)
                        r = is_part(word) ? 0 : add_word(edges, edge, word);
        return r;
}

int tn_edges_ask(struct tn_edges *edges, struct tn_edges_module *mod)
{
        struct tn_edge edge = { .from = mod, .kind = TN_EDGE_PRE };
        int r;

        if (mod->asked)
                return 0;
        mod->asked = true;
        r = add_needs(edges, mod);
        if (r == 0)
                r = add_softdeps(edges, &edge, TN_SOFTDEP_PRE);
        edge.kind = TN_EDGE_POST;
        if (r == 0)
                r = add_softdeps(edges, &edge, TN_SOFTDEP_POST);
        edge.kind = TN_EDGE_WEAK;
        return r < 0 ? r : add_weakdeps(edges, &edge);
}

static int ask_name(struct tn_edges *edges, struct span name)
{
        struct tn_edges_module *mod;
        int r = tn_edges_get(edges, name, &mod);

        return r < 0 ? r : tn_edges_ask(edges, mod);
}

static int ask_key(void *data, struct span key, struct tn_index_value value)
{
        (void)value;
        return ask_name(data, key);
}

static int ask_path(void *data, struct span path)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        tn_modname_from_path(path, &name);
        return tn_buf_error(&name) ?: ask_name(data, tn_buf_span(&name));
}

/* Where there is no index, the catalog walks the tree, and so does this. */
int tn_edges_ask_all(struct tn_edges *edges)
{
        const struct tn_index *index;
        int r = tn_catalog_get_index(edges->catalog, TN_CATALOG_DEP, &index);

        if (r == 0)
                return tn_index_each(index, ask_key, edges);
        return r == -ENOMEM ? r
                            : tn_list_each(tn_catalog_where(edges->catalog), &(struct tn_list_filter){ 0 },
                                           ask_path, edges);
}
