/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "depmod/deproom.h"
#include "depmod/emit.h"
#include "util/cleanup.h"

struct line {
        size_t len;
        uint32_t i; /* the module's number */
};

/*
 * Whether the lines fit even if no module were reached on more than one way; that is soon known, and so it is with
 * every real tree. Those that are used come last in the order.
 */
static int fit_surely(const struct tn_depmod *depmod, size_t max)
{
        _cleanup_(freep) size_t *most = calloc(depmod->modules.n + 1, sizeof(*most));
        size_t sum = 0;

        if (!most)
                return -ENOMEM;
        for (uint32_t place = depmod->topo.placed; place > 0; place--) {
                uint32_t i = depmod->topo.at[place - 1];
                const uint32_t *deps;
                uint32_t n = tn_graph_deps(&depmod->graph, i, &deps);

                for (uint32_t d = 0; d < n && most[i] <= max; d++)
                        most[i] += most[deps[d]] + depmod->modules.v[deps[d]].path.len + 1;
                sum += most[i] + depmod->modules.v[i].path.len + 1;
                if (sum > max)
                        return 0;
        }
        return 1;
}

static int measure(const struct tn_depmod *depmod, struct line *lines, size_t *ret_sum)
{
        _cleanup_(tn_reach_fini) struct tn_reach reach = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        size_t sum = 0;

        for (uint32_t i = 0; i < depmod->modules.n; i++) {
                int r;

                tn_buf_reset(&text);
                r = tn_emit_depline(depmod, i, &reach, &text);
                if (r < 0)
                        return r;
                lines[i] = (struct line){ text.len, i };
                sum += text.len;
        }
        *ret_sum = sum;
        return 0;
}

/* The longest first, of equal ones the last. */
static int by_length(const void *a, const void *b)
{
        const struct line *x = a, *y = b;

        if (x->len != y->len)
                return x->len > y->len ? -1 : 1;
        return x->i > y->i ? -1 : 1;
}

int tn_deproom_fit(struct tn_depmod *depmod, size_t max)
{
        _cleanup_(freep) struct line *lines = NULL;
        size_t sum = 0;
        int r = fit_surely(depmod, max);

        if (r != 0)
                return MIN(r, 0);
        lines = calloc(depmod->modules.n + 1, sizeof(*lines));
        depmod->bare = calloc(depmod->modules.n + 1, sizeof(*depmod->bare));
        r = lines && depmod->bare ? measure(depmod, lines, &sum) : -ENOMEM;
        if (r < 0)
                return r;
        qsort(lines, depmod->modules.n, sizeof(*lines), by_length);
        for (size_t k = 0; k < depmod->modules.n && sum > max; k++) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
                const struct tn_depmod_module *mod = &depmod->modules.v[lines[k].i];

                depmod->bare[lines[k].i] = true;
                sum -= lines[k].len - mod->path.len - 1;
                tn_log(depmod->log, TN_LOG_WARNING,
                       "%s has dependencies of %zu bytes, they are left out: all modules have too many, and "
                       "none has "
                       "more",
                       tn_depmod_path(depmod, lines[k].i, &path), lines[k].len);
        }
        return 0;
}
