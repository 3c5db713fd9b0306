/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/insert.h"
#include "format/modname.h"
#include "kernel/kernel.h"
#include "libkmod/export.h"
#include "libkmod/module.h"

KMOD_EXPORT int kmod_module_insert_module(struct kmod_module *mod, unsigned int flags, const char *options)
{
        unsigned init_flags = (flags & KMOD_INSERT_FORCE_VERMAGIC ? TN_KERNEL_IGNORE_VERMAGIC : 0) |
                              (flags & KMOD_INSERT_FORCE_MODVERSION ? TN_KERNEL_IGNORE_MODVERSIONS : 0);
        const char *path = kmod_module_get_path(mod);

        if (!mod)
                return -ENOENT;
        if (!path) {
                say_error(mod->ctx, "could not find module by name='%s'\n", mod->name);
                return -ENOENT;
        }
        return tn_insert_file(path, options ? options : "", init_flags);
}

KMOD_EXPORT int kmod_module_remove_module(struct kmod_module *mod, unsigned int flags)
{
        unsigned delete_flags = TN_KERNEL_NOWAIT | (flags & KMOD_REMOVE_FORCE ? TN_KERNEL_FORCE : 0);
        int r;

        if (!mod)
                return -ENOENT;
        r = tn_modname_is_sane(tn_span_of(mod->name)) ? tn_kernel_delete(mod->name, delete_flags) : -ENOENT;
        if (r < 0 && !(flags & KMOD_REMOVE_NOLOG))
                say_error(mod->ctx, "could not remove '%s': %s\n", mod->name, strerror(-r));
        return r;
}
