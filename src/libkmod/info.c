/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "core/info.h"
#include "libkmod/export.h"
#include "libkmod/module.h"
#include "util/cleanup.h"

struct info {
        const char *value; /* behind the key */
        char key[];
};

static int add_info(const struct tn_modinfo *entry, struct kmod_list **list)
{
        _cleanup_(freep) struct info *info = malloc(sizeof(*info) + entry->key.len + entry->value.len + 2);
        char *value;
        int r;

        if (!info)
                return -ENOMEM;
        memcpy(info->key, entry->key.ptr, entry->key.len);
        info->key[entry->key.len] = '\0';
        value = info->key + entry->key.len + 1;
        memcpy(value, entry->value.ptr, entry->value.len);
        value[entry->value.len] = '\0';
        info->value = value;
        r = tn_node_add(list, info);
        if (r == 0)
                info = NULL;
        return r;
}

static int load(const struct kmod_module *mod, struct tn_info *ret_info)
{
        const char *path;

        if (tn_module_is_builtin(mod))
                return tn_info_load_builtin(tn_catalog_where(mod->ctx->world.catalog), tn_span_of(mod->name),
                                            ret_info);
        path = kmod_module_get_path(mod);
        return path ? tn_info_load(AT_FDCWD, path, ret_info) : -ENOENT;
}

KMOD_EXPORT int kmod_module_get_info(const struct kmod_module *mod, struct kmod_list **list)
{
        _cleanup_(tn_info_fini) struct tn_info info = { 0 };
        _cleanup_(tn_node_freep) struct kmod_list *made = NULL;
        const struct tn_modinfo *it;
        int r;

        if (!mod || !list)
                return -ENOENT;
        if (*list)
                return -EINVAL;
        r = load(mod, &info);
        if (r < 0)
                return r;
        tn_vec_each (it, &info.entries)
                if (add_info(it, &made) < 0)
                        return -ENOMEM;
        *list = TAKE(made);
        return (int)info.entries.n;
}

KMOD_EXPORT const char *kmod_module_info_get_key(const struct kmod_list *entry)
{
        const struct info *info = entry ? entry->data : NULL;

        return info ? info->key : NULL;
}

KMOD_EXPORT const char *kmod_module_info_get_value(const struct kmod_list *entry)
{
        const struct info *info = entry ? entry->data : NULL;

        return info ? info->value : NULL;
}

KMOD_EXPORT void kmod_module_info_free_list(struct kmod_list *list)
{
        tn_node_free(list, free);
}
