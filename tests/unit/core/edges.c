/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "core/edges.h"
#include "room.h"
#include "util/cleanup.h"

/* a needs b and c directly, b needs d and c, as c does d. */
#define DEPS "k/a.ko: k/b.ko k/c.ko k/d.ko\nk/b.ko: k/c.ko k/d.ko\nk/c.ko: k/d.ko\nk/d.ko:\nk/e-e.ko:\n"

static void add_edge(const struct tn_edge *edge, struct tn_buf *out)
{
        tn_buf_addf(out, "%s>%s", edge->from->needs.name, edge->to->needs.name);
        if (edge->kind != TN_EDGE_NEEDS)
                tn_buf_addf(out, "(%s)", tn_edge_kind_name(edge->kind));
        if (edge->word)
                tn_buf_addf(out, "[%s]", edge->word);
        if (edge->record)
                tn_buf_addf(out, ":%u", edge->record->line);
        if (!tn_edges_is_there(edge->to))
                tn_buf_addf(out, "!");
        tn_buf_add_char(out, ' ');
}

static void assert_edges(struct room *w, const char *name, bool up, const char *expected)
{
        _cleanup_(tn_edges_fini) struct tn_edges edges;
        _cleanup_(tn_buf_fini) struct tn_buf said = { 0 };
        struct tn_edges_module *mod;
        struct tn_edge **edge;

        tn_edges_init(&edges, w->catalog, w->config);
        assert_int_equal(tn_edges_get(&edges, tn_span_of(name), &mod), 0);
        assert_int_equal(tn_edges_ask(&edges, mod), 0);
        tn_vec_each (edge, &mod->out)
                assert_int_equal(tn_edges_ask(&edges, (*edge)->to), 0);
        if (up)
                assert_int_equal(tn_edges_ask_all(&edges), 0);
        for (size_t i = 0; i < (up ? mod->in.n : mod->out.n); i++)
                add_edge(up ? mod->in.v[i] : mod->out.v[i], &said);
        assert_string_equal(tn_buf_str(&said), expected);
}

CHECK(edges_are_those_that_no_other_need_brings)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "");

        assert_edges(&w, "a", false, "a>b ");
        assert_edges(&w, "b", false, "b>c ");
        assert_edges(&w, "d", false, "");
        assert_edges(&w, "nope", false, "");
}

CHECK(edges_lead_both_ways)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, NULL, NULL, "softdep e* pre: c\n");

        assert_edges(&w, "c", true, "b>c e_e>c(softdep-pre):1 ");
        assert_edges(&w, "a", true, "");
}

CHECK(edges_of_softdeps_have_their_line)
{
        _cleanup_(room_fini) struct room w =
                room_new(DEPS, "al-* c\nal-x d\n", NULL,
                         "softdep d pre: e-e post: al-x\nsoftdep d pre: d nope\nweakdep d pre: b al-z\n");

        assert_edges(&w, "d", false,
                     "d>e_e(softdep-pre):1 d>nope(softdep-pre):2! d>c(softdep-post)[al-x]:1 d>b(weakdep):3 "
                     "d>c(weakdep)[al-z]:3 ");
}
