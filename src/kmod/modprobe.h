/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_MODPROBE_H
#define TN_KMOD_MODPROBE_H

#include <stdbool.h>

#include "cli/options.h"
#include "cli/tool.h"
#include "core/plan.h"
#include "core/world.h"
#include "kmod/envopts.h"

/* One run of modprobe: what its options said, and what it works with. */
struct modprobe {
        struct tn_tool tool;
        bool all;
        bool remove;
        bool show_alias;
        bool show_config;
        bool show_modversions;
        bool show_exports;
        bool list;
        bool kernel_call; /* as the kernel calls */
        bool dry_run;
        bool over;           /* a fatal message was said: nothing more is done */
        unsigned plan_flags; /* of tn_plan_flags */
        enum tn_plan_blacklist blacklist;
        unsigned init_flags;   /* of tn_kernel_init_flags */
        unsigned delete_flags; /* of tn_kernel_delete_flags */
        unsigned wait_ms;
        const char *list_dir;
        struct tn_option_list config_paths;
        struct tn_world world;
        struct tn_envopts env; /* arguments from the environment, and what commands inherit */
};

/*
 * What cannot be done ends the run with a fatal message. With -a it is a warning, and the run goes on, as it does when
 * nothing is to be said.
 */
static inline enum tn_log_level tn_modprobe_refusal(struct modprobe *mp)
{
        mp->over = !mp->all && !mp->tool.quiet;
        return mp->all ? TN_LOG_WARNING : TN_LOG_CRIT;
}

#define tn_modprobe_refuse(mp, ...) tn_log(&(mp)->tool.log, tn_modprobe_refusal(mp), __VA_ARGS__)

/* What was to be done with an operand. */
enum tn_modprobe_action {
        TN_MODPROBE_LOAD,
        TN_MODPROBE_REMOVE,
        TN_MODPROBE_LOOK_UP, /* -R */
        TN_MODPROBE_SHOW,    /* its symbols */
};

/*
 * What a lookup or a planner returned about an operand, told: nobody knows it (err is -ENOENT), or that cannot be known.
 * Returns err.
 */
int tn_modprobe_fail(struct modprobe *mp, enum tn_modprobe_action action, const char *operand, int err);

/* Explains a step for whose module there is no file. */
void tn_modprobe_explain_missing(struct modprobe *mp, const struct tn_plan *plan, const struct tn_step *step);

/* Loads the first operand with the others as its parameters, or prints what it stands for. 0 or -errno, told. */
int tn_modprobe_load(struct modprobe *mp, char **operands, int n);

/* Loads every operand. */
int tn_modprobe_load_all(struct modprobe *mp, char **operands, int n);

/* Removes every operand, until the run is over. */
int tn_modprobe_remove_all(struct modprobe *mp, char **operands, int n);

/* Prints the configuration, so that it can be read back, and the indexes. */
int tn_modprobe_show_config(struct modprobe *mp);

/* Prints the versions of the symbols that modules need, or those that they export. An operand is a name or a file. */
int tn_modprobe_show_symbols(struct modprobe *mp, char **operands, int n, bool exports);

/* Prints the paths of the module files that match a shell pattern; NULL: of all. */
int tn_modprobe_list(struct modprobe *mp, const char *pattern);

/*
 * Carries out a target of a plan, printing its steps where they are to be seen, or only prints them. As
 * tn_apply_target().
 */
int tn_modprobe_apply(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target,
                      const struct tn_step **ret_failed);

#endif
