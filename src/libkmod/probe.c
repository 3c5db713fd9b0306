/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/apply.h"
#include "core/plan.h"
#include "core/underway.h"
#include "format/cmdopts.h"
#include "kernel/kernel.h"
#include "libkmod/export.h"
#include "libkmod/module.h"
#include "util/cleanup.h"

/* Who says it, in kmod's messages. */
#define WHO_COMMAND "command_do"

/* One call of kmod_module_probe_insert_module(). */
struct probe {
        struct kmod_module *mod;
        unsigned flags;
        int (*run_install)(struct kmod_module *m, const char *cmdline, void *data);
        void *data;
        void (*print_action)(struct kmod_module *m, bool install, const char *options);
        int failure; /* of run_install, the last one */
};

/* The module of a step, with a reference; NULL without memory. */
static struct kmod_module *module_of(const struct probe *probe, const char *name, const char *path)
{
        const struct tn_match match = { .name = name, .path = path };
        struct kmod_module *mod;

        if (strcmp(name, probe->mod->name) == 0)
                return kmod_module_ref(probe->mod);
        return tn_module_get(probe->mod->ctx, &match, &mod) < 0 ? NULL : mod;
}

static void tell(const struct probe *probe, const struct tn_step *step)
{
        _cleanup_(tn_module_unrefp) struct kmod_module *mod = NULL;

        if (!probe->print_action || step->kind == TN_STEP_LOADED || tn_step_is_left_out(step))
                return;
        mod = module_of(probe, step->name, step->path);
        if (mod)
                probe->print_action(mod, tn_step_installs(step), step->options);
}

static void before(void *data, const struct tn_step *step)
{
        const struct probe *probe = data;

        tell(probe, step);
        if (step->kind == TN_STEP_MISSING || step->kind == TN_STEP_BUILTIN)
                say_error_from(probe->mod->ctx, "kmod_module_insert_module",
                               "could not find module by name='%s'\n", step->name);
}

static int run(void *data, const struct tn_command *cmd, struct tn_command_end *ret_end)
{
        struct probe *probe = data;
        _cleanup_(tn_module_unrefp) struct kmod_module *mod = module_of(probe, cmd->module, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int r;

        tn_cmdopts_inline(tn_span_of(cmd->text), tn_span_of(cmd->options), &text);
        if (!mod || !tn_buf_str(&text))
                return -ENOMEM;
        r = probe->run_install(mod, text.ptr, probe->data);
        probe->failure = r < 0 ? r : 0;
        *ret_end = (struct tn_command_end){ .status = r > 0 ? r : 0, .err = r < 0 ? r : 0 };
        return 0;
}

/* A client that runs commands itself knows how they end. */
static int command_failed(void *data, const struct tn_step *step, const struct tn_command_end *end)
{
        const struct probe *probe = data;
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        if (probe->run_install)
                return 0;
        tn_cmdopts_show(tn_span_of(step->command), tn_span_of(step->options), &text);
        if (!tn_buf_str(&text))
                return tn_buf_error(&text);
        if (end->err == 0)
                say_error_from(probe->mod->ctx, WHO_COMMAND,
                               "Error running install command '%s' for module %s: retcode %d\n", text.ptr,
                               step->name, end->status);
        else
                say_error_from(probe->mod->ctx, WHO_COMMAND,
                               "Could not run install command '%s' for module %s: %s\n", text.ptr, step->name,
                               strerror(-end->err));
        return 0;
}

static unsigned init_flags(bool vermagic, bool modversions)
{
        return (vermagic ? TN_KERNEL_IGNORE_VERMAGIC : 0) | (modversions ? TN_KERNEL_IGNORE_MODVERSIONS : 0);
}

static int apply(struct probe *probe, const struct tn_plan *plan, const struct tn_target *target)
{
        const struct tn_apply how = {
                .before = before,
                .run = probe->run_install ? run : NULL,
                .command_failed = command_failed,
                .data = probe,
                .underway = secure_getenv(TN_UNDERWAY_VARIABLE),
                .init_flags = init_flags(probe->flags & KMOD_PROBE_FORCE_VERMAGIC,
                                         probe->flags & KMOD_PROBE_FORCE_MODVERSION),
                .first_time = probe->flags & KMOD_PROBE_FAIL_ON_LOADED,
                .ignore_loaded = probe->flags & KMOD_PROBE_IGNORE_LOADED,
        };
        const struct tn_step *failed = NULL;
        int r = tn_apply_target(&how, plan, target, &failed);

        return r < 0 && failed && tn_step_installs(failed) && probe->failure < 0 ? probe->failure : r;
}

static int carry_out(struct probe *probe, const struct tn_plan *plan, const struct tn_target *target)
{
        if (!(probe->flags & KMOD_PROBE_DRY_RUN))
                return apply(probe, plan, target);
        for (size_t i = 0; i < target->n_steps; i++)
                tell(probe, &plan->steps.v[target->first_step + i]);
        return 0;
}

/* Which of the flags it was: they are asked in this order. */
static int blacklisted(const struct probe *probe)
{
        if (probe->mod->alias && probe->flags & KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY)
                return KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY;
        if (probe->flags & KMOD_PROBE_APPLY_BLACKLIST_ALL)
                return KMOD_PROBE_APPLY_BLACKLIST_ALL;
        return KMOD_PROBE_APPLY_BLACKLIST;
}

/*
 * What the policy denies, it denies however the module is asked for: a client that heeds the blacklist hears of it as of that,
 * by the flag that it gave.
 */
static int denied(const struct probe *probe)
{
        int flag = blacklisted(probe);

        if (probe->flags & (unsigned)flag)
                return flag;
        return probe->flags & KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY ? KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY
                                                                    : -EPERM;
}

static int act(struct probe *probe, const struct tn_plan *plan, const struct tn_target *target)
{
        switch (target->verdict) {
        case TN_VERDICT_GO: return carry_out(probe, plan, target);
        case TN_VERDICT_EXISTS: return -EEXIST;
        case TN_VERDICT_BLACKLISTED: return blacklisted(probe);
        case TN_VERDICT_DENIED: return denied(probe);
        default: return 0;
        }
}

static unsigned plan_flags(unsigned flags)
{
        static const struct {
                unsigned ours, plan;
        } table[] = {
                { KMOD_PROBE_IGNORE_COMMAND, TN_PLAN_IGNORE_COMMAND },
                { KMOD_PROBE_IGNORE_LOADED, TN_PLAN_IGNORE_LOADED },
                { KMOD_PROBE_FAIL_ON_LOADED, TN_PLAN_FIRST_TIME },
        };
        unsigned plan = 0;

        for (size_t i = 0; i < ARRAY_SIZE(table); i++)
                plan |= flags & table[i].ours ? table[i].plan : 0;
        return plan;
}

/* The strictest of those that are set. */
static enum tn_plan_blacklist blacklist_mode(unsigned flags)
{
        if (flags & KMOD_PROBE_APPLY_BLACKLIST_ALL)
                return TN_BLACKLIST_ALL;
        if (flags & KMOD_PROBE_APPLY_BLACKLIST)
                return TN_BLACKLIST_NAMES;
        return flags & KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY ? TN_BLACKLIST_ALIASES : TN_BLACKLIST_NONE;
}

KMOD_EXPORT int kmod_module_probe_insert_module(
        struct kmod_module *mod, unsigned int flags, const char *extra_options,
        int (*run_install)(struct kmod_module *m, const char *cmdline, void *data), const void *data,
        void (*print_action)(struct kmod_module *m, bool install, const char *options))
{
        struct probe probe = { mod, flags, run_install, (void *)(uintptr_t)data, print_action, 0 };
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };
        struct tn_plan_request req;
        struct tn_match match;
        int r;

        if (!mod)
                return -ENOENT;
        match = tn_module_match(mod);
        req = (struct tn_plan_request){
                .catalog = tn_context_catalog(mod->ctx),
                .config = mod->ctx->world.config,
                .live = &live,
                .subject = tn_plan_of_match(&match),
                .flags = plan_flags(flags),
                .blacklist = blacklist_mode(flags),
                .options = extra_options,
                .underway = secure_getenv(TN_UNDERWAY_VARIABLE),
        };
        r = tn_plan_load(&req, &plan);
        return r < 0 ? r : act(&probe, &plan, &plan.targets.v[0]);
}
