/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "libkmod.h"
#include "libkmod/export.h"

/*
 * Releases 30 to 32 of kmod had this function among those of LIBKMOD_5, later ones in LIBKMOD_30. Programs that were
 * linked in that time ask for the first. Only in the shared library.
 */
#define COMPAT_NAME "kmod_module_new_from_name_lookup@LIBKMOD_5"

#if defined(__has_attribute) && __has_attribute(symver)
#define COMPAT_VERSION __attribute__((symver(COMPAT_NAME)))
#else
#define COMPAT_VERSION
__asm__(".symver tn_compat_name_lookup, " COMPAT_NAME);
#endif

KMOD_EXPORT COMPAT_VERSION int tn_compat_name_lookup(struct kmod_ctx *ctx, const char *modname,
                                                     struct kmod_module **mod);

int tn_compat_name_lookup(struct kmod_ctx *ctx, const char *modname, struct kmod_module **mod)
{
        return kmod_module_new_from_name_lookup(ctx, modname, mod);
}
