/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/arguments.h"
#include "cli/say.h"
#include "cli/tool.h"
#include "kmod/tools.h"
#include "util/cleanup.h"

struct applet {
        const char *name;
        tn_tool_main *main;
        const char *help;
};

/* As links to this program. */
static const struct applet links[] = {
        { "depmod", tn_depmod_main, "index the modules of a kernel" },
        { "insmod", tn_insmod_main, "load a module file" },
        { "lsmod", tn_lsmod_main, "list the modules that are loaded" },
        { "modinfo", tn_modinfo_main, "show what modules say of themselves" },
        { "modprobe", tn_modprobe_main, "load or remove modules with their dependencies" },
        { "rmmod", tn_rmmod_main, "remove modules" },
};

static tn_tool_main help_main;

/* As `kmod COMMAND`. */
static const struct applet commands[] = {
        { "help", help_main, "show this help" },
        { "list", tn_lsmod_main, "list the modules that are loaded" },
        { "static-nodes", tn_static_nodes_main, "list the device nodes that load a module" },
};

static const char usage[] = "Usage:\n"
                            "\tkmod [options] command [command options]\n"
                            "Manages Linux kernel modules.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { TN_OPTION_ROW_VERSION },
        { TN_OPTION_ROW_HELP },
};

static void print_applets(const char *title, const struct applet *applets, size_t n)
{
        printf("\n%s\n", title);
        for (size_t i = 0; i < n; i++)
                printf("  %-12s %s\n", applets[i].name, applets[i].help);
}

static void print_all_applets(void)
{
        print_applets("Commands:", commands, ARRAY_SIZE(commands));
        print_applets("Reached through links of these names, kmod is:", links, ARRAY_SIZE(links));
}

static const struct tn_arguments arguments = {
        TN_ARGUMENTS(usage, table),
        .until_operand = true,
        .more_help = print_all_applets,
};

static int help_main(int argc, char **argv)
{
        struct tn_tool tool;

        tn_tool_init(&tool, "kmod", TN_LOG_ERR);
        tn_arguments_help(&arguments);
        return tn_tool_end(&tool, 0);
}

static const struct applet *find(const struct applet *applets, size_t n, const char *name)
{
        for (size_t i = 0; i < n; i++)
                if (strcmp(applets[i].name, name) == 0)
                        return &applets[i];
        return NULL;
}

static int kmod_main(int argc, char **argv)
{
        const struct applet *command;
        struct tn_tool tool;
        int status;

        tn_tool_init(&tool, "kmod", TN_LOG_ERR);
        if (!tn_arguments_take(&arguments, argc, argv, &tool, NULL, &status))
                return tn_tool_end(&tool, status);
        if (optind >= argc) {
                tn_say("missing command\n");
                tn_arguments_help(&arguments);
                return 1;
        }
        command = find(commands, ARRAY_SIZE(commands), argv[optind]);
        if (command)
                return command->main(argc - optind, argv + optind);
        tn_say("invalid command '%s'\n", argv[optind]);
        tn_arguments_help(&arguments);
        return 1;
}

int main(int argc, char **argv)
{
        const char *name = program_invocation_short_name;
        const struct applet *link = find(links, ARRAY_SIZE(links), name);

        if (link)
                return link->main(argc, argv);
        if (strcmp(name, "kmod") == 0)
                return kmod_main(argc, argv);
        tn_say("%s: this program does not go by that name; it is kmod, reached as", name);
        for (size_t i = 0; i < ARRAY_SIZE(links); i++)
                tn_say("%s %s", i ? "," : "", links[i].name);
        tn_say(" or kmod\n");
        return 1;
}
