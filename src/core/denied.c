/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/denied.h"
#include "core/plan.h"
#include "format/modname.h"
#include "util/cleanup.h"

static const struct {
        const char *name;
        bool holds;
} words[TN_DENIED_WORDS] = {
        [TN_DENIED_ABSENT] = { "absent", true },
        [TN_DENIED_BUILTIN] = { "builtin", false },
        [TN_DENIED_LOADED] = { "loaded", false },
        [TN_DENIED_LOADABLE] = { "loadable", false },
        [TN_DENIED_YES] = { "denied", true },
        [TN_DENIED_BUT_LOADED] = { "denied-but-loaded", false },
        [TN_DENIED_BUT_IN_IMAGE] = { "denied-but-in-initramfs", false },
        [TN_DENIED_AS_NAME_ONLY] = { "denied-as-name-only", false },
};

const char *tn_denied_name(enum tn_denied verdict)
{
        return words[verdict].name;
}

bool tn_denied_holds(enum tn_denied verdict)
{
        return words[verdict].holds;
}

/* Whether a plan that loads it would come to a module that is denied, and by which line. */
static int look_for_denial(const struct tn_denied_question *question, struct tn_arena *arena,
                           struct tn_denied_answer *answer)
{
        struct tn_live nothing = { 0 };
        struct tn_match match = { .name = answer->name, .rule = TN_RULE_NAME };
        struct tn_plan_request request = {
                .catalog = question->catalog,
                .config = question->config,
                .live = question->live ? question->live : &nothing,
                .subject = tn_plan_of_match(&match),
                .flags = TN_PLAN_IGNORE_LOADED,
        };
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        const struct tn_step *step;
        int r = tn_plan_load(&request, &plan);

        tn_vec_each (step, &plan.steps) {
                if (r < 0 || answer->record || !step->required ||
                    (step->kind != TN_STEP_DENIED && step->kind != TN_STEP_BARRED))
                        continue;
                answer->record = step->record;
                if (strcmp(step->name, answer->name) == 0)
                        continue;
                answer->dependency = tn_arena_dup(arena, tn_span_of(step->name));
                r = answer->dependency ? 0 : -ENOMEM;
        }
        tn_live_fini(&nothing);
        return r;
}

/* One line of modules.dep: what is behind its path is loaded before the module. */
static int add_users(struct tn_denied_users *users, struct span line)
{
        struct span user = tn_span_word(&line, " "), word;
        char *copy = NULL;
        int r = 0;

        tn_span_word(&line, " "); /* its own path */
        while (r >= 0 && (word = tn_span_word(&line, " ")).len) {
                _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
                const char *needed;

                tn_modname_from_path(word, &name);
                if (!tn_buf_str(&name))
                        return -ENOMEM;
                if (tn_map_find(&users->first, tn_buf_span(&name)))
                        continue;
                needed = tn_arena_dup(&users->arena, tn_buf_span(&name));
                if (!copy)
                        copy = tn_arena_dup(&users->arena, user);
                r = needed && copy ? tn_map_add(&users->first, tn_span_of(needed), copy) : -ENOMEM;
        }
        return r;
}

static int load_users(struct tn_catalog *catalog, struct tn_denied_users *users)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span rest, line;
        int r = tn_catalog_dump(catalog, TN_CATALOG_DEP, &text);

        for (rest = tn_buf_span(&text); r == 0 && tn_span_split(&rest, '\n', &line);)
                r = add_users(users, line);
        users->loaded = r == 0;
        return r;
}

void tn_denied_users_fini(struct tn_denied_users *users)
{
        tn_map_fini(&users->first);
        tn_arena_fini(&users->arena);
}

/* The first module that has this one among what is loaded before it. */
static int find_user(const struct tn_denied_question *question, struct span name, const char **ret_user)
{
        struct tn_denied_users *users = question->users;
        int r = users && !users->loaded ? load_users(question->catalog, users) : 0;

        *ret_user = users && r == 0 ? tn_map_find(&users->first, name) : NULL;
        return r;
}

static int find_denial(const struct tn_denied_question *question, struct tn_arena *arena,
                       struct tn_denied_answer *answer, bool *ret_only_name)
{
        struct span name = tn_span_of(answer->name);
        int r;

        *ret_only_name = false;
        answer->by_kernel = tn_span_has_word(question->blacklist, ",", name);
        if (answer->by_kernel)
                return 0;
        r = look_for_denial(question, arena, answer);
        if (r < 0 || answer->record)
                return r;
        answer->record = tn_config_find(question->config, TN_CONF_BLACKLIST, answer->name);
        if (!answer->record)
                return 0;
        *ret_only_name = true;
        return find_user(question, name, &answer->needed_by);
}

static int is_loaded(const struct tn_denied_question *question, const char *name, bool *ret_loaded)
{
        struct tn_live_module *mod;
        int r;

        *ret_loaded = false;
        if (!question->live)
                return 0;
        r = tn_live_get(question->live, tn_span_of(name), &mod);
        if (r == 0)
                *ret_loaded = mod->state != TN_KERNEL_ABSENT && !tn_live_may_be_builtin(mod);
        return r;
}

static enum tn_denied choose(const struct tn_denied_answer *answer, bool only_name, bool loaded, bool there)
{
        bool denied = (answer->record && !only_name) || answer->by_kernel;

        if (loaded)
                return denied || only_name ? TN_DENIED_BUT_LOADED : TN_DENIED_LOADED;
        if (!there)
                return TN_DENIED_ABSENT;
        if (only_name)
                return TN_DENIED_AS_NAME_ONLY;
        return denied ? TN_DENIED_YES : TN_DENIED_LOADABLE;
}

int tn_denied_judge(const struct tn_denied_question *question, struct tn_arena *arena,
                    struct tn_denied_answer *ret_answer)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct tn_denied_answer answer = { 0 };
        struct tn_depline dep;
        bool only_name, loaded;
        int r, found;

        tn_modname_from_text(question->name, &name);
        if (!tn_modname_is_sane(tn_buf_span(&name)))
                return tn_buf_error(&name) < 0 ? tn_buf_error(&name) : -EINVAL;
        answer.name = tn_arena_dup(arena, tn_buf_span(&name));
        if (!answer.name)
                return -ENOMEM;
        found = tn_catalog_find_dep(question->catalog, tn_buf_span(&name), &dep);
        if (found < 0 && found != -ENOENT)
                return found;
        r = is_loaded(question, answer.name, &loaded);
        if (r == 0)
                r = find_denial(question, arena, &answer, &only_name);
        if (r < 0)
                return r;
        answer.verdict = found == -ENOENT && tn_catalog_is_builtin(question->catalog, tn_buf_span(&name))
                                 ? TN_DENIED_BUILTIN
                                 : choose(&answer, only_name, loaded, found == 0);
        *ret_answer = answer;
        return 0;
}
