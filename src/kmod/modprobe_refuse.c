/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "cli/explain.h"
#include "core/detect_plan.h"
#include "format/modname.h"
#include "kmod/modprobe_refuse.h"
#include "util/brief.h"
#include "util/cleanup.h"

/* A text with a bracket that has no partner stands for nothing, as one that nobody knows. */
static bool is_unknown(const char *operand, int err)
{
        _cleanup_(tn_buf_fini) struct tn_buf alias = { 0 };

        return err == -ENOENT ||
               (err == -EINVAL && tn_modname_from_alias(tn_span_of(operand), &alias) == -EINVAL);
}

static void add_reason(const struct modprobe *mp, int err, const char *culprit, struct tn_buf *out)
{
        const char *index = tn_catalog_blame(mp->world.catalog, err);

        if (err == -ENOMEM)
                tn_buf_add_str(out, "out of memory");
        else if (err == -EMLINK && culprit)
                tn_buf_addf(out, "the softdep chain of %s is longer than 1000 modules", culprit);
        else if (culprit)
                tn_buf_addf(out, "the state of %s cannot be read: %s", culprit, strerror(-err));
        else if (index && err == -EINVAL)
                tn_buf_addf(out, "%s is corrupt", index);
        else if (index)
                tn_buf_addf(out, "%s: %s", index, strerror(-err));
        else if (err == -EFBIG)
                tn_buf_add_str(out, "modules.dep names too many dependencies");
        else
                tn_buf_add_str(out, strerror(-err));
}

static const struct {
        const char *cannot; /* "could not ... 'X'" */
        bool names_dir;     /* where it was looked for, as kmod has it */
        bool explained;
} actions[] = {
        [TN_MODPROBE_LOAD] = { "plan to load", true, true },
        [TN_MODPROBE_RESOLVE] = { "look up", true, true },
        [TN_MODPROBE_REMOVE] = { "plan to remove", false, false },
        [TN_MODPROBE_EXPORTS] = { "look up", false, true },
        [TN_MODPROBE_MODVERSIONS] = { "look up", false, true },
};

static const struct tn_evidence_tool me = { "modprobe", "-d", "-S", "modprobe -a" };

/* To be removed, a name must be that of a loaded module. */
static void explain_not_loaded(struct modprobe *mp, const char *operand)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        if (tn_explain_no_support(&mp->tool) || tn_modname_from_alias(tn_span_of(operand), &name) < 0)
                return;
        if (tn_buf_str(&name))
                tn_explain_removal(&mp->tool, name.ptr, -ENOENT, mp->world.catalog);
}

static void not_found(struct modprobe *mp, const char *operand)
{
        if (actions[mp->action].names_dir)
                tn_modprobe_refuse(mp, -ENOENT, "Module %s not found in directory %s", TN_BRIEF_STR(operand),
                                   tn_catalog_dir(mp->world.catalog));
        else
                tn_modprobe_refuse(mp, -ENOENT, "Module %s not found.", TN_BRIEF_STR(operand));
        if (actions[mp->action].explained)
                tn_explain_name(&mp->tool,
                                &(struct tn_evidence_name_from){
                                        .asked = operand,
                                        .catalog = mp->world.catalog,
                                        .has_config = !mp->world.config_paths && !tn_world_root(&mp->world),
                                        .tool = &me,
                                });
        if (mp->action == TN_MODPROBE_REMOVE)
                explain_not_loaded(mp, operand);
}

int tn_modprobe_refuse_operand(struct modprobe *mp, const char *operand, int err, const char *culprit)
{
        _cleanup_(tn_buf_fini) struct tn_buf reason = { 0 };

        if (is_unknown(operand, err)) {
                not_found(mp, operand);
                return -ENOENT;
        }
        add_reason(mp, err, culprit, &reason);
        tn_modprobe_refuse(mp, err, "could not %s '%s': %s", actions[mp->action].cannot, operand,
                           tn_buf_str(&reason) ? reason.ptr : strerror(-err));
        if (!culprit)
                tn_explain_index(&mp->tool, mp->world.catalog, err);
        return err;
}

void tn_modprobe_explain_missing(struct modprobe *mp, const struct tn_plan *plan, const struct tn_step *step)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };

        if (tn_explain_wanted(&mp->tool) &&
            tn_detect_missing(plan, step, tn_catalog_dir(mp->world.catalog), &findings) == 0)
                tn_explain_findings(&mp->tool, &findings);
}

/* Whose path was not given, but found. */
static bool is_indexed(const struct tn_step *step)
{
        return step->path && step->causes[0].match.rule != TN_RULE_PATH;
}

void tn_modprobe_explain_twins(struct modprobe *mp, const struct tn_step *step)
{
        if (is_indexed(step))
                tn_explain_twins(&mp->tool, mp->world.catalog, step->name, step->path);
}

void tn_modprobe_explain_answer(struct modprobe *mp, const struct tn_step *step, int err, const char *target)
{
        const struct tn_evidence_load load = {
                .err = err,
                .name = step->name,
                .path = step->path,
                .options = step->options,
                .option = step->option,
                .n_options = step->n_options,
                .catalog = mp->world.catalog,
                .log_fd = mp->log_fd,
                .is_indexed = is_indexed(step),
                .before = mp->before,
        };

        tn_explain_load(&mp->tool, &load, target);
}
