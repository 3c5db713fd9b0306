/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/explain.h"
#include "cli/operand.h"
#include "kmod/modprobe_apply.h"
#include "kmod/modprobe_refuse.h"
#include "kmod/modprobe_remove.h"
#include "util/cleanup.h"

static int remove_target(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target)
{
        static const char *const refusals[] = {
                [TN_VERDICT_NOT_LOADED] = "is not in kernel.",
                [TN_VERDICT_BUILTIN] = "is builtin.",
                [TN_VERDICT_IN_USE] = "is in use.",
        };
        const struct tn_step *failed = NULL;
        int r;

        if (mp->dry_run && target->verdict != TN_VERDICT_GO)
                tn_modprobe_show_plan(mp, plan, target);
        if (target->verdict == TN_VERDICT_ABSENT) {
                tn_explain_no_support(&mp->tool);
                return 0;
        }
        if (target->verdict != TN_VERDICT_GO) {
                r = tn_modprobe_refuse(mp, -EINVAL, "Module %s %s", target->kept, refusals[target->verdict]);
                if (target->verdict == TN_VERDICT_IN_USE)
                        tn_explain_removal(&mp->tool, target->kept, -EAGAIN, mp->world.catalog);
                return r;
        }
        r = tn_modprobe_apply(mp, plan, target, &failed);
        if (r < 0 && !tn_step_removes(failed)) {
                tn_tool_error(&mp->tool, "could not remove '%s': %s", failed->name, strerror(-r));
                tn_explain_removal(&mp->tool, failed->name, r, mp->world.catalog);
        }
        return r;
}

/* A path need not lead to a file as long as its module is in the kernel; without both it is none. */
static bool is_nothing(const char *path, const struct tn_plan *plan)
{
        struct stat st;

        if (plan->targets.n == 0)
                return true;
        if (!path || (plan->targets.v[0].verdict != TN_VERDICT_ABSENT &&
                      plan->targets.v[0].verdict != TN_VERDICT_NOT_LOADED))
                return false;
        return stat(path, &st) < 0 || !S_ISREG(st.st_mode);
}

static int remove_operand(struct modprobe *mp, const char *operand)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };
        const char *path = tn_operand_is_path(operand) ? operand : NULL;
        const struct tn_plan_request req = tn_modprobe_request(mp, operand, path, &live);
        int r = tn_plan_remove(&req, &plan);

        if (r == 0 && is_nothing(path, &plan))
                r = -ENOENT;
        if (r < 0)
                return tn_modprobe_refuse_operand(mp, operand, r, plan.culprit);
        for (size_t i = 0; r == 0 && i < plan.targets.n; i++)
                r = remove_target(mp, &plan, &plan.targets.v[i]);
        return r;
}

int tn_modprobe_remove(struct modprobe *mp, char **operands, int n)
{
        return tn_modprobe_each(mp, operands, n, remove_operand);
}
