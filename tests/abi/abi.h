/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_ABI_H
#define TN_TESTS_ABI_H

#include <errno.h>
#include <libkmod.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <syslog.h>

#include "check.h"

/*
 * For the programs that test the installed library. They run in a room (tests/lib/room.py) with the tree of
 * tests/roots/abi.sh at /lib/modules/$(uname -r); abi.py writes what is in /etc/modprobe.d, /proc and /sys there.
 */

/* Libraries older than LIBKMOD_33 have not these two; a test that needs them shows nothing there. */
extern struct kmod_config_iter *kmod_config_get_weakdeps(const struct kmod_ctx *) __attribute__((weak));
extern int kmod_module_get_weakdeps(const struct kmod_module *, struct kmod_list **) __attribute__((weak));
#define NEEDS(function)                                                                                      \
        do {                                                                                                 \
                if (!(function))                                                                             \
                        return;                                                                              \
        } while (0)

/* The running kernel's module directory, and no configuration or that of the room. Fails the test if it cannot. */
struct kmod_ctx *plain(void);
struct kmod_ctx *configured(void);

struct kmod_module *by_name(struct kmod_ctx *ctx, const char *name);

/* The names in a list of modules, one blank between; in memory that the next call takes. The second frees the list. */
const char *names(struct kmod_list *list);
const char *names_of(struct kmod_list *list);

/* What a text stands for. */
const char *lookup(struct kmod_ctx *ctx, const char *text);

/* What the library has said since: the texts, one after the other, and the last priority. */
struct said {
        char text[4096];
        int priority;
};

void listen_to(struct kmod_ctx *ctx, struct said *said);

/* From now on this is what the kernel answers to loading and unloading: an errno, or 0. */
void kernel_answers(int insert, int remove);

#endif
