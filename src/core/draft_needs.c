/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/draft.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"

static size_t count(struct span deps)
{
        struct span path;
        size_t n = 0;

        while (tn_depline_pop(&deps, &path))
                n++;
        return n;
}

/* They are popped from the end of the line. */
static int get_deps(struct tn_draft *draft, struct tn_draft_module *mod)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct span deps = mod->line.deps, path;
        size_t n = count(deps);
        int r = 0;

        if (n == 0)
                return 0;
        mod->deps = tn_arena_alloc(&draft->plan->arena, n * sizeof(*mod->deps));
        if (!mod->deps)
                return -ENOMEM;
        mod->n_deps = n;
        while (r == 0 && tn_depline_pop(&deps, &path)) {
                tn_buf_reset(&name);
                tn_modname_from_path(path, &name);
                r = tn_buf_error(&name);
                if (r == 0)
                        r = tn_draft_get(draft, tn_buf_span(&name), &mod->deps[--n]);
        }
        return r;
}

int tn_draft_ask(struct tn_draft *draft, struct tn_draft_module *mod)
{
        if (mod->asked)
                return 0;
        mod->asked = true;
        mod->line_err = tn_catalog_find_dep(draft->req->catalog, tn_span_of(mod->name), &mod->line);
        if (mod->line_err < 0)
                return mod->line_err == -ENOMEM ? -ENOMEM : 0;
        return get_deps(draft, mod);
}

/* One that is the user's direct need: it brings all of its line. */
static int want_direct(struct tn_draft *draft, struct tn_draft_want *want)
{
        struct tn_draft_module *mod = want->mod;
        int r = tn_draft_ask(draft, mod);

        want->cause.match.name = mod->name;
        if (r == 0)
                r = tn_draft_want(draft, want);
        for (size_t i = 0; r == 0 && i < mod->n_deps; i++)
                mod->deps[i]->covered = draft->round;
        mod->covered = draft->round;
        return r;
}

int tn_draft_want_needs(struct tn_draft *draft, struct tn_draft_module *mod, bool idle)
{
        struct tn_draft_want want = {
                .from = mod,
                .cause = { .reason = TN_REASON_DEPENDENCY, .match = { .rule = TN_RULE_NAME } },
                .idle = idle,
        };
        int r = tn_draft_ask(draft, mod);

        if (r < 0 || mod->caused)
                return r;
        mod->caused = !idle;
        mod->covered = ++draft->round;
        for (size_t i = 0; r == 0 && i < mod->n_deps; i++) {
                want.mod = mod->deps[i];
                if (want.mod->covered != draft->round)
                        r = want_direct(draft, &want);
        }
        return r;
}

int tn_draft_leave_needs(struct tn_draft *draft, struct tn_draft_module *mod,
                         const struct tn_conf_record *command)
{
        const struct tn_step step = { .kind = TN_STEP_SKIPPED, .skip = TN_SKIP_COMMAND, .record = command };
        int r = tn_draft_want_needs(draft, mod, true);

        for (size_t i = mod->n_deps; r == 0 && i-- > 0;) {
                r = tn_draft_leave_out(draft, mod->deps[i], step);
                if (r == 0)
                        r = tn_draft_want_needs(draft, mod->deps[i], true);
        }
        return r;
}
