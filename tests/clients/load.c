/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <libkmod.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/*
 * load NAME...: what tracers and load testers do with modules: loads each, looks at it, tries to unload what is in
 * use, and unloads all again from the last to the first. Prints what came out.
 */

static void quiet(void *data, int priority, const char *file, int line, const char *fn, const char *format,
                  va_list args)
{
}

static const char *outcome(int r)
{
        static char text[32];

        if (r < 0)
                return strerrorname_np(-r);
        snprintf(text, sizeof(text), "%#x", (unsigned int)r);
        return text;
}

static void show(struct kmod_module *mod)
{
        struct kmod_list *holders = kmod_module_get_holders(mod), *entry;
        int state = kmod_module_get_initstate(mod);

        printf("  state %s", state < 0 ? strerrorname_np(-state)
                                       : kmod_module_initstate_str((enum kmod_module_initstate)state));
        printf(", size %s", kmod_module_get_size(mod) > 0 ? "known" : "unknown");
        printf(", count %d, held by", kmod_module_get_refcnt(mod));
        kmod_list_foreach(entry, holders)
        {
                struct kmod_module *holder = kmod_module_get_module(entry);

                printf(" %s", kmod_module_get_name(holder));
                kmod_module_unref(holder);
        }
        printf("\n");
        kmod_module_unref_list(holders);
}

static void load(struct kmod_ctx *ctx, const char *name)
{
        struct kmod_list *list = NULL, *entry;
        int r = kmod_module_new_from_lookup(ctx, name, &list);

        printf("load %s: lookup %s\n", name, outcome(r));
        kmod_list_foreach(entry, list)
        {
                struct kmod_module *mod = kmod_module_get_module(entry);

                r = kmod_module_probe_insert_module(mod, KMOD_PROBE_APPLY_BLACKLIST, NULL, NULL, NULL, NULL);
                printf(" insert %s: %s\n", kmod_module_get_name(mod), outcome(r));
                show(mod);
                r = kmod_module_probe_insert_module(mod, KMOD_PROBE_FAIL_ON_LOADED, NULL, NULL, NULL, NULL);
                printf(" again: %s\n", outcome(r));
                kmod_module_unref(mod);
        }
        kmod_module_unref_list(list);
}

static void unload_dependencies(struct kmod_module *mod)
{
        struct kmod_list *list = kmod_module_get_dependencies(mod), *entry;

        kmod_list_foreach_reverse(entry, list)
        {
                struct kmod_module *dep = kmod_module_get_module(entry);

                printf(" remove %s: %s\n", kmod_module_get_name(dep),
                       outcome(kmod_module_remove_module(dep, 0)));
                kmod_module_unref(dep);
        }
        kmod_module_unref_list(list);
}

static void unload(struct kmod_ctx *ctx, const char *name)
{
        struct kmod_module *mod = NULL;

        if (kmod_module_new_from_name(ctx, name, &mod) < 0)
                return;
        printf("unload %s\n", name);
        unload_dependencies(mod); /* in use, so this fails */
        printf(" remove %s: %s\n", name, outcome(kmod_module_remove_module(mod, 0)));
        unload_dependencies(mod);
        show(mod);
        kmod_module_unref(mod);
}

int main(int argc, char **argv)
{
        struct kmod_ctx *ctx = kmod_new(NULL, NULL);

        if (!ctx || kmod_load_resources(ctx) < 0)
                return 1;
        kmod_set_log_fn(ctx, quiet, NULL);
        for (int i = 1; i < argc; i++)
                load(ctx, argv[i]);
        for (int i = argc - 1; i > 0; i--)
                unload(ctx, argv[i]);
        kmod_unref(ctx);
        return 0;
}
