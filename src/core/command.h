/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_COMMAND_H
#define TN_CORE_COMMAND_H

#include <stdbool.h>

/* An install or remove command of the configuration. */
struct tn_command {
        const char *text; /* as configured */
        const char *module;
        const char *options; /* for $CMDLINE_OPTS, see format/cmdopts.h; NULL for none */
        const char
                *underway; /* the chain of core/underway.h that we ourselves were started in; NULL for none */
        const char *const
                *env; /* more for its environment, "NAME=value", NULL at the end; NULL for nothing */
        bool remove;
};

/* How it ended. All zero: well. */
struct tn_command_end {
        int status; /* what the shell exited with, 128 + N if signal N killed it; 127 when there is no shell */
        int err;    /* or -errno: it was not run, or how it ended cannot be known */
};

/*
 * Runs it by /bin/sh and waits. In its environment, and nowhere else, MODPROBE_MODULE is the module's name. The
 * process' signal handling is left as it is; the command starts with SIGCHLD and SIGPIPE as by default. Commands that
 * do nothing (format/noop.h) are answered without a process. Returns 0 with *ret_end, whose
 * err is -EPERM when our own environment comes from somebody with less power than we have (AT_SECURE), for then no
 * command is run; -ENOMEM.
 */
int tn_command_run(const struct tn_command *cmd, struct tn_command_end *ret_end);

#endif
