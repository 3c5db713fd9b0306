/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cli/arguments.h"
#include "core/dirs.h"
#include "core/underway.h"
#include "format/modname.h"
#include "kmod/modprobe_load.h"
#include "kmod/modprobe_remove.h"
#include "kmod/modprobe_run.h"
#include "kmod/modprobe_show.h"
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
        IGNORE_DENY,
        REMOVE_HOLDERS,
        ROOT,
        SHOW_EXPORTS,
        SHOW_MODVERSIONS,
};

static int take_remove_holders(void *run, const char *arg)
{
        struct modprobe *mp = run;

        if (mp->action < TN_MODPROBE_REMOVE)
                mp->action = TN_MODPROBE_REMOVE;
        mp->plan_flags |= TN_PLAN_REMOVE_HOLDERS;
        return 0;
}

static int take_show_depends(void *run, const char *arg)
{
        struct modprobe *mp = run;

        mp->dry_run = true;
        mp->plan_flags |= TN_PLAN_IGNORE_LOADED;
        return 0;
}

static int take_force(void *run, const char *arg)
{
        struct modprobe *mp = run;

        mp->init_flags |= TN_KERNEL_IGNORE_MODVERSIONS | TN_KERNEL_IGNORE_VERMAGIC;
        mp->delete_flags |= TN_KERNEL_FORCE;
        return 0;
}

/* A number of milliseconds as strtoul takes numbers, except that none is below 0; more than there are is the most. */
static int take_wait(void *run, const char *text)
{
        struct span digits = tn_span_of(text + strspn(text, " \t\n\v\f\r"));
        struct modprobe *mp = run;
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
        return 0;
}

static int take_name(void *run, const char *name)
{
        struct modprobe *mp = run;

        tn_tool_error(&mp->tool,
                      "-o %s: a module cannot be loaded under another name: its name is part of it", name);
        return -EINVAL;
}

/* A module, by its name: that it is needed by another is not enough. */
static int take_ignore_deny(void *run, const char *arg)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct modprobe *mp = run;
        const char *copy;

        tn_modname_from_text(tn_span_of(arg), &name);
        if (tn_buf_error(&name) == 0 && !tn_modname_is_sane(tn_buf_span(&name))) {
                tn_tool_error(&mp->tool, "--ignore-deny=%s: that is not the name of a module", arg);
                return -EINVAL;
        }
        copy = tn_buf_error(&name) < 0 ? NULL : tn_arena_dup(&mp->arena, tn_buf_span(&name));
        return copy ? tn_option_list_add(&mp->spared, copy) : -ENOMEM;
}

#define DOES(what)        TN_OPTION_RAISES(struct modprobe, action, what)
#define SETS(field)       TN_OPTION_SETS(struct modprobe, field)
#define ADDS(field, bits) TN_OPTION_ADDS(struct modprobe, field, bits)
#define KEEPS(field)      TN_OPTION_KEEPS(struct modprobe, field)

static const struct tn_option table[] = {
        { 0, NULL, NULL, "What to do:" },
        { 'a', "all", NULL, "every operand is a module to load", SETS(all) },
        { 'r', "remove", NULL, "remove modules, and what becomes unused", DOES(TN_MODPROBE_REMOVE) },
        { REMOVE_HOLDERS, "remove-dependencies", NULL, NULL },
        { REMOVE_HOLDERS, "remove-holders", NULL, "remove what uses them as well",
          TN_OPTION_TAKES(take_remove_holders) },
        { 'R', "show-alias", NULL, "only print the modules that a name stands for",
          DOES(TN_MODPROBE_RESOLVE) },
        { 'R', "resolve-alias", NULL, NULL },
        { 'D', "show-depends", NULL, "only print what would be done if nothing were\nloaded",
          TN_OPTION_TAKES(take_show_depends) },
        { 'c', "show-config", NULL, "print the configuration and the indexes", DOES(TN_MODPROBE_CONFIG) },
        { 'c', "showconfig", NULL, NULL },
        { SHOW_MODVERSIONS, "show-modversions", NULL, "print the symbol versions that a module needs",
          DOES(TN_MODPROBE_MODVERSIONS) },
        { SHOW_MODVERSIONS, "dump-modversions", NULL, NULL },
        { SHOW_EXPORTS, "show-exports", NULL, "print the symbols that a module exports",
          DOES(TN_MODPROBE_EXPORTS) },
        { 'l', "list", NULL, "print the paths of modules, by shell pattern", DOES(TN_MODPROBE_LIST) },
        { 't', "type", "DIR", "with -l: only those below DIR", KEEPS(list_dir) },
        { 0, NULL, NULL, "How:" },
        { 'n', "dry-run", NULL, "print what would be done, and do nothing", SETS(dry_run) },
        { 'n', "show", NULL, NULL },
        { FIRST_TIME, "first-time", NULL, "fail if it is loaded or removed already",
          ADDS(plan_flags, TN_PLAN_FIRST_TIME) },
        { 'i', "ignore-install", NULL, "no install or remove commands and no softdeps for\nthe module named",
          ADDS(plan_flags, TN_PLAN_IGNORE_COMMAND) },
        { 'i', "ignore-remove", NULL, NULL },
        { IGNORE_DENY, "ignore-deny", "NAME",
          "load module NAME though the policy denies it, which\nis logged", TN_OPTION_TAKES(take_ignore_deny),
          .whole = true },
        { 'b', "use-blacklist", NULL, "the blacklist holds for plain names too",
          TN_OPTION_RAISES(struct modprobe, blacklist, TN_BLACKLIST_NAMES) },
        { 'f', "force", NULL,
          "load what does not fit the kernel, remove what is\nin use; this may crash the system",
          TN_OPTION_TAKES(take_force) },
        { FORCE_MODVERSION, "force-modversion", NULL, "ignore the versions of symbols",
          ADDS(init_flags, TN_KERNEL_IGNORE_MODVERSIONS) },
        { FORCE_VERMAGIC, "force-vermagic", NULL, "ignore which kernel it was built for",
          ADDS(init_flags, TN_KERNEL_IGNORE_VERMAGIC) },
        { 'w', "wait", "MSEC", "with -r: wait so long for a module in use", TN_OPTION_TAKES(take_wait) },
        { 'o', "name", "NAME", NULL, TN_OPTION_TAKES(take_name) },
        { 0, NULL, NULL, "Where:" },
        { 'C', "config", "PATH",
          "configuration file or directory instead of the\ndefault ones; may be repeated",
          TN_OPTION_LISTS(struct modprobe, config_paths) },
        { 'd', "dirname", "DIR", "modules are in DIR" TN_DIRS_MODULES "/VERSION", KEEPS(world.base) },
        { ROOT, "root", "DIR", "the same, and configuration is in DIR, too", KEEPS(world.root) },
        { 'S', "set-version", "VERSION", "instead of the running kernel's", KEEPS(world.release) },
        { 0, NULL, NULL, "General:" },
        { TN_OPTION_ROW_SYSLOG },
        { TN_OPTION_ROW_QUIET("say nothing") },
        { TN_OPTION_ROW_VERBOSE("say what is done") },
        { TN_OPTION_ROW_EXPLAIN },
        { TN_OPTION_ROW_VERSION },
        { TN_OPTION_ROW_HELP },
};

/* Some of those that were typed are passed on to commands. */
static void pass_on(void *run, const struct tn_option *row, const char *arg, int at)
{
        const char option[] = { '-', (char)row->id, '\0' };
        struct modprobe *mp = run;

        if (at >= mp->env.typed && row->id < TN_OPTION_LONG && strchr("Csqv", row->id))
                tn_envopts_add(&mp->env, option, arg);
}

static const struct tn_arguments arguments = {
        TN_ARGUMENTS(usage, table),
        .taken = pass_on,
};

static void modprobe_fini(struct modprobe *mp)
{
        tn_vec_fini(&mp->config_paths);
        tn_vec_fini(&mp->spared);
        tn_arena_fini(&mp->arena);
        tn_world_close(&mp->world);
        tn_envopts_fini(&mp->env);
        closep(&mp->log_fd);
}

static void complain(struct modprobe *mp, int err)
{
        const struct tn_world *world = &mp->world;
        const char *root = world->root && *world->root ? world->root : NULL;

        switch (world->failed) {
        case TN_WORLD_DIR:
                tn_tool_error(&mp->tool, "could not find the module directory: %s", strerror(-err));
                break;
        case TN_WORLD_ROOT:
        case TN_WORLD_CONFIG:
                tn_tool_error(&mp->tool, "could not read the configuration%s%s: %s", root ? " of " : "",
                              root ? root : "", strerror(-err));
                break;
        case TN_WORLD_CATALOG:
                tn_tool_error(&mp->tool, "could not open %s: %s", world->dir.path, strerror(-err));
                break;
        }
}

/* Errors are reported. */
static int open_world(struct modprobe *mp)
{
        struct tn_log log = tn_tool_library_log("kmod_config_parse");
        struct tn_world *world = &mp->world;
        int r = tn_world_open(world, TN_WORLD_DIR);

        if (r == 0 && strlen(world->dir.path) >= PATH_MAX) {
                tn_tool_error(&mp->tool, "bad directory %s: path too long", world->dir.path);
                return -ENAMETOOLONG;
        }
        if (!mp->tool.quiet)
                log.max = TN_LOG_WARNING;
        world->log = &mp->tool.log;
        world->config_log = &log;
        world->brief = true;
        world->config_paths = mp->config_paths.v;
        if (r == 0)
                r = tn_world_open(world, TN_WORLD_CONFIG | TN_WORLD_CATALOG);
        world->config_log = NULL;
        if (r < 0)
                complain(mp, r);
        return r;
}

static bool is_kernel_call(int argc, char **argv)
{
        for (int i = 1; i + 1 < argc; i++)
                if (strcmp(argv[i], "-q") == 0 && strcmp(argv[i + 1], "--") == 0)
                        return true;
        return false;
}

static int (*const actions[])(struct modprobe *mp, char **operands, int n) = {
        [TN_MODPROBE_LOAD] = tn_modprobe_load,
        [TN_MODPROBE_RESOLVE] = tn_modprobe_show_alias,
        [TN_MODPROBE_REMOVE] = tn_modprobe_remove,
        [TN_MODPROBE_LIST] = tn_modprobe_list,
        [TN_MODPROBE_EXPORTS] = tn_modprobe_show_symbols,
        [TN_MODPROBE_MODVERSIONS] = tn_modprobe_show_symbols,
        [TN_MODPROBE_CONFIG] = tn_modprobe_show_config,
};

static bool needs_operand(enum tn_modprobe_action action)
{
        return action != TN_MODPROBE_LIST && action != TN_MODPROBE_CONFIG;
}

int tn_modprobe_main(int argc, char **argv)
{
        _cleanup_(modprobe_fini) struct modprobe mp = { .delete_flags = TN_KERNEL_NOWAIT, .log_fd = -EBADF };
        bool missing;
        int r, status;

        tn_tool_init(&mp.tool, program_invocation_short_name, TN_LOG_WARNING);
        r = tn_envopts_init(&mp.env, secure_getenv(TN_ENVOPTS_NAME), argc, argv);
        if (r < 0) {
                tn_tool_error(&mp.tool, "%s", strerror(-r));
                return 1;
        }
        mp.underway = secure_getenv(TN_UNDERWAY_VARIABLE);
        mp.kernel_call = is_kernel_call(argc, argv);
        if (!tn_arguments_take(&arguments, mp.env.argc, mp.env.argv, &mp.tool, &mp, &status))
                return tn_tool_end(&mp.tool, status);
        if (mp.wait_ms)
                mp.plan_flags |= TN_PLAN_WAIT;
        missing = optind >= mp.env.argc && needs_operand(mp.action);
        if (missing)
                mp.tool.quiet = false; /* as kmod has it: what is asked for is not even a question */
        tn_tool_begin(&mp.tool);
        if (missing) {
                tn_tool_error(&mp.tool, "missing parameters. See -h.");
                return 1;
        }
        r = open_world(&mp);
        if (r == 0)
                r = actions[mp.action](&mp, mp.env.argv + optind, mp.env.argc - optind);
        return tn_tool_end(&mp.tool, r < 0 ? 1 : 0);
}
