/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "core/dirs.h"
#include "kmod/modprobe.h"
#include "kmod/tools.h"
#include "util/cleanup.h"
#include "util/num.h"

static const char usage[] = "Usage:\n"
                            "\tmodprobe [options] [-i] [-b] modulename [name=value ...]\n"
                            "\tmodprobe [options] -a [-i] [-b] modulename ...\n"
                            "\tmodprobe [options] -r [-i] modulename ...\n"
                            "\tmodprobe [options] -D | -R modulename\n"
                            "\tmodprobe [options] --show-modversions | --show-exports modulename ...\n"
                            "\tmodprobe [options] -l [-t DIR] [PATTERN]\n"
                            "\tmodprobe [options] -c\n"
                            "Loads or removes modules by name or alias, with what they depend on.\n";

enum {
        FIRST_TIME = TN_OPTION_LONG,
        FORCE_MODVERSION,
        FORCE_VERMAGIC,
        REMOVE_HOLDERS,
        ROOT,
        SHOW_EXPORTS,
        SHOW_MODVERSIONS,
};

static const struct tn_option table[] = {
        { 0, NULL, NULL, "What to do:" },
        { 'a', "all", NULL, "every operand is a module to load" },
        { 'r', "remove", NULL, "remove modules, and what becomes unused" },
        { REMOVE_HOLDERS, "remove-dependencies", NULL, NULL },
        { REMOVE_HOLDERS, "remove-holders", NULL, "remove what uses them as well" },
        { 'R', "show-alias", NULL, "only print the modules that a name stands for" },
        { 'R', "resolve-alias", NULL, NULL },
        { 'D', "show-depends", NULL, "only print what would be done if nothing were\nloaded" },
        { 'c', "show-config", NULL, "print the configuration and the indexes" },
        { 'c', "showconfig", NULL, NULL },
        { SHOW_MODVERSIONS, "show-modversions", NULL, "print the symbol versions that a module needs" },
        { SHOW_MODVERSIONS, "dump-modversions", NULL, NULL },
        { SHOW_EXPORTS, "show-exports", NULL, "print the symbols that a module exports" },
        { 'l', "list", NULL, "print the paths of modules, by shell pattern" },
        { 't', "type", "DIR", "with -l: only those below DIR" },
        { 0, NULL, NULL, "How:" },
        { 'n', "dry-run", NULL, "print what would be done, and do nothing" },
        { 'n', "show", NULL, NULL },
        { FIRST_TIME, "first-time", NULL, "fail if it is loaded or removed already" },
        { 'i', "ignore-install", NULL,
          "no install or remove commands and no softdeps for\nthe module named" },
        { 'i', "ignore-remove", NULL, NULL },
        { 'b', "use-blacklist", NULL, "the blacklist holds for plain names too" },
        { 'f', "force", NULL,
          "load what does not fit the kernel, remove what is\nin use; this may crash the system" },
        { FORCE_MODVERSION, "force-modversion", NULL, "ignore the versions of symbols" },
        { FORCE_VERMAGIC, "force-vermagic", NULL, "ignore which kernel it was built for" },
        { 'w', "wait", "MSEC", "with -r: wait so long for a module in use" },
        { 'o', "name", "NAME", NULL },
        { 0, NULL, NULL, "Where:" },
        { 'C', "config", "PATH",
          "configuration file or directory instead of the\ndefault ones; may be repeated" },
        { 'd', "dirname", "DIR", "modules are in DIR" TN_DIRS_MODULES "/VERSION" },
        { ROOT, "root", "DIR", "the same, and configuration is in DIR, too" },
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
        tn_world_close(&mp->world);
        tn_envopts_fini(&mp->env);
}

static int find_dir(struct modprobe *mp)
{
        int r = tn_world_open(&mp->world, TN_WORLD_DIR);

        if (r < 0)
                tn_tool_error(&mp->tool, "could not find the module directory: %s", strerror(-r));
        if (r < 0 || strlen(mp->world.dir.path) < PATH_MAX)
                return r;
        tn_tool_error(&mp->tool, "bad directory %s: path too long", mp->world.dir.path);
        return -ENAMETOOLONG;
}

static int load_config(struct modprobe *mp)
{
        struct tn_log log = tn_tool_library_log("kmod_config_parse");
        const char *root = mp->world.root && *mp->world.root ? mp->world.root : NULL;
        int r = mp->config_paths.n ? tn_vec_add(&mp->config_paths, NULL) : 0;

        if (!mp->tool.quiet)
                log.max = TN_LOG_WARNING;
        mp->world.config_log = &log;
        mp->world.config_paths = mp->config_paths.n ? mp->config_paths.v : NULL;
        if (r == 0)
                r = tn_world_open(&mp->world, TN_WORLD_CONFIG);
        if (r < 0)
                tn_tool_error(&mp->tool, "could not read the configuration%s%s: %s", root ? " of " : "",
                              root ? root : "", strerror(-r));
        mp->world.config_log = NULL;
        return r;
}

/* Errors are reported. */
static int open_world(struct modprobe *mp)
{
        int r = find_dir(mp);

        if (r == 0)
                r = load_config(mp);
        if (r < 0)
                return r;
        mp->world.log = &mp->tool.log;
        r = tn_world_open(&mp->world, TN_WORLD_CATALOG);
        if (r < 0)
                tn_tool_error(&mp->tool, "could not open %s: %s", mp->world.dir.path, strerror(-r));
        return r;
}

/* A number of milliseconds as strtoul takes numbers, except that none is below 0; more than there are is the most. */
static int parse_wait(struct modprobe *mp, const char *text)
{
        struct span digits = tn_span_of(text + strspn(text, " \t\n\v\f\r"));
        unsigned base = 10;
        uint64_t ms;
        int r;

        if (tn_span_starts(digits, SPAN("+")))
                digits = tn_span_skip(digits, 1);
        if (tn_span_starts(digits, SPAN("0x")) || tn_span_starts(digits, SPAN("0X")))
                base = 16;
        else if (tn_span_starts(digits, SPAN("0")))
                base = 8;
        r = tn_num_parse(digits, base, &ms);
        if (r < 0 && r != -ERANGE) {
                tn_tool_error(&mp->tool, "unexpected wait value '%s'.", text);
                return -EINVAL;
        }
        mp->wait_ms = r < 0 || ms > UINT_MAX ? UINT_MAX : (unsigned)ms;
        mp->plan_flags &= ~(unsigned)TN_PLAN_WAIT;
        if (mp->wait_ms)
                mp->plan_flags |= TN_PLAN_WAIT;
        return 0;
}

/* Options that say what to do. */
static void take_action(struct modprobe *mp, int id)
{
        switch (id) {
        case 'a': mp->all = true; break;
        case 'r': mp->remove = true; break;
        case REMOVE_HOLDERS:
                mp->remove = true;
                mp->plan_flags |= TN_PLAN_REMOVE_HOLDERS;
                break;
        case 'R': mp->show_alias = true; break;
        case 'D':
                mp->dry_run = true;
                mp->plan_flags |= TN_PLAN_IGNORE_LOADED;
                break;
        case 'c': mp->show_config = true; break;
        case SHOW_MODVERSIONS: mp->show_modversions = true; break;
        case SHOW_EXPORTS: mp->show_exports = true; break;
        case 'l': mp->list = true; break;
        }
}

/* Options of how to do it. 0, or -errno when an argument is no good, which has been said. */
static int take_manner(struct modprobe *mp, int id, const char *arg)
{
        switch (id) {
        case 'n': mp->dry_run = true; break;
        case FIRST_TIME: mp->plan_flags |= TN_PLAN_FIRST_TIME; break;
        case 'i': mp->plan_flags |= TN_PLAN_IGNORE_COMMAND; break;
        case 'b': mp->blacklist = TN_BLACKLIST_NAMES; break;
        case 'f':
                mp->init_flags |= TN_KERNEL_IGNORE_MODVERSIONS | TN_KERNEL_IGNORE_VERMAGIC;
                mp->delete_flags |= TN_KERNEL_FORCE;
                break;
        case FORCE_MODVERSION: mp->init_flags |= TN_KERNEL_IGNORE_MODVERSIONS; break;
        case FORCE_VERMAGIC: mp->init_flags |= TN_KERNEL_IGNORE_VERMAGIC; break;
        case 'w': return parse_wait(mp, arg);
        case 'o':
                tn_tool_error(&mp->tool,
                              "-o %s: a module cannot be loaded under another name: its name is part of it",
                              arg);
                return -EINVAL;
        }
        return 0;
}

/* Options of where and of how to speak; typed ones are passed on to commands. */
static int take_setting(struct modprobe *mp, int id, const char *arg, bool typed)
{
        switch (id) {
        case 't': mp->list_dir = arg; break;
        case 'C':
                if (typed)
                        tn_envopts_add(&mp->env, "-C", arg);
                return tn_vec_add(&mp->config_paths, arg);
        case 'd': mp->world.base = arg; break;
        case ROOT: mp->world.root = arg; break;
        case 'S': mp->world.release = arg; break;
        case 's':
                mp->tool.use_syslog = true;
                if (typed)
                        tn_envopts_add(&mp->env, "-s", NULL);
                break;
        case 'q':
                mp->tool.quiet = true;
                if (typed)
                        tn_envopts_add(&mp->env, "-q", NULL);
                break;
        case 'v':
                tn_tool_louder(&mp->tool);
                if (typed)
                        tn_envopts_add(&mp->env, "-v", NULL);
                break;
        }
        return 0;
}

/* Returns 1 to go on; otherwise the run is over with *ret_status. */
static int parse(struct modprobe *mp, int *ret_status)
{
        struct tn_options opts;
        const char *arg;
        int id;

        *ret_status = 0;
        for (int i = mp->env.typed; i + 1 < mp->env.argc; i++)
                if (strcmp(mp->env.argv[i], "-q") == 0 && strcmp(mp->env.argv[i + 1], "--") == 0)
                        mp->kernel_call = true;
        tn_options_init(&opts, table, ARRAY_SIZE(table), mp->env.argc, mp->env.argv, false);
        while ((id = tn_options_next(&opts, &arg)) != -1) {
                switch (id) {
                case 'V': tn_tool_version(); return 0;
                case 'h': tn_options_help(stdout, usage, table, ARRAY_SIZE(table)); return 0;
                }
                take_action(mp, id);
                if (id == '?' || take_manner(mp, id, arg) < 0 ||
                    take_setting(mp, id, arg, opts.at >= mp->env.typed) < 0) {
                        *ret_status = 1;
                        return 0;
                }
        }
        return 1;
}

static int dispatch(struct modprobe *mp, char **operands, int n)
{
        if (mp->show_config)
                return tn_modprobe_show_config(mp);
        if (mp->show_modversions || mp->show_exports)
                return tn_modprobe_show_symbols(mp, operands, n, !mp->show_modversions);
        if (mp->list)
                return tn_modprobe_list(mp, operands[0]);
        if (mp->remove)
                return tn_modprobe_remove_all(mp, operands, n);
        if (mp->all)
                return tn_modprobe_load_all(mp, operands, n);
        return tn_modprobe_load(mp, operands, n);
}

int tn_modprobe_main(int argc, char **argv)
{
        _cleanup_(modprobe_fini) struct modprobe mp = { .delete_flags = TN_KERNEL_NOWAIT };
        bool missing;
        int r, status;

        /* who starts us may ignore the end of children; we must know how our commands end */
        signal(SIGCHLD, SIG_DFL);
        tn_tool_init(&mp.tool, program_invocation_short_name, TN_LOG_WARNING);
        r = tn_envopts_init(&mp.env, secure_getenv(TN_ENVOPTS_NAME), argc, argv);
        if (r < 0) {
                tn_tool_error(&mp.tool, "%s", strerror(-r));
                return 1;
        }
        if (parse(&mp, &status) == 0)
                return tn_tool_end(&mp.tool, status);
        missing = optind >= mp.env.argc && !mp.show_config && !mp.list;
        if (missing)
                mp.tool.quiet = false; /* as kmod has it: what is asked for is not even a question */
        tn_tool_begin(&mp.tool);
        if (missing) {
                tn_tool_error(&mp.tool, "missing parameters. See -h.");
                return 1;
        }
        r = open_world(&mp);
        if (r == 0)
                r = dispatch(&mp, mp.env.argv + optind, mp.env.argc - optind);
        return tn_tool_end(&mp.tool, r < 0 ? 1 : 0);
}
