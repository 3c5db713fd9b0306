/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "kmod/modprobe.h"
#include "util/cleanup.h"

static const char usage[] = "Usage:\n"
                            "\tmodprobe [options] [-i] [-b] modulename [name=value ...]\n"
                            "\tmodprobe [options] -a [-i] [-b] modulename ...\n"
                            "\tmodprobe [options] -r [-i] modulename ...\n"
                            "\tmodprobe [options] -D | -R modulename\n"
                            "Loads or removes modules by name or alias, with what they depend on.\n";

enum {
        FIRST_TIME = TN_OPTION_LONG,
};

static const struct tn_option table[] = {
        { 0, NULL, NULL, "What to do:" },
        { 'a', "all", NULL, "every operand is a module to load" },
        { 'r', "remove", NULL, "remove modules, and what becomes unused" },
        { 'R', "show-alias", NULL, "only print the modules that a name stands for" },
        { 'R', "resolve-alias", NULL, NULL },
        { 'D', "show-depends", NULL, "only print what would be done if nothing were\nloaded" },
        { 0, NULL, NULL, "How:" },
        { 'n', "dry-run", NULL, "print what would be done, and do nothing" },
        { 'n', "show", NULL, NULL },
        { FIRST_TIME, "first-time", NULL, "fail if it is loaded or removed already" },
        { 'i', "ignore-install", NULL,
          "no install or remove commands and no softdeps for\nthe module named" },
        { 'i', "ignore-remove", NULL, NULL },
        { 'b', "use-blacklist", NULL, "the blacklist holds for plain names too" },
        { 0, NULL, NULL, "Where:" },
        { 'C', "config", "PATH",
          "configuration file or directory instead of the\ndefault ones; may be repeated" },
        { 'd', "dirname", "DIR", "modules are in DIR/lib/modules/VERSION" },
        { 'S', "set-version", "VERSION", "instead of the running kernel's" },
        { 0, NULL, NULL, "General:" },
        { 's', "syslog", NULL, "messages go to syslog, not to standard error" },
        { 'q', "quiet", NULL, "say nothing" },
        { 'v', "verbose", NULL, "say what is done" },
        { 'V', "version", NULL, "show version" },
        { 'h', "help", NULL, "show this help" },
};

static void modprobe_fini(struct modprobe *mp)
{
        tn_vec_fini(&mp->config_paths);
        tn_config_free(mp->config);
        tn_catalog_close(mp->catalog);
}

static int open_all(struct modprobe *mp)
{
        _cleanup_(tn_buf_fini) struct tn_buf dir = { 0 };
        struct tn_log log = tn_tool_library_log("kmod_config_parse");
        struct tn_config_sources sources = { .kernel_cmdline = true };
        int r = tn_tool_module_dir(mp->dir, mp->version, &dir);

        if (r < 0)
                return r;
        sources.module_dir = tn_buf_str(&dir);
        if (!sources.module_dir)
                return tn_buf_error(&dir);
        if (mp->config_paths.n) {
                r = tn_vec_add(&mp->config_paths, NULL);
                if (r < 0)
                        return r;
                sources.paths = mp->config_paths.v;
        }
        r = tn_config_load(&sources, &log, &mp->config);
        return r < 0 ? r : tn_catalog_open(dir.ptr, &mp->catalog);
}

/* Returns 1 to go on; otherwise the run is over with *ret_status. */
static int parse(struct modprobe *mp, int argc, char **argv, int *ret_status)
{
        struct tn_options opts;
        const char *arg;
        int id;

        *ret_status = 0;
        for (int i = 1; i + 1 < argc; i++)
                if (strcmp(argv[i], "-q") == 0 && strcmp(argv[i + 1], "--") == 0)
                        mp->kernel_call = true;
        tn_options_init(&opts, table, ARRAY_SIZE(table), argc, argv, false);
        while ((id = tn_options_next(&opts, &arg)) != -1) {
                switch (id) {
                case 'a': mp->all = true; break;
                case 'r': mp->remove = true; break;
                case 'R': mp->show_alias = true; break;
                case 'D':
                        mp->dry_run = true;
                        mp->plan_flags |= TN_PLAN_IGNORE_LOADED;
                        break;
                case 'n': mp->dry_run = true; break;
                case FIRST_TIME: mp->plan_flags |= TN_PLAN_FIRST_TIME; break;
                case 'i': mp->plan_flags |= TN_PLAN_IGNORE_COMMAND; break;
                case 'b': mp->plan_flags |= TN_PLAN_USE_BLACKLIST; break;
                case 'C':
                        if (tn_vec_add(&mp->config_paths, arg) < 0)
                                id = '?';
                        break;
                case 'd': mp->dir = arg; break;
                case 'S': mp->version = arg; break;
                case 's': mp->tool.use_syslog = true; break;
                case 'q': mp->tool.quiet = true; break;
                case 'v':
                        mp->verbose = true;
                        tn_tool_louder(&mp->tool);
                        break;
                case 'V': tn_tool_version(); return 0;
                case 'h': tn_options_help(stdout, usage, table, ARRAY_SIZE(table)); return 0;
                }
                if (id == '?') {
                        *ret_status = 1;
                        return 0;
                }
        }
        return 1;
}

int tn_modprobe_main(int argc, char **argv)
{
        _cleanup_(modprobe_fini) struct modprobe mp = { 0 };
        char **operands;
        int r, status, n;

        /* who starts us may ignore the end of children; we must know how our commands end */
        signal(SIGCHLD, SIG_DFL);
        tn_tool_init(&mp.tool, program_invocation_short_name, TN_LOG_WARNING);
        if (parse(&mp, argc, argv, &status) == 0)
                return status;
        tn_tool_begin(&mp.tool);
        operands = argv + optind;
        n = argc - optind;
        if (n <= 0) {
                tn_tool_error(&mp.tool, "missing parameters. See -h.");
                return 1;
        }
        r = open_all(&mp);
        if (r < 0)
                tn_tool_error(&mp.tool, "could not read the configuration: %s", strerror(-r));
        else if (mp.remove)
                r = tn_modprobe_remove_all(&mp, operands, n);
        else if (mp.all)
                r = tn_modprobe_load_all(&mp, operands, n);
        else
                r = tn_modprobe_load(&mp, operands, n);
        return tn_tool_end(&mp.tool, r < 0 ? 1 : 0);
}
