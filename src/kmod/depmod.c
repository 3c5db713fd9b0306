/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/arguments.h"
#include "cli/explain.h"
#include "cli/progress.h"
#include "cli/tool.h"
#include "core/dirs.h"
#include "core/twins.h"
#include "core/world.h"
#include "depmod/cache.h"
#include "depmod/depmod.h"
#include "kernel/kernel.h"
#include "kmod/tools.h"
#include "util/brief.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/newfile.h"
#include "util/num.h"
#include "util/pool.h"
#include "util/vec.h"

static const char usage[] =
        "Usage:\n"
        "\tdepmod [options] [VERSION]\n"
        "\tdepmod [options] VERSION /FILE...\n"
        "Indexes the modules of a kernel, by default of the running one; and the files.\n";

enum {
        ROOT = TN_OPTION_LONG,
        CACHE,
        NO_CACHE,
        NO_SYNC,
        IGNORED,
        JOBS,
};

struct depmod {
        struct tn_tool tool;
        struct tn_progress progress;
        struct tn_log log; /* the tool's, with progress out of its way */
        struct tn_depmod_options options;
        struct tn_world world; /* what is indexed */
        struct tn_buf root;    /* the path of its root */
        struct tn_world out;   /* where the files go, if it has a base */
        const char *cache_dir; /* the user's; NULL: none was named */
        bool no_cache;
        struct tn_buf cache_path;
        struct tn_cache cache;
        bool all;
        struct tn_option_list config_paths;
        TN_VEC(const char *) files;
};

/* Kernel releases begin with two numbers: "6.1", "6.1.0-13-amd64". */
static bool is_version(const char *text)
{
        unsigned major, minor;

        return sscanf(text, "%u.%u", &major, &minor) == 2;
}

/* A directory. It had no argument once, and what is a version is the operand of such a call. */
static int take_root(void *run, const char *dir)
{
        struct depmod *dm = run;
        struct stat st;

        dm->world.root = dir;
        dm->world.base = NULL;
        if (!is_version(dir) || (stat(dir, &st) == 0 && S_ISDIR(st.st_mode)))
                return 0;
        tn_tool_error(&dm->tool,
                      "--root takes a directory, and %s is none. It was an option without argument once and "
                      "did nothing: depmod %s",
                      dir, dir);
        return -EINVAL;
}

static int take_prefix(void *run, const char *prefix)
{
        struct depmod *dm = run;

        dm->options.symbol_prefix = prefix[0];
        if (prefix[0] && !prefix[1])
                return 0;
        tn_tool_fatal(&dm->tool, "-P only takes a single char");
        return -EINVAL;
}

/* How many threads. */
static int take_jobs(void *run, const char *text)
{
        struct depmod *dm = run;
        uint64_t n;

        if (tn_num_parse(tn_span_of(text), 10, &n) == 0 && n > 0) {
                dm->options.jobs = (unsigned)MIN(n, (uint64_t)TN_POOL_THREADS_MAX);
                return 0;
        }
        tn_tool_error(&dm->tool, "--jobs takes a number of threads, 1 or more: %s", TN_BRIEF_STR(text));
        return -EINVAL;
}

#define SETS(field)  TN_OPTION_SETS(struct depmod, field)
#define KEEPS(field) TN_OPTION_KEEPS(struct depmod, field)

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { 'a', "all", NULL, "all modules, and none of the files; the default\nwithout files", SETS(all) },
        { 'A', "quick", NULL, "all modules, if one is newer than the index, or an\nindex is missing",
          SETS(options.quick) },
        { 'n', "dry-run", NULL, "print the text files, and write nothing", SETS(options.show) },
        { 'n', "show", NULL, NULL },
        { TN_OPTION_ROW_VERBOSE("say more; print which symbol needs which file") },
        { TN_OPTION_ROW_QUIET("say nothing, not even errors") },
        { 'w', "warn", NULL, "warn of aliases that a module has twice", SETS(options.warn_twice) },
        { JOBS, "jobs", "N", "read modules in N threads, not in one for each\nprocessor",
          TN_OPTION_TAKES(take_jobs) },
        { TN_OPTION_ROW_EXPLAIN },
        { TN_OPTION_ROW_VERSION },
        { TN_OPTION_ROW_HELP },
        { 0, NULL, NULL, "Where:" },
        { 'b', "basedir", "DIR", "modules are in DIR" TN_DIRS_MODULES "/VERSION", KEEPS(world.base) },
        { ROOT, "root", "DIR", "the same, and configuration comes from DIR, too",
          TN_OPTION_TAKES(take_root) },
        { 'm', "moduledir", "DIR", "DIR instead of " TN_DIRS_MODULES, KEEPS(world.moduledir) },
        { 'o', "outdir", "DIR", "write to DIR" TN_DIRS_MODULES "/VERSION", KEEPS(out.base) },
        { 'C', "config", "PATH",
          "configuration file or directory instead of the\ndefault ones; may be repeated",
          TN_OPTION_LISTS(struct depmod, config_paths) },
        { CACHE, "cache", "DIR",
          "keep what modules say in DIR, for the next run;\nby default in " TN_DIRS_CACHE, KEEPS(cache_dir),
          .whole = true },
        { NO_CACHE, "no-cache", NULL, "keep nothing, and read all modules", SETS(no_cache) },
        { NO_SYNC, "no-sync", NULL, "do not wait until the files are on disk", SETS(options.no_sync) },
        { 0, NULL, NULL, "Symbols:" },
        { 'e', "errsyms", NULL, "warn of symbols that nobody exports", SETS(options.check_symbols) },
        { 'E', "symvers", "FILE", "Module.symvers of the kernel, for -e; versions are\ncompared, too",
          KEEPS(options.symvers) },
        { 'F', "filesyms", "FILE", "System.map of the kernel, for -e", KEEPS(options.system_map) },
        { 'P', "symbol-prefix", "CHAR", "CHAR before a symbol does not count", TN_OPTION_TAKES(take_prefix) },
        { 'r', NULL, NULL, NULL },
        { 'u', "unresolved-error", NULL, NULL },
        { IGNORED, "map", NULL, NULL },
};

static const struct tn_arguments arguments = { TN_ARGUMENTS(usage, table), .level = TN_LOG_WARNING };

static void depmod_fini(struct depmod *dm)
{
        tn_world_close(&dm->world);
        tn_world_close(&dm->out);
        tn_cache_close(&dm->cache);
        tn_buf_fini(&dm->cache_path);
        tn_buf_fini(&dm->root);
        tn_vec_fini(&dm->config_paths);
        tn_vec_fini(&dm->files);
}

static void emit(void *data, enum tn_log_level level, const char *text)
{
        struct depmod *dm = data;

        tn_progress_clear(&dm->progress);
        dm->tool.log.emit(dm->tool.log.data, level, text);
}

static void tell_progress(void *data, uint32_t done, uint32_t total)
{
        struct depmod *dm = data;

        tn_progress_tell(&dm->progress, done, total);
}

static const struct tn_evidence_tool me = { "depmod", "-b", "depmod", NULL };

/* Of all that can go wrong, what is known of the directory that is indexed. */
static void explain_directory(struct depmod *dm)
{
        if (tn_explain_wanted(&dm->tool) && tn_world_open(&dm->world, TN_WORLD_CATALOG) == 0)
                tn_explain_directory(&dm->tool, &(struct tn_evidence_name_from){
                                                        .asked = "",
                                                        .catalog = dm->world.catalog,
                                                        .tool = &me,
                                                });
}

static void explain_file(void *data, const char *path)
{
        struct depmod *dm = data;

        if (!tn_explain_wanted(&dm->tool) || tn_world_open(&dm->world, TN_WORLD_CATALOG) < 0)
                return;
        tn_progress_clear(&dm->progress);
        tn_explain_file(&dm->tool, path, dm->world.catalog);
}

/* One message a file, each with what can be done. */
static void explain_twins(void *data, const struct tn_priority *priority, const struct tn_claims *claims)
{
        _cleanup_(tn_twins_fini) struct tn_twins all = { 0 };
        struct depmod *dm = data;
        struct tn_twin *twin;

        if (!tn_explain_wanted(&dm->tool) || tn_twins_add(&all, &dm->world.dir, priority, claims, NULL) < 0)
                return;
        tn_vec_each (twin, &all.list) {
                _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
                const struct tn_twins one = { .list = { .v = twin, .n = 1 } };

                if (tn_detect_twins(&one, &findings) == 0)
                        tn_explain_findings(&dm->tool, &findings);
        }
}

static int find_out_dir(struct depmod *dm)
{
        struct tn_world *out = &dm->out;
        int r;

        if (!out->base)
                return 0;
        out->moduledir = dm->world.moduledir;
        out->release = dm->world.release;
        r = tn_world_open(out, TN_WORLD_DIR);
        dm->options.out_dir = out->dir.path;
        if (r < 0 || dm->options.show)
                return r;
        r = tn_newfile_make_dirs(out->dir.path);
        if (r < 0)
                tn_tool_fatal(&dm->tool, "could not create directory %s: %s", out->dir.path, strerror(-r));
        return r;
}

/* The root gets an absolute path without slash at its end. The one of the system is no root at all. */
static int find_root(struct depmod *dm)
{
        struct tn_buf *path = &dm->root;
        int r = tn_file_absolute(dm->world.root, path);

        while (r == 0 && path->len && path->ptr[path->len - 1] == '/')
                path->len--;
        if (r == 0 && !tn_buf_str(path))
                r = tn_buf_error(path);
        dm->world.root = path->len ? path->ptr : NULL;
        return r;
}

/* A root that is missing is an error of the module directory, if that is in it. */
static int find_dir(struct depmod *dm)
{
        struct tn_world *world = &dm->world;
        int r = find_root(dm);

        if (r == 0)
                r = tn_world_open(world, TN_WORLD_DIR | (world->base ? TN_WORLD_ROOT : 0));
        return r;
}

/*
 * By default there is one only for the system that runs, of which root keeps it: an image that is being built is not to have
 * it in it, and is built only once.
 */
static bool has_cache(const struct depmod *dm)
{
        if (dm->no_cache || dm->cache_dir)
                return !dm->no_cache;
        return geteuid() == 0 && !dm->world.base && !dm->world.root && !getenv("SOURCE_DATE_EPOCH") &&
               !tn_kernel_in_chroot();
}

/* Without /proc there is none: it is not known which program that is. */
static void choose_cache(struct depmod *dm)
{
        const char *dir = dm->cache_dir ? dm->cache_dir : TN_DIRS_CACHE;
        struct stat program;

        if (!has_cache(dm) || tn_kernel_program(&program) < 0 || tn_file_absolute(dir, &dm->cache_path) < 0)
                return;
        dm->cache = tn_cache_init(tn_buf_str(&dm->cache_path));
        dm->cache.program = tn_depcache_id_of(&program);
        dm->options.cache = dm->cache.dir ? &dm->cache : NULL;
}

static int end_files(struct depmod *dm)
{
        int r = tn_vec_add(&dm->files, NULL);

        if (dm->files.n > 1 && !dm->all && !dm->options.quick)
                dm->options.files = dm->files.v;
        return r;
}

static int index_modules(struct depmod *dm)
{
        _cleanup_(tn_buf_fini) struct tn_buf release = { 0 };
        int r = end_files(dm);

        if (r == 0 && !dm->world.release) {
                r = tn_kernel_release(&release);
                dm->world.release = tn_buf_str(&release);
        }
        if (r == 0)
                r = find_dir(dm);
        if (r < 0) {
                tn_tool_error(&dm->tool, "could not find the module directory: %s", strerror(-r));
                return 1;
        }
        if (find_out_dir(dm) < 0)
                return 1;
        choose_cache(dm);
        tn_progress_begin(&dm->progress, dm->tool.name, "modules");
        dm->progress.active &= !dm->tool.quiet;
        r = tn_depmod_run(&dm->options, &dm->log);
        if (r < 0)
                explain_directory(dm);
        return r < 0 ? 1 : 0;
}

static int take_operands(struct depmod *dm, int n, char **operands)
{
        if (n == 0)
                return 0;
        if (!is_version(operands[0])) {
                tn_tool_error(&dm->tool, "Bad version passed %s", operands[0]);
                return -EINVAL;
        }
        dm->world.release = operands[0];
        for (int i = 1; i < n; i++)
                if (tn_vec_add(&dm->files, operands[i]) < 0)
                        return -ENOMEM;
        return 0;
}

/* The lock is a file, which is not to outlive a run that is stopped. */
static struct tn_lock held;

static void stop(int signal)
{
        tn_lock_drop(&held);
        raise(signal);
}

/* A signal that the caller has us ignore stays ignored. */
static void catch_signals(void)
{
        static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU };
        const struct sigaction action = { .sa_handler = stop, .sa_flags = (int)SA_RESETHAND | SA_NODEFER };
        struct sigaction old;

        for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
                if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
                        sigaction(signals[i], &action, NULL);
}

int tn_depmod_main(int argc, char **argv)
{
        _cleanup_(depmod_fini) struct depmod dm = { .options = { .out_fd = STDOUT_FILENO },
                                                    .cache = tn_cache_init(NULL) };
        int status;

        signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is an error like others, and reported */
        if (!tn_arguments_begin(&arguments, argc, argv, &dm.tool, &dm, &status))
                return status;
        dm.log = (struct tn_log){ emit, &dm, dm.tool.log.max };
        dm.world.config_paths = dm.config_paths.v;
        dm.options.world = &dm.world;
        dm.options.needs = dm.tool.verbose;
        dm.options.progress = tell_progress;
        dm.options.unread = explain_file;
        dm.options.claimed = dm.tool.verbose || tn_explain_asked(&dm.tool) ? explain_twins : NULL;
        dm.options.data = &dm;
        dm.options.lock = &held;
        catch_signals();
        if (take_operands(&dm, argc - optind, argv + optind) < 0)
                return 1;
        if (dm.options.quick && dm.options.show)
                return 0;
        return tn_tool_end(&dm.tool, index_modules(&dm));
}
