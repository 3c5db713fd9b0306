/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <libkmod.h>
#include <stdio.h>
#include <string.h>

/*
 * probe [-b|-a|-A] TEXT: loads what a name or an alias stands for through the library, and prints of each module what came
 * out. With -b it heeds the blacklist, as udev and systemd-modules-load do, with -a for aliases, with -A for all modules.
 * The status is that of the lookup.
 */

static const struct {
        const char *name;
        unsigned flag;
} flags[] = {
        { "-b", KMOD_PROBE_APPLY_BLACKLIST },
        { "-a", KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY },
        { "-A", KMOD_PROBE_APPLY_BLACKLIST_ALL },
};

static unsigned take_flag(int *argc, char ***argv)
{
        for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
                if (*argc > 1 && strcmp((*argv)[1], flags[i].name) == 0) {
                        ++*argv;
                        --*argc;
                        return flags[i].flag;
                }
        return 0;
}

static const char *outcome(int r)
{
        for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
                if (r > 0 && (unsigned)r == flags[i].flag)
                        return flags[i].name;
        return r < 0 ? strerrorname_np(-r) : r > 0 ? "?" : "done";
}

int main(int argc, char **argv)
{
        unsigned flag = take_flag(&argc, &argv);
        struct kmod_ctx *ctx = kmod_new(NULL, NULL);
        struct kmod_list *list = NULL, *entry;
        int r = -1;

        if (ctx && argc > 1)
                r = kmod_module_new_from_lookup(ctx, argv[1], &list);
        kmod_list_foreach(entry, list)
        {
                struct kmod_module *mod = kmod_module_get_module(entry);

                printf("%s: %s\n", kmod_module_get_name(mod),
                       outcome(kmod_module_probe_insert_module(mod, flag, NULL, NULL, NULL, NULL)));
                kmod_module_unref(mod);
        }
        kmod_module_unref_list(list);
        kmod_unref(ctx);
        return r < 0;
}
