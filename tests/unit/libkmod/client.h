/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_UNIT_LIBKMOD_CLIENT_H
#define TN_TESTS_UNIT_LIBKMOD_CLIENT_H

#include "libkmod.h"
#include "util/buf.h"
#include "room.h"

/* A client of the library: a room, a context on it, and what was logged: "LEVEL FUNCTION: TEXT\n" each. */
struct client {
        struct room room;
        struct kmod_ctx *ctx;
        struct tn_buf said;
};

/* The room as room_new() makes it. Messages are heard up to debug. The address must not change. */
void client_init(struct client *client, const char *deps, const char *aliases, const char *builtins,
                 const char *conf);
void client_fini(struct client *client);

/* A module by its name, and the first that a lookup finds; the caller has the reference. */
struct kmod_module *client_name(struct client *client, const char *name);
struct kmod_module *client_lookup(struct client *client, const char *alias);

/* The names of a list's modules, a blank behind each, which frees the list. */
void assert_modules(struct kmod_list *list, const char *expected);

/* What was said so far, with DIR for the room's directory; then it is forgotten. */
void assert_said(struct client *client, const char *expected);

#endif
