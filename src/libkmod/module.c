/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "format/modname.h"
#include "libkmod/export.h"
#include "libkmod/module.h"
#include "util/cleanup.h"
#include "util/file.h"

static void module_free(struct kmod_module *mod)
{
        free(mod->key);
        free(mod->name);
        free(mod->alias);
        free(mod->path);
        free(mod->options);
        free(mod);
}

static void module_freep(struct kmod_module **mod)
{
        if (*mod)
                module_free(*mod);
}

static char *key_of(const struct tn_match *match)
{
        struct tn_buf key = { 0 };

        tn_buf_add_str(&key, match->name);
        if (match->alias) {
                tn_buf_add_char(&key, '\\');
                tn_buf_add_str(&key, match->alias);
        }
        return tn_buf_take(&key);
}

static int set_path(struct kmod_module *mod, const char *path)
{
        mod->path = strdup(path);
        if (!mod->path)
                return -ENOMEM;
        mod->from_path = true;
        return 0;
}

static int module_new(struct kmod_ctx *ctx, const struct tn_match *match, const char *key,
                      struct kmod_module **ret_mod)
{
        _cleanup_(module_freep) struct kmod_module *mod = calloc(1, sizeof(*mod));
        int r;

        if (!mod)
                return -ENOMEM;
        mod->key = strdup(key);
        mod->name = strdup(match->name);
        mod->alias = match->alias ? strdup(match->alias) : NULL;
        if (!mod->key || !mod->name || (match->alias && !mod->alias))
                return -ENOMEM;
        r = tn_map_add(&ctx->modules, tn_span_of(mod->key), mod);
        if (r < 0)
                return r;
        mod->ctx = kmod_ref(ctx);
        mod->refs = 1;
        *ret_mod = TAKE(mod);
        return 0;
}

int tn_module_get(struct kmod_ctx *ctx, const struct tn_match *match, struct kmod_module **ret_mod)
{
        _cleanup_(tn_module_unrefp) struct kmod_module *mod = NULL;
        _cleanup_(freep) char *key = key_of(match);
        int r = key ? 0 : -ENOMEM;

        if (r == 0)
                mod = kmod_module_ref(tn_map_find(&ctx->modules, tn_span_of(key)));
        if (r == 0 && !mod)
                r = module_new(ctx, match, key, &mod);
        if (r == 0 && match->path && !mod->path)
                r = set_path(mod, match->path);
        if (r < 0)
                return r;
        *ret_mod = TAKE(mod);
        return 0;
}

int tn_module_add(struct kmod_ctx *ctx, const struct tn_match *match, struct kmod_list **list)
{
        _cleanup_(tn_module_unrefp) struct kmod_module *mod = NULL;
        int r = tn_module_get(ctx, match, &mod);

        if (r == 0)
                r = tn_node_add(list, mod);
        if (r < 0)
                return r;
        mod = NULL;
        return 0;
}

int tn_module_add_all(struct kmod_ctx *ctx, const struct tn_matches *matches, struct kmod_list **list)
{
        _cleanup_(tn_module_unref_listp) struct kmod_list *made = NULL;
        int r = 0;

        for (size_t i = 0; r == 0 && i < matches->n; i++)
                r = tn_module_add(ctx, &matches->v[i], &made);
        if (r < 0)
                return r;
        *list = TAKE(made);
        return 0;
}

struct tn_match tn_module_match(const struct kmod_module *mod)
{
        return (struct tn_match){
                .name = mod->name,
                .alias = mod->alias,
                .path = mod->from_path ? mod->path : NULL,
                .rule = mod->from_path ? TN_RULE_PATH
                        : mod->alias   ? TN_RULE_ALIAS
                                       : TN_RULE_NAME,
        };
}

KMOD_EXPORT int kmod_module_new_from_name(struct kmod_ctx *ctx, const char *name, struct kmod_module **mod)
{
        _cleanup_(tn_buf_fini) struct tn_buf normal = { 0 };
        struct tn_match match = { .rule = TN_RULE_NAME };

        if (!ctx || !name || !mod)
                return -ENOENT;
        tn_modname_from_text(tn_span_of(name), &normal);
        match.name = tn_buf_str(&normal);
        return match.name ? tn_module_get(ctx, &match, mod) : tn_buf_error(&normal);
}

/* A name and an absolute path of an existing file. */
static int describe_file(const char *path, struct tn_buf *name, struct tn_buf *absolute)
{
        struct stat st;
        int r;

        if (stat(path, &st) < 0)
                return -errno;
        tn_modname_from_path(tn_span_of(path), name);
        r = tn_file_absolute(path, absolute);
        if (r < 0 || !tn_buf_str(name) || !tn_buf_str(absolute))
                return r < 0 ? r : -ENOMEM;
        return name->len ? 0 : -ENOENT;
}

/* One file may have several paths: two slashes, a link on the way. */
static bool is_same_file(const char *one, const char *other)
{
        struct stat a, b;

        if (strcmp(one, other) == 0)
                return true;
        return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

KMOD_EXPORT int kmod_module_new_from_path(struct kmod_ctx *ctx, const char *path, struct kmod_module **mod)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 }, absolute = { 0 };
        _cleanup_(tn_module_unrefp) struct kmod_module *made = NULL;
        struct tn_match match = { .rule = TN_RULE_PATH };
        int r;

        if (!ctx || !path || !mod)
                return -ENOENT;
        r = describe_file(path, &name, &absolute);
        if (r < 0)
                return r;
        match.name = name.ptr;
        match.path = absolute.ptr;
        r = tn_module_get(ctx, &match, &made);
        if (r < 0)
                return r;
        if (!is_same_file(made->path, match.path)) {
                say_error(
                        ctx,
                        "kmod_module '%s' already exists with different path: new-path='%s' old-path='%s'\n",
                        made->name, match.path, made->path);
                return -EEXIST;
        }
        *mod = TAKE(made);
        return 0;
}

KMOD_EXPORT struct kmod_module *kmod_module_ref(struct kmod_module *mod)
{
        if (mod)
                mod->refs++;
        return mod;
}

KMOD_EXPORT struct kmod_module *kmod_module_unref(struct kmod_module *mod)
{
        struct kmod_ctx *ctx;

        if (!mod || --mod->refs > 0)
                return mod;
        ctx = mod->ctx;
        tn_map_del(&ctx->modules, tn_span_of(mod->key));
        module_free(mod);
        kmod_unref(ctx);
        return NULL;
}

static void unref(void *data)
{
        kmod_module_unref(data);
}

KMOD_EXPORT int kmod_module_unref_list(struct kmod_list *list)
{
        tn_node_free(list, unref);
        return 0;
}

KMOD_EXPORT struct kmod_module *kmod_module_get_module(const struct kmod_list *entry)
{
        return entry ? kmod_module_ref(entry->data) : NULL;
}

KMOD_EXPORT const char *kmod_module_get_name(const struct kmod_module *mod)
{
        return mod ? mod->name : NULL;
}
