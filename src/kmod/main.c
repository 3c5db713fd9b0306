/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "kmod/tool.h"
#include "util/cleanup.h"

static const struct applet {
        const char *name;    /* as a link to this program */
        const char *command; /* as `kmod COMMAND`; NULL: not to be had that way */
        tn_tool_main *main;
        const char *help;
} applets[] = {
        { "depmod", NULL, tn_depmod_main, "index the modules of a kernel" },
        { "insmod", NULL, tn_insmod_main, "load a module file" },
        { "lsmod", "list", tn_lsmod_main, "list the modules that are loaded" },
        { "modprobe", NULL, tn_modprobe_main, "load or remove modules with their dependencies" },
        { "rmmod", NULL, tn_rmmod_main, "remove modules" },
};

static void print_help(FILE *out)
{
        fputs("kmod - manage Linux kernel modules\n"
              "Usage:\n"
              "\tkmod [options] command [command_options]\n\n"
              "Options:\n"
              "\t-V, --version     show version\n"
              "\t-h, --help        show this help\n\n"
              "Commands:\n"
              "\thelp         Show help message\n",
              out);
        for (size_t i = 0; i < ARRAY_SIZE(applets); i++)
                if (applets[i].command)
                        fprintf(out, "\t%-12s %s\n", applets[i].command, applets[i].help);
        fputs("\nkmod also handles gracefully if called from following symlinks:\n", out);
        for (size_t i = 0; i < ARRAY_SIZE(applets); i++)
                fprintf(out, "\t%-12s %s\n", applets[i].name, applets[i].help);
}

static int kmod_command(int argc, char **argv)
{
        static const struct tn_option table[] = {
                { 'V', "version", NULL, NULL },
                { 'h', "help", NULL, NULL },
        };
        struct tn_options opts;
        const char *arg;
        int id;

        tn_options_init(&opts, table, ARRAY_SIZE(table), argc, argv, true);
        while ((id = tn_options_next(&opts, &arg)) != -1) {
                switch (id) {
                case 'V': tn_tool_version(); return 0;
                case 'h': print_help(stdout); return 0;
                default: return 1;
                }
        }
        if (optind >= argc) {
                fputs("missing command\n", stderr);
                print_help(stdout);
                return 1;
        }
        if (strcmp(argv[optind], "help") == 0) {
                print_help(stdout);
                return 0;
        }
        for (size_t i = 0; i < ARRAY_SIZE(applets); i++)
                if (applets[i].command && strcmp(applets[i].command, argv[optind]) == 0)
                        return applets[i].main(argc - optind, argv + optind);
        fprintf(stderr, "invalid command '%s'\n", argv[optind]);
        print_help(stdout);
        return 1;
}

int main(int argc, char **argv)
{
        const char *name = program_invocation_short_name;

        if (strcmp(name, "kmod") == 0)
                return kmod_command(argc, argv);
        for (size_t i = 0; i < ARRAY_SIZE(applets); i++)
                if (strcmp(applets[i].name, name) == 0)
                        return applets[i].main(argc, argv);
        fprintf(stderr, "%s: this program does not go by that name; it is kmod, reached as", name);
        for (size_t i = 0; i < ARRAY_SIZE(applets); i++)
                fprintf(stderr, "%s %s", i ? "," : "", applets[i].name);
        fputs(" or kmod\n", stderr);
        return 1;
}
