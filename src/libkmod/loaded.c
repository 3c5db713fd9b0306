/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "format/modname.h"
#include "format/procmod.h"
#include "kernel/kernel.h"
#include "libkmod/export.h"
#include "libkmod/module.h"
#include "util/cleanup.h"

KMOD_EXPORT const char *kmod_module_initstate_str(enum kmod_module_initstate state)
{
        static const char *const names[] = {
                [KMOD_MODULE_BUILTIN] = "builtin",
                [KMOD_MODULE_LIVE] = "live",
                [KMOD_MODULE_COMING] = "coming",
                [KMOD_MODULE_GOING] = "going",
        };

        return state < ARRAY_SIZE(names) ? names[state] : NULL;
}

/* 0, or why the kernel is not to be asked. */
static int askable(const struct kmod_module *mod)
{
        return mod && tn_modname_is_sane(tn_span_of(mod->name)) ? 0 : -ENOENT;
}

KMOD_EXPORT int kmod_module_get_initstate(const struct kmod_module *mod)
{
        enum tn_kernel_state state;
        int r = askable(mod);

        if (r < 0)
                return r;
        if (tn_module_is_builtin(mod))
                return KMOD_MODULE_BUILTIN;
        r = tn_kernel_module_state(mod->name, &state);
        if (r < 0)
                return r;
        switch (state) {
        case TN_KERNEL_LIVE: return KMOD_MODULE_LIVE;
        case TN_KERNEL_COMING: return KMOD_MODULE_COMING;
        case TN_KERNEL_GOING: return KMOD_MODULE_GOING;
        case TN_KERNEL_ABSENT: break;
        }
        return -ENOENT;
}

/* The answer to a question about a module, or -errno; -ERANGE for one that is over max. */
static long ask(const struct kmod_module *mod, int (*question)(const char *name, int64_t *ret_num), long max)
{
        int64_t num;
        int r = askable(mod);

        if (r == 0)
                r = question(mod->name, &num);
        if (r < 0)
                return r;
        return num > max || num < -max ? -ERANGE : (long)num;
}

KMOD_EXPORT int kmod_module_get_refcnt(const struct kmod_module *mod)
{
        return (int)ask(mod, tn_kernel_module_refcnt, INT_MAX);
}

/* What /proc/modules says. */
static int listed_size(const char *name, uint64_t *ret_size)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_procmod loaded;
        int r = tn_kernel_modules(&text);

        if (r < 0)
                return r;
        if (!tn_procmod_find(tn_buf_span(&text), tn_span_of(name), &loaded))
                return -ENOENT;
        *ret_size = loaded.size;
        return 0;
}

/* Kernels before 3.3 have the module in /sys and not its size there. */
static int size_of(const char *name, int64_t *ret_size)
{
        enum tn_kernel_state state;
        uint64_t size;
        int r = tn_kernel_module_size(name, &size);

        if (r == -ENOENT && tn_kernel_module_state(name, &state) == 0 && state != TN_KERNEL_ABSENT)
                r = listed_size(name, &size);
        if (r < 0 || size > INT64_MAX)
                return r < 0 ? r : -ERANGE;
        *ret_size = (int64_t)size;
        return 0;
}

KMOD_EXPORT long kmod_module_get_size(const struct kmod_module *mod)
{
        return ask(mod, size_of, LONG_MAX);
}

static int add_holders(struct kmod_ctx *ctx, struct span names, struct kmod_list **list)
{
        struct span name;
        int r = 0;

        while (r == 0 && tn_span_split(&names, '\0', &name))
                r = tn_module_add(ctx, &(struct tn_match){ .name = name.ptr }, list);
        return r;
}

KMOD_EXPORT struct kmod_list *kmod_module_get_holders(const struct kmod_module *mod)
{
        _cleanup_(tn_module_unref_listp) struct kmod_list *list = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        int r = askable(mod);

        if (r < 0)
                return NULL;
        r = tn_kernel_module_holders(mod->name, &names);
        if (r < 0)
                say_error(mod->ctx, "could not open '/sys/module/%s/holders': %s\n", mod->name, strerror(-r));
        if (r == 0)
                r = add_holders(mod->ctx, tn_buf_span(&names), &list);
        return r < 0 ? NULL : TAKE(list);
}
