/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * whatfor DIRECTORY ALIAS...: what loading by each alias would take, and loads nothing.
 *
 *      cc whatfor.c -o whatfor $(pkg-config --cflags --libs libkmod)
 *      ./whatfor /lib/modules/$(uname -r) $(cat /sys/bus/pci/devices/0000:00:02.0/modalias)
 */
#include <libkmod.h>
#include <stdio.h>
#include <string.h>

static void print_action(struct kmod_module *mod, bool install, const char *options)
{
        const char *what = install ? kmod_module_get_install_commands(mod) : kmod_module_get_path(mod);

        printf("    %s %s %s\n", install ? "run" : "load", what ? what : "nothing", options);
}

static void print_module(struct kmod_module *mod)
{
        const unsigned flags = KMOD_PROBE_DRY_RUN | KMOD_PROBE_APPLY_BLACKLIST;
        int state = kmod_module_get_initstate(mod), r;

        printf("  %s", kmod_module_get_name(mod));
        if (state >= 0)
                printf(" (%s)", kmod_module_initstate_str((enum kmod_module_initstate)state));
        printf("\n");
        r = kmod_module_probe_insert_module(mod, flags, NULL, NULL, NULL, print_action);
        if (r == KMOD_PROBE_APPLY_BLACKLIST)
                printf("    not: it is blacklisted\n");
        else if (r < 0)
                printf("    not: %s\n", strerror(-r));
}

static int print_alias(struct kmod_ctx *ctx, const char *alias)
{
        struct kmod_list *list = NULL, *entry;
        int r = kmod_module_new_from_lookup(ctx, alias, &list);

        if (r < 0)
                return r;
        printf("%s%s\n", alias, list ? "" : ": nothing");
        kmod_list_foreach(entry, list)
        {
                struct kmod_module *mod = kmod_module_get_module(entry);

                print_module(mod);
                kmod_module_unref(mod);
        }
        kmod_module_unref_list(list);
        return 0;
}

int main(int argc, char **argv)
{
        struct kmod_ctx *ctx;
        int failed = 0;

        if (argc < 2)
                return 2;
        ctx = kmod_new(argv[1], NULL);
        if (!ctx)
                return 1;
        kmod_load_resources(ctx); /* only makes it faster */
        for (int i = 2; i < argc; i++) {
                int r = print_alias(ctx, argv[i]);

                if (r < 0)
                        fprintf(stderr, "%s: %s\n", argv[i], strerror(-r));
                failed |= r < 0;
        }
        kmod_unref(ctx);
        return failed;
}
