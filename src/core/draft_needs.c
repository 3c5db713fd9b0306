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

/* A direct need brings all that is on its own line. */
static int cover(struct tn_draft *draft, struct tn_draft_module *mod)
{
        int r = tn_draft_ask(draft, mod);

        for (size_t i = 0; r == 0 && i < mod->n_deps; i++)
                mod->deps[i]->covered = draft->round;
        mod->covered = draft->round;
        return r;
}

int tn_draft_ask_needs(struct tn_draft *draft, struct tn_draft_module *mod)
{
        int r = tn_draft_ask(draft, mod);

        if (r < 0 || mod->direct || mod->n_deps == 0)
                return r;
        mod->direct = tn_arena_alloc(&draft->plan->arena, mod->n_deps * sizeof(*mod->direct));
        if (!mod->direct)
                return -ENOMEM;
        mod->covered = ++draft->round;
        for (size_t i = 0; r == 0 && i < mod->n_deps; i++) {
                mod->direct[i] = mod->deps[i]->covered != draft->round;
                if (mod->direct[i])
                        r = cover(draft, mod->deps[i]);
        }
        return r;
}

int tn_draft_want_need(struct tn_draft *draft, struct tn_draft_module *user, struct tn_draft_module *used,
                       bool idle)
{
        return tn_draft_want(draft,
                             &(struct tn_draft_want){
                                     .mod = used,
                                     .from = user,
                                     .cause = { .reason = TN_REASON_DEPENDENCY,
                                                .match = { .name = used->name, .rule = TN_RULE_NAME } },
                                     .idle = idle,
                             });
}

int tn_draft_want_needs(struct tn_draft *draft, struct tn_draft_module *mod, bool idle)
{
        int r = mod->caused ? 0 : tn_draft_ask_needs(draft, mod);

        for (size_t i = 0; r == 0 && !mod->caused && i < mod->n_deps; i++) {
                struct tn_draft_module *used = mod->deps[i];

                if (!used->user)
                        used->user = mod;
                if (mod->direct[i])
                        r = tn_draft_want_need(draft, mod, used, idle);
        }
        mod->caused |= !idle;
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
