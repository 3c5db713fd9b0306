/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "format/modprobe_conf.h"
#include "libkmod/context.h"
#include "libkmod/export.h"
#include "util/buf.h"

struct kmod_config_iter {
        const struct tn_config *config;
        enum tn_conf_kind kind;
        struct tn_config_iter at;
        const struct tn_conf_record *record; /* NULL: before the first, or behind the last */
        struct tn_buf text;
        const char *value; /* in text */
};

static struct kmod_config_iter *iter_new(const struct kmod_ctx *ctx, enum tn_conf_kind kind)
{
        struct kmod_config_iter *iter = ctx ? calloc(1, sizeof(*iter)) : NULL;

        if (!iter)
                return NULL;
        iter->config = ctx->world.config;
        iter->kind = kind;
        return iter;
}

/* All records of a kind. */
#define GETTER(name, kind)                                                                                   \
        KMOD_EXPORT struct kmod_config_iter *name(const struct kmod_ctx *ctx)                                \
        {                                                                                                    \
                return iter_new(ctx, kind);                                                                  \
        }

GETTER(kmod_config_get_blacklists, TN_CONF_BLACKLIST)
GETTER(kmod_config_get_install_commands, TN_CONF_INSTALL)
GETTER(kmod_config_get_remove_commands, TN_CONF_REMOVE)
GETTER(kmod_config_get_aliases, TN_CONF_ALIAS)
GETTER(kmod_config_get_options, TN_CONF_OPTIONS)
GETTER(kmod_config_get_softdeps, TN_CONF_SOFTDEP)
GETTER(kmod_config_get_weakdeps, TN_CONF_WEAKDEP)

KMOD_EXPORT bool kmod_config_iter_next(struct kmod_config_iter *iter)
{
        if (!iter)
                return false;
        if (!iter->record)
                iter->at = tn_config_each(iter->config, iter->kind);
        iter->record = tn_config_next(&iter->at);
        tn_buf_reset(&iter->text);
        if (iter->record)
                tn_modprobe_conf_format_value(iter->record, &iter->text);
        iter->value = tn_buf_str(&iter->text);
        return iter->record != NULL;
}

KMOD_EXPORT const char *kmod_config_iter_get_key(const struct kmod_config_iter *iter)
{
        return iter && iter->record ? iter->record->key.ptr : NULL;
}

KMOD_EXPORT const char *kmod_config_iter_get_value(const struct kmod_config_iter *iter)
{
        if (!iter || !iter->record || iter->kind == TN_CONF_BLACKLIST)
                return NULL;
        return iter->value;
}

KMOD_EXPORT void kmod_config_iter_free_iter(struct kmod_config_iter *iter)
{
        if (!iter)
                return;
        tn_buf_fini(&iter->text);
        free(iter);
}
