/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_FAKE_KERNEL_H
#define TN_TESTS_FAKE_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/kernel.h"
#include "util/span.h"

/*
 * A kernel made of a table, linked in the place of the real one: the functions of kernel/kernel.h work on it.
 * Loading a module adds a row, with the base name of the file as its name; deleting takes it away and lets go of
 * what it held.
 */
struct fake_module {
        char name[64];
        int64_t refcnt;    /* its holders, plus what the test adds */
        char holders[256]; /* "a b " */
        bool coming;
        int state_err; /* what asking for its state fails with, or 0 */
};

/* Back to nothing loaded, no command line, no blacklist, no failures, an empty journal. */
void fake_kernel_reset(void);

/* A module that is there from the start; holders "a b" must be there as well to be believable. */
void fake_kernel_add(const char *name, int64_t refcnt, const char *holders);

struct fake_module *fake_kernel_find(const char *name);

/* The next load or removal of that module fails with err, once. */
void fake_kernel_fail(const char *name, int err);

/* The next n removals of that module find it in use, whatever its count says. */
void fake_kernel_busy(const char *name, unsigned n);

void fake_kernel_set_cmdline(const char *text);
void fake_kernel_set_blacklist(const char *names);
void fake_kernel_set_keys(const char *text);
void fake_kernel_set_compression(const char *name);

/* What it lets be done; back to everything with the next reset. */
void fake_kernel_set_policy(const struct tn_kernel_policy *policy);

/* How many bytes of memory it has; half of it could be made free. */
#define FAKE_MEMORY ((uint64_t)1 << 30)

/* A line of the kernel's log, which everybody finds who has it opened; and that it may not be read. */
void fake_kernel_log(const char *text);
void fake_kernel_close_log(void);

/* The lines that were added to it. */
const char *fake_kernel_written(void);

/* A symbol that the kernel exports. */
void fake_kernel_export(const char *symbol);

/* The one user of modules that tn_kernel_each_user() finds; its strings are borrowed. */
void fake_kernel_set_user(const struct tn_kernel_user *user);

/* Whether all but the first section of a module cannot be read. */
void fake_kernel_hide_sections(bool hidden);

/* The bytes of the last image that came by init_module, borrowed until the next. */
struct span fake_kernel_image(void);

/* All calls that change something, one a line: "finit fat '' 0", "init fat 'a=1'", "delete fat 2048". */
const char *fake_kernel_journal(void);

#endif
