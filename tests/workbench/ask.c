/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <libkmod.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/*
 * ask TEXT: what udev's builtin "kmod load TEXT" would do, with the library's own dry run: a line for each step, as
 * modprobe -n has it, and "= RESULT" behind each module; "= nothing" when nothing has that name.
 */

static void print(struct kmod_module *mod, bool install, const char *options)
{
        const char *path = kmod_module_get_path(mod);

        if (install)
                printf("install %s %s\n", kmod_module_get_install_commands(mod), options ? options : "");
        else if (path)
                printf("insmod %s %s\n", path, options ? options : "");
}

static void load(struct kmod_module *mod)
{
        int state = kmod_module_get_initstate(mod);

        if (state == KMOD_MODULE_BUILTIN || state == KMOD_MODULE_LIVE)
                printf("= present\n");
        else
                printf("= %d\n",
                       kmod_module_probe_insert_module(mod, KMOD_PROBE_APPLY_BLACKLIST | KMOD_PROBE_DRY_RUN,
                                                       NULL, NULL, NULL, print));
}

static void quiet(void *data, int priority, const char *file, int line, const char *fn, const char *format,
                  va_list args)
{
}

int main(int argc, char **argv)
{
        struct kmod_ctx *ctx = kmod_new(NULL, NULL);
        struct kmod_list *list = NULL, *entry;

        if (!ctx || argc != 2)
                return 2;
        kmod_set_log_fn(ctx, quiet, NULL);
        kmod_load_resources(ctx);
        if (kmod_module_new_from_lookup(ctx, argv[1], &list) < 0 || !list)
                printf("= nothing\n");
        kmod_list_foreach(entry, list)
        {
                struct kmod_module *mod = kmod_module_get_module(entry);

                load(mod);
                kmod_module_unref(mod);
        }
        kmod_module_unref_list(list);
        kmod_unref(ctx);
        return 0;
}
