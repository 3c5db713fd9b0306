/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/gate_kernel.h"
#include "core/gate_target.h"
#include "core/gates.h"
#include "core/unknown.h"
#include "format/modname.h"
#include "util/cleanup.h"

struct tn_gates {
        struct tn_gates_from from;
        struct tn_gate_kernel kernel;
        struct tn_gate_memo memo;
};

static const char *const verdicts[] = {
        [TN_GATES_LOADS] = "loads",     [TN_GATES_STOPPED] = "stopped", [TN_GATES_BUILTIN] = "builtin",
        [TN_GATES_COMMAND] = "command", [TN_GATES_LIVE] = "live",       [TN_GATES_UNKNOWN] = "unknown",
};

const char *tn_gates_verdict_name(enum tn_gates_verdict verdict)
{
        return verdicts[verdict];
}

void tn_gates_report_fini(struct tn_gates_report *report)
{
        tn_vec_fini(&report->modules);
        tn_findings_fini(&report->findings);
        tn_incompletes_fini(&report->incompletes);
        tn_arena_fini(&report->arena);
}

int tn_gates_open(const struct tn_gates_from *from, struct tn_gates **ret_gates,
                  struct tn_incompletes *incompletes)
{
        _cleanup_(tn_gates_closep) struct tn_gates *gates = calloc(1, sizeof(*gates));
        int r;

        if (!gates)
                return -ENOMEM;
        gates->from = *from;
        r = tn_gate_kernel_load(from->world, from->running, &gates->kernel, incompletes);
        if (r < 0)
                return r;
        *ret_gates = TAKE(gates);
        return 0;
}

void tn_gates_close(struct tn_gates *gates)
{
        if (!gates)
                return;
        tn_gate_memo_fini(&gates->memo);
        tn_gate_kernel_fini(&gates->kernel);
        free(gates);
}

void tn_gates_closep(struct tn_gates **gates)
{
        tn_gates_close(*gates);
}

static int add_module(struct tn_gates_report *report, const char *name, enum tn_gates_verdict verdict)
{
        struct tn_gates_module module = {
                .name = tn_arena_dup(&report->arena, tn_span_of(name)),
                .verdict = verdict,
        };

        return module.name ? tn_vec_add(&report->modules, module) : -ENOMEM;
}

static int explain_name(struct tn_gates *gates, const char *text, struct tn_findings *findings)
{
        const struct tn_world *world = gates->from.world;

        return tn_unknown_explain(
                &(struct tn_evidence_name_from){ .asked = text,
                                                 .catalog = world->catalog,
                                                 .has_config = !world->config_paths && !tn_world_root(world),
                                                 .tool = gates->from.tool },
                findings);
}

/* Neither the configuration nor an index knows it; the kernel may. */
static int check_unknown(struct tn_gates *gates, const char *text, struct tn_gates_report *report)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        enum tn_kernel_state state;
        int r;

        tn_modname_from_text(tn_span_of(text), &name);
        if (!tn_buf_str(&name))
                return -ENOMEM;
        if (gates->kernel.running && tn_modname_is_sane(tn_buf_span(&name)) &&
            tn_kernel_module_state(name.ptr, &state) == 0 && state == TN_KERNEL_LIVE) {
                r = tn_incompletes_add(&report->incompletes, name.ptr,
                                       "it is loaded, and there is no file of it in the module directory");
                return r < 0 ? r : add_module(report, name.ptr, TN_GATES_LIVE);
        }
        r = explain_name(gates, text, &report->findings);
        return r < 0 ? r : add_module(report, text, TN_GATES_UNKNOWN);
}

/* An index that is corrupt, or too long; or a text with a bracket that has no partner, which stands for nothing. */
static int check_failure(struct tn_gates *gates, const char *text, int err, struct tn_gates_report *report)
{
        const char *index = tn_catalog_blame(gates->kernel.catalog, err);

        if (err == -ENOMEM)
                return err;
        if (!index && err == -EINVAL)
                return check_unknown(gates, text, report);
        return tn_incompletes_add(&report->incompletes, index ? index : text,
                                  err == -EINVAL ? "it is corrupt" : strerror(-err));
}

/* Returns 1 when it is there, whatever it is. */
static int check_path(struct tn_gates *gates, const char *path, struct tn_gates_report *report)
{
        _cleanup_(closep) int fd = tn_catalog_open_file(gates->kernel.catalog, path);
        int r;

        if (fd != -ENOENT && fd != -ENOTDIR && fd != -ELOOP)
                return fd == -ENOMEM ? fd : 1;
        r = tn_unknown_explain_file(gates->kernel.catalog, path, &report->findings);
        return r < 0 ? r : add_module(report, path, TN_GATES_UNKNOWN);
}

static int make_plan(const struct tn_gates *gates, const struct tn_gates_object *object, struct tn_plan *plan)
{
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };
        const struct tn_plan_request req = {
                .catalog = gates->from.world->catalog,
                .config = gates->from.world->config,
                .live = &live,
                .subject = object->text ? tn_plan_of_text(tn_span_of(object->text))
                                        : tn_plan_of_file(object->path),
                .flags = TN_PLAN_IGNORE_LOADED,
                .options = object->options,
        };

        return tn_plan_load(&req, plan);
}

/* What cannot be planned, the check reports. */
static int expect(struct tn_gates *gates, const struct tn_gates_object *object)
{
        const struct tn_gate_target_around around = { &gates->kernel, &gates->memo };
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        int r = make_plan(gates, object, &plan);

        for (size_t i = 0; r == 0 && i < plan.targets.n; i++)
                r = tn_gate_target_expect(&around, &plan, &plan.targets.v[i]);
        return r == -ENOMEM ? r : 0;
}

int tn_gates_expect(struct tn_gates *gates, const struct tn_gates_object *objects, size_t n)
{
        int r = 0;

        for (size_t i = 0; r == 0 && i < n; i++)
                if (objects[i].text)
                        r = expect(gates, &objects[i]);
        return r < 0 ? r : tn_gate_ahead_read(&gates->memo.ahead, &gates->kernel);
}

int tn_gates_check(struct tn_gates *gates, const struct tn_gates_object *object,
                   struct tn_gates_report *report)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        const char *asked = object->text ? object->text : object->path;
        const struct tn_gate_target_around around = { &gates->kernel, &gates->memo };
        int r = object->text ? 1 : check_path(gates, object->path, report);

        if (r <= 0)
                return r;
        r = make_plan(gates, object, &plan);
        if (r < 0)
                return check_failure(gates, asked, r, report);
        if (plan.targets.n == 0)
                return check_unknown(gates, asked, report);
        for (size_t i = 0; r == 0 && i < plan.targets.n; i++)
                r = tn_gate_target_check(&around, &plan, &plan.targets.v[i], report);
        return r;
}
