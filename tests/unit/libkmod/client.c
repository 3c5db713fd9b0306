/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "client.h"
#include "util/cleanup.h"

static void hear(void *data, int priority, const char *file, int line, const char *fn, const char *format,
                 va_list args)
{
        struct tn_buf *said = data;

        assert_non_null(file);
        assert_true(line > 0);
        assert_true(format[strlen(format) - 1] == '\n');
        tn_buf_addf(said, "%d %s: ", priority, fn);
        tn_buf_vaddf(said, format, args);
}

void client_init(struct client *client, const char *deps, const char *aliases, const char *builtins,
                 const char *conf)
{
        _cleanup_(freep) char *path = NULL;
        const char *paths[] = { NULL, NULL };

        *client = (struct client){ .room = room_new(deps, aliases, builtins, conf) };
        path = tmpdir_path(&client->room.dir, "test.conf");
        paths[0] = path;
        client->ctx = kmod_new(client->room.dir.path, paths);
        assert_non_null(client->ctx);
        kmod_set_log_fn(client->ctx, hear, &client->said);
        kmod_set_log_priority(client->ctx, 7);
}

void client_fini(struct client *client)
{
        assert_null(kmod_unref(client->ctx));
        tn_buf_fini(&client->said);
        room_fini(&client->room);
}

struct kmod_module *client_name(struct client *client, const char *name)
{
        struct kmod_module *mod = NULL;

        assert_int_equal(kmod_module_new_from_name(client->ctx, name, &mod), 0);
        return mod;
}

struct kmod_module *client_lookup(struct client *client, const char *alias)
{
        struct kmod_list *list = NULL;
        struct kmod_module *mod;

        assert_int_equal(kmod_module_new_from_lookup(client->ctx, alias, &list), 0);
        assert_non_null(list);
        mod = kmod_module_get_module(list);
        kmod_module_unref_list(list);
        return mod;
}

void assert_modules(struct kmod_list *list, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct kmod_list *it;

        kmod_list_foreach(it, list)
        {
                struct kmod_module *mod = kmod_module_get_module(it);

                tn_buf_addf(&got, "%s ", kmod_module_get_name(mod));
                kmod_module_unref(mod);
        }
        kmod_module_unref_list(list);
        assert_string_equal(tn_buf_str(&got), expected);
}

void assert_said(struct client *client, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct span rest = tn_buf_span(&client->said), dir = tn_span_of(client->room.dir.path);

        while (rest.len) {
                bool here = tn_span_starts(rest, dir);

                tn_buf_add_span(&got, here ? SPAN("DIR") : tn_span_head(rest, 1));
                rest = tn_span_skip(rest, here ? dir.len : 1);
        }
        assert_string_equal(tn_buf_str(&got), expected);
        tn_buf_reset(&client->said);
}
