/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_APPLY_H
#define TN_CORE_APPLY_H

#include "core/command.h"
#include "core/plan.h"

/* How a plan is carried out. Each function may be NULL. */
struct tn_apply {
        /*
         * Called before each step that does something, or would if there were such a module; a step that turns out to
         * be done already is not told.
         */
        void (*before)(void *data, const struct tn_step *step);
        /* Called after the kernel has taken a module from us: r is 0; or -EEXIST when it says that it has the module. */
        void (*inserted)(void *data, const struct tn_step *step, int r);
        /* Called before a command starts: what the caller has printed so far must come out before what that prints. */
        void (*flush)(void *data);
        /* Runs a command in the place of tn_command_run, returning the same. */
        int (*run)(void *data, const struct tn_command *cmd, struct tn_command_end *ret_end);
        /*
         * Called after a command that failed, also in a step that is not required. Returns 0, or -errno to end the
         * target with that step in any case.
         */
        int (*command_failed)(void *data, const struct tn_step *step, const struct tn_command_end *end);
        void *data;
        /* Whose root the module files are in, if it has one; NULL: they are opened by their paths. */
        const struct tn_catalog *catalog;
        const char *underway;           /* the same as in the plan's request */
        const char *const *command_env; /* more for the environment of commands, see core/command.h */
        unsigned init_flags;            /* of tn_kernel_init_flags */
        unsigned delete_flags;          /* of tn_kernel_delete_flags */
        unsigned wait_ms;               /* how long a module in use is waited for */
        enum tn_kernel_state
                *ret_state; /* that of a module right before it was given to the kernel; or NULL */
        bool first_time;    /* that the module asked for appeared meanwhile is a failure */
        bool ignore_loaded; /* give it to the kernel though it is loaded; what that says still counts */
};

/*
 * Carries out the steps of one target. What may have changed since the plan was made is asked again before each
 * step. What is left out is passed over, and a step that is not required may fail. Returns 0, or the -errno of the
 * first required step that failed, and that step in *ret_failed (borrowed from the plan): -ENOENT for a missing module
 * or one that is to be loaded though it is built in, -EINVAL for a command that failed, -EAGAIN for a module that is
 * still in use after wait_ms, the kernel's own otherwise.
 */
int tn_apply_target(const struct tn_apply *apply, const struct tn_plan *plan, const struct tn_target *target,
                    const struct tn_step **ret_failed);

#endif
