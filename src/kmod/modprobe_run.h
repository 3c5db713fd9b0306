/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_MODPROBE_RUN_H
#define TN_KMOD_MODPROBE_RUN_H

#include <stdbool.h>

#include "cli/options.h"
#include "cli/tool.h"
#include "core/plan.h"
#include "core/world.h"
#include "kmod/envopts.h"

/* What a run of modprobe does. Of several that are asked for, the last of this list is done. */
enum tn_modprobe_action {
        TN_MODPROBE_LOAD,
        TN_MODPROBE_RESOLVE, /* print the modules that a name stands for */
        TN_MODPROBE_REMOVE,
        TN_MODPROBE_LIST,        /* print the paths of modules */
        TN_MODPROBE_EXPORTS,     /* print the symbols that modules export */
        TN_MODPROBE_MODVERSIONS, /* print the versions of the symbols that modules need */
        TN_MODPROBE_CONFIG,      /* print the configuration and the indexes */
};

/* One run of modprobe: what its options said, and what it works with. */
struct modprobe {
        struct tn_tool tool;
        enum tn_modprobe_action action;
        bool all;         /* every operand is a module, and a refusal does not end the run */
        bool kernel_call; /* called as the kernel does: -q, directly followed by "--" */
        bool dry_run;
        bool over;           /* after a fatal message: nothing more is done */
        unsigned plan_flags; /* of tn_plan_flags */
        enum tn_plan_blacklist blacklist;
        unsigned init_flags;   /* of tn_kernel_init_flags */
        unsigned delete_flags; /* of tn_kernel_delete_flags */
        unsigned wait_ms;
        const char *list_dir;
        struct tn_option_list config_paths;
        struct tn_option_list spared; /* modules that are loaded though the policy denies them, normalised */
        struct tn_arena arena;        /* their names */
        struct tn_world world;
        enum tn_kernel_state
                before; /* the state of the module that was last given to the kernel, before that */
        int log_fd;     /* of tn_explain_open_log(), from before the first load; -EBADF: not tried yet */
        struct tn_envopts env; /* arguments from the environment, and what commands inherit */
        const char *underway;  /* the modules whose commands have called us, see core/underway.h; or NULL */
};

/*
 * Reports what cannot be done. It ends the run with a fatal message; with -a it is a warning, and the run goes on, as it
 * does with -q. Returns err.
 */
int tn_modprobe_refuse(struct modprobe *mp, int err, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

/* Calls one() for each operand, until the run is over. Returns 0 or the last failure. */
int tn_modprobe_each(struct modprobe *mp, char **operands, int n,
                     int (*one)(struct modprobe *mp, const char *operand));

/* What is to be planned for an operand, or for the file at path unless that is NULL. Borrows all that it is given. */
struct tn_plan_request tn_modprobe_request(const struct modprobe *mp, const char *operand, const char *path,
                                           struct tn_live *live);

#endif
