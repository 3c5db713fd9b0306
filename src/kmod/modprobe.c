/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/apply.h"
#include "core/plan.h"
#include "core/underway.h"
#include "format/cmdopts.h"
#include "kmod/tool.h"
#include "util/cleanup.h"
#include "util/vec.h"

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

struct modprobe {
        struct tn_tool tool;
        bool all;
        bool remove;
        bool show_alias;
        bool kernel_call; /* as the kernel calls: -q, directly followed by "--" */
        bool dry_run;
        bool verbose;
        unsigned plan_flags;
        const char *dir;
        const char *version;
        TN_VEC(const char *) config_paths;
        struct tn_catalog *catalog;
        struct tn_config *config;
};

static void modprobe_fini(struct modprobe *mp)
{
        tn_vec_fini(&mp->config_paths);
        tn_config_free(mp->config);
        tn_catalog_close(mp->catalog);
}

/* There are no options to a removal. */
static void print_remove(const struct tn_step *step)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_cmdopts_show(tn_span_of(step->command), SPAN(""), &text);
        printf("remove %s\n", tn_buf_str(&text) ? text.ptr : step->command);
}

/* One step, as scripts read it. Steps that do nothing print nothing. */
static void print_step(void *data, const struct tn_step *step)
{
        const struct modprobe *mp = data;

        if (!mp->verbose && !mp->dry_run)
                return;
        switch (step->kind) {
        case TN_STEP_INSERT: printf("insmod %s %s\n", step->path, step->options); break;
        case TN_STEP_INSTALL: printf("install %s %s\n", step->command, step->options); break;
        case TN_STEP_BUILTIN: printf("builtin %s\n", step->name); break;
        case TN_STEP_DELETE: printf("rmmod %s\n", step->name); break;
        case TN_STEP_REMOVE: print_remove(step); break;
        case TN_STEP_LOADED:
        case TN_STEP_MISSING: break;
        }
}

static void print_steps(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target)
{
        for (size_t i = 0; i < target->n_steps; i++)
                print_step(mp, &plan->steps[target->first_step + i]);
}

static const char *insert_error(int err)
{
        switch (err) {
        case EEXIST: return "Module already in kernel";
        case ENOENT: return "Unknown symbol in module, or unknown parameter (see dmesg)";
        default: return strerror(err);
        }
}

static void flush(void *data)
{
        (void)data;
        fflush(stdout);
}

/* Errors of commands are told where they happen, also those that do no harm. */
static int report_command(void *data, const struct tn_step *step, const struct tn_command_end *end)
{
        struct modprobe *mp = data;
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        if (step->kind == TN_STEP_REMOVE) {
                tn_tool_fatal(&mp->tool, "Error running remove command for %s", step->name);
                return mp->tool.quiet ? 0 : -EINVAL;
        }
        tn_cmdopts_show(tn_span_of(step->command), tn_span_of(step->options), &text);
        if (!tn_buf_str(&text))
                return tn_buf_error(&text);
        if (end->err == 0)
                tn_tool_error(&mp->tool, "Error running install command '%s' for module %s: retcode %d",
                              text.ptr, step->name, end->status);
        else
                tn_tool_error(&mp->tool, "Could not run install command '%s' for module %s: %s", text.ptr,
                              step->name,
                              end->err == -EPERM ? "not in the environment of a less privileged user"
                                                 : strerror(-end->err));
        return 0;
}

static int apply(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target,
                 const struct tn_step **ret_failed)
{
        const struct tn_apply how = {
                .before = print_step,
                .flush = flush,
                .command_failed = report_command,
                .underway = secure_getenv(TN_UNDERWAY_VARIABLE),
                .data = mp,
                .delete_flags = TN_KERNEL_NOWAIT,
                .first_time = mp->plan_flags & TN_PLAN_FIRST_TIME,
        };

        if (mp->dry_run) {
                print_steps(mp, plan, target);
                return 0;
        }
        return tn_apply_target(&how, plan, target, ret_failed);
}

/* What went wrong in a step, before the line that says so for the module that was asked for. */
static void report_step(struct modprobe *mp, const struct tn_step *step)
{
        if (step->kind == TN_STEP_MISSING)
                tn_tool_error(&mp->tool, "could not find module by name='%s'", step->name);
}

/* What became of an attempt; -ENOENT with *ret_missing when the catalog has no such module. */
static int load_target(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target,
                       bool *ret_missing)
{
        const struct tn_step *failed = NULL;
        int r = 0;

        if (target->verdict == TN_VERDICT_EXISTS)
                r = -EEXIST;
        else if (target->verdict == TN_VERDICT_GO)
                r = apply(mp, plan, target, &failed);
        if (r < 0 && failed)
                report_step(mp, failed);
        if (r < 0)
                tn_tool_error(&mp->tool, "could not insert '%s': %s", target->match.name, insert_error(-r));
        *ret_missing = failed && failed->kind == TN_STEP_MISSING;
        return r;
}

static bool is_there(const struct tn_target *target)
{
        enum tn_kernel_state state;

        return target->verdict == TN_VERDICT_IN_KERNEL ||
               (tn_kernel_module_state(target->match.name, &state) == 0 && state == TN_KERNEL_LIVE);
}

/*
 * With one module its result is the result. With several behind one alias it is a failure only if an attempt
 * failed and none of them is in the kernel now; targets that do not exist count neither way.
 */
static int load_targets(struct modprobe *mp, const struct tn_plan *plan)
{
        int failure = 0;

        for (size_t i = 0; i < plan->n_targets; i++) {
                bool missing;
                int r = load_target(mp, plan, &plan->targets[i], &missing);

                if (r < 0 && (plan->n_targets == 1 || !missing))
                        failure = r;
        }
        for (size_t i = 0; failure < 0 && plan->n_targets > 1 && i < plan->n_targets; i++)
                if (is_there(&plan->targets[i]))
                        failure = 0;
        return failure;
}

static int print_names(const struct tn_plan *plan)
{
        for (size_t i = 0; i < plan->n_targets; i++)
                puts(plan->targets[i].match.name);
        return 0;
}

static void not_found(struct modprobe *mp, const char *operand)
{
        tn_log(&mp->tool.log, mp->all ? TN_LOG_WARNING : TN_LOG_CRIT, "Module %s not found in directory %s",
               operand, tn_catalog_dir(mp->catalog));
}

/* Only who names one module to load may name a file; a bare word never is one. */
static bool is_path(const struct modprobe *mp, const char *operand)
{
        struct span word = tn_span_of(operand);

        return !mp->all && !mp->show_alias && !(mp->plan_flags & TN_PLAN_USE_BLACKLIST) && !mp->kernel_call &&
               (tn_span_starts(word, SPAN("/")) || tn_span_starts(word, SPAN("./")));
}

static int load(struct modprobe *mp, const char *operand, const char *options)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };
        const char *path = is_path(mp, operand) ? operand : NULL;
        const struct tn_plan_request req = {
                .catalog = mp->catalog,
                .config = mp->config,
                .live = &live,
                .operand = tn_span_of(operand),
                .path = path,
                .flags = mp->plan_flags,
                .options = options,
                .underway = secure_getenv(TN_UNDERWAY_VARIABLE),
        };
        struct stat st;
        int r;

        if (path && stat(path, &st) < 0) {
                r = -errno;
                tn_tool_fatal(&mp->tool, "Failed to get module from path %s: %s", path, strerror(-r));
                return r;
        }
        r = tn_plan_load(&req, &plan);
        if (r == -ENOMEM) {
                tn_tool_fatal(&mp->tool, "out of memory");
                return r;
        }
        if (r < 0 || plan.n_targets == 0) {
                not_found(mp, operand);
                return -ENOENT;
        }
        return mp->show_alias ? print_names(&plan) : load_targets(mp, &plan);
}

static int remove_target(struct modprobe *mp, const struct tn_plan *plan, const struct tn_target *target)
{
        static const char *const refusals[] = {
                [TN_VERDICT_NOT_LOADED] = "is not in kernel.",
                [TN_VERDICT_BUILTIN] = "is builtin.",
                [TN_VERDICT_IN_USE] = "is in use.",
        };
        const struct tn_step *failed = NULL;
        int r;

        if (target->verdict == TN_VERDICT_ABSENT)
                return 0;
        if (target->verdict != TN_VERDICT_GO) {
                tn_tool_fatal(&mp->tool, "Module %s %s", target->match.name, refusals[target->verdict]);
                return -EINVAL;
        }
        r = apply(mp, plan, target, &failed);
        if (r < 0 && failed->kind != TN_STEP_REMOVE)
                tn_tool_error(&mp->tool, "could not remove '%s': %s", failed->name, strerror(-r));
        return r;
}

static int remove_operand(struct modprobe *mp, const char *operand)
{
        _cleanup_(tn_plan_fini) struct tn_plan plan = { 0 };
        _cleanup_(tn_live_fini) struct tn_live live = { 0 };
        const struct tn_plan_request req = {
                .catalog = mp->catalog,
                .config = mp->config,
                .live = &live,
                .operand = tn_span_of(operand),
                .flags = mp->plan_flags,
                .underway = secure_getenv(TN_UNDERWAY_VARIABLE),
        };
        int r = tn_plan_remove(&req, &plan), failure = 0;

        if (r < 0 || plan.n_targets == 0) {
                tn_tool_fatal(&mp->tool, "Module %s not found.", operand);
                return -ENOENT;
        }
        for (size_t i = 0; i < plan.n_targets; i++) {
                r = remove_target(mp, &plan, &plan.targets[i]);
                if (r < 0)
                        failure = r;
        }
        return failure;
}

/* A fatal message ends the run, unless it was not to be said. */
static int remove_all(struct modprobe *mp, char **operands, int n)
{
        int failure = 0;

        for (int i = 0; i < n && (failure == 0 || mp->tool.quiet); i++) {
                int r = remove_operand(mp, operands[i]);

                if (r < 0)
                        failure = r;
        }
        return failure;
}

static int load_all(struct modprobe *mp, char **operands, int n)
{
        int failure = 0;

        for (int i = 0; i < n; i++) {
                int r = load(mp, operands[i], NULL);

                if (r < 0)
                        failure = r;
        }
        return failure;
}

static int load_one(struct modprobe *mp, char **operands, int n)
{
        _cleanup_(tn_buf_fini) struct tn_buf options = { 0 };
        int r = tn_tool_join_options(operands + 1, n - 1, &options);

        return r < 0 ? r : load(mp, operands[0], tn_buf_str(&options));
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
                r = remove_all(&mp, operands, n);
        else if (mp.all)
                r = load_all(&mp, operands, n);
        else
                r = load_one(&mp, operands, n);
        return tn_tool_end(&mp.tool, r < 0 ? 1 : 0);
}
