/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "libkmod/export.h"
#include "libkmod/module.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* What a module remembers once it was asked; to its users it is constant all the same. */
static struct kmod_module *remembering(const struct kmod_module *mod)
{
        return (struct kmod_module *)(uintptr_t)mod;
}

KMOD_EXPORT const char *kmod_module_get_path(const struct kmod_module *mod)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        if (!mod)
                return NULL;
        if (!mod->path &&
            tn_catalog_find_path(tn_context_catalog(mod->ctx), tn_span_of(mod->name), &path) == 0)
                remembering(mod)->path = tn_buf_take(&path);
        return mod->path;
}

KMOD_EXPORT const char *kmod_module_get_options(const struct kmod_module *mod)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        if (!mod)
                return NULL;
        if (!mod->options) {
                tn_config_join_options(mod->ctx->world.config, mod->name, mod->alias, &text);
                if (text.len)
                        remembering(mod)->options = tn_buf_take(&text);
        }
        return mod->options;
}

static const char *command_of(const struct kmod_module *mod, enum tn_conf_kind kind)
{
        const struct tn_conf_record *record =
                mod ? tn_config_find(mod->ctx->world.config, kind, mod->name) : NULL;

        return record ? record->value.ptr : NULL;
}

KMOD_EXPORT const char *kmod_module_get_install_commands(const struct kmod_module *mod)
{
        return command_of(mod, TN_CONF_INSTALL);
}

KMOD_EXPORT const char *kmod_module_get_remove_commands(const struct kmod_module *mod)
{
        return command_of(mod, TN_CONF_REMOVE);
}

bool tn_module_is_builtin(const struct kmod_module *mod)
{
        if (mod->builtin == TN_MODULE_UNKNOWN)
                remembering(mod)->builtin =
                        !mod->from_path && tn_catalog_is_builtin(tn_context_catalog(mod->ctx),
                                                                 tn_span_of(mod->name))
                                ? TN_MODULE_BUILTIN
                                : TN_MODULE_LOADABLE;
        return mod->builtin == TN_MODULE_BUILTIN;
}
