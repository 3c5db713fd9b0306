/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/draft.h"
#include "util/cleanup.h"

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

/* One step that is to be done before another. */
struct need {
        size_t user;
        size_t used;
};

struct needs {
        TN_VEC_FIELDS(struct need);
};

static void needs_fini(struct needs *needs)
{
        tn_vec_fini(needs);
}

/* What was left out and has no step by now gets its own. */
static int place_left_out(struct tn_draft *draft)
{
        struct tn_draft_left_out *it;
        int r = 0;

        tn_vec_each (it, &draft->left_out) {
                if (it->mod->step != TN_STEP_NONE)
                        continue;
                r = tn_draft_place(draft, it->mod, it->step);
                if (r < 0)
                        return r;
                it->mod->left_out = true;
        }
        return 0;
}

static int compare_text(const char *a, const char *b)
{
        return tn_span_cmp(tn_span_of(a), tn_span_of(b));
}

/* Steps apart, and in each step what says the same side by side. Words that are equal lead on by the same rule. */
static int compare_meaning(const struct tn_draft_want *a, const struct tn_draft_want *b)
{
        const struct tn_cause *x = &a->cause, *y = &b->cause;
        int r = COMPARE(a->mod->step, b->mod->step);

        if (r == 0)
                r = COMPARE(x->reason, y->reason);
        if (r == 0)
                r = COMPARE((uintptr_t)a->from, (uintptr_t)b->from);
        if (r == 0)
                r = COMPARE((uintptr_t)x->record, (uintptr_t)y->record);
        if (r == 0)
                r = tn_span_cmp(x->word, y->word);
        if (r == 0)
                r = COMPARE((uintptr_t)x->match.record, (uintptr_t)y->match.record);
        return r ? r : compare_text(x->match.pattern, y->match.pattern);
}

static int by_meaning(const void *a, const void *b)
{
        const struct tn_draft_want *const *x = a, *const *y = b;
        int r = compare_meaning(*x, *y);

        return r ? r : COMPARE(*x, *y);
}

static int by_order(const void *a, const void *b)
{
        const struct tn_draft_want *const *x = a, *const *y = b;
        int r = COMPARE((*x)->mod->step, (*y)->mod->step);

        return r ? r : COMPARE(*x, *y);
}

/* A line of modules.dep that lacks what its modules need wants something for which there is no step. */
static bool counts(const struct tn_draft_want *want)
{
        return want->mod->step != TN_STEP_NONE && (!want->idle || want->mod->left_out);
}

/*
 * Lines of modules.dep that go round in a circle may say of nobody that he needs a module directly. Then he does on whose
 * line it was met.
 */
static int want_the_unwanted(struct tn_draft *draft)
{
        struct tn_draft_module **mod;
        struct tn_draft_want *it;
        int r = 0;

        tn_vec_each (it, &draft->wants)
                it->mod->wanted |= counts(it);
        tn_vec_each (mod, &draft->placed)
                if (r == 0 && !(*mod)->wanted && (*mod)->user)
                        r = tn_draft_want_need(draft, (*mod)->user, *mod, false);
        return r;
}

struct wants {
        TN_VEC_FIELDS(const struct tn_draft_want *);
};

static void wants_fini(struct wants *wants)
{
        tn_vec_fini(wants);
}

/* Those that count, step by step, each once. */
static int sort_wants(const struct tn_draft *draft, struct wants *wants)
{
        const struct tn_draft_want *it;
        size_t n = 1;
        int r = 0;

        tn_vec_each (it, &draft->wants)
                if (r == 0 && counts(it))
                        r = tn_vec_add(wants, it);
        if (r < 0 || wants->n == 0)
                return r;
        if (wants->n == 1)
                return 0;
        qsort(wants->v, wants->n, sizeof(*wants->v), by_meaning);
        for (size_t i = 1; i < wants->n; i++)
                if (compare_meaning(wants->v[n - 1], wants->v[i]) != 0)
                        wants->v[n++] = wants->v[i];
        wants->n = n;
        qsort(wants->v, n, sizeof(*wants->v), by_order);
        return 0;
}

/* Whether what is wanted for that reason is dealt with before the module that wants it. */
static bool comes_before(const struct tn_draft *draft, enum tn_reason reason)
{
        switch (reason) {
        case TN_REASON_DEPENDENCY:
        case TN_REASON_HOLDER: return true;
        case TN_REASON_SOFTDEP_PRE: return !draft->removal;
        case TN_REASON_SOFTDEP_POST: return draft->removal;
        case TN_REASON_REQUESTED:
        case TN_REASON_UNUSED: return false;
        }
        return false;
}

/* What could not be put in that order, for it goes round in a circle, is no need. */
static int add_need(const struct tn_draft *draft, const struct tn_draft_want *want, struct needs *needs)
{
        struct need need;

        if (!want->from || want->mod->left_out || want->from->left_out)
                return 0;
        need = comes_before(draft, want->cause.reason) ? (struct need){ want->from->step, want->mod->step }
                                                       : (struct need){ want->mod->step, want->from->step };
        return need.used < need.user ? tn_vec_add(needs, need) : 0;
}

/* Gives the steps their causes, and collects their needs. */
static int set_causes(struct tn_draft *draft, const struct wants *wants, struct needs *needs)
{
        struct tn_cause *causes = tn_arena_alloc(&draft->plan->arena, wants->n * sizeof(*causes));
        int r = causes ? 0 : -ENOMEM;

        for (size_t i = 0; r == 0 && i < wants->n; i++) {
                const struct tn_draft_want *want = wants->v[i];
                struct tn_step *step = &draft->plan->steps.v[want->mod->step];

                causes[i] = want->cause;
                causes[i].step = want->from ? want->from->step : TN_STEP_NONE;
                if (step->n_causes++ == 0)
                        step->causes = &causes[i];
                r = add_need(draft, want, needs);
        }
        return r;
}

static int by_user(const void *a, const void *b)
{
        const struct need *x = a, *y = b;
        int r = COMPARE(x->user, y->user);

        return r ? r : COMPARE(x->used, y->used);
}

static int set_needs(struct tn_draft *draft, struct needs *needs)
{
        size_t *used;

        if (needs->n == 0)
                return 0;
        used = tn_arena_alloc(&draft->plan->arena, needs->n * sizeof(*used));
        if (!used)
                return -ENOMEM;
        if (needs->n > 1)
                qsort(needs->v, needs->n, sizeof(*needs->v), by_user);
        for (size_t i = 0; i < needs->n; i++) {
                struct tn_step *step = &draft->plan->steps.v[needs->v[i].user];

                if (i > 0 && by_user(&needs->v[i - 1], &needs->v[i]) == 0)
                        continue;
                *used = needs->v[i].used;
                if (step->n_needs++ == 0)
                        step->needs = used;
                used++;
        }
        return 0;
}

int tn_draft_finish(struct tn_draft *draft)
{
        _cleanup_(wants_fini) struct wants wants = { 0 };
        _cleanup_(needs_fini) struct needs needs = { 0 };
        int r = place_left_out(draft);

        if (r == 0)
                r = want_the_unwanted(draft);
        if (r == 0)
                r = sort_wants(draft, &wants);
        if (r == 0)
                r = set_causes(draft, &wants, &needs);
        if (r == 0)
                r = set_needs(draft, &needs);
        draft->target->n_steps = draft->placed.n;
        return r;
}
