/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/options.h"
#include "cli/progress.h"
#include "cli/tool.h"
#include "core/dirs.h"
#include "depmod/depmod.h"
#include "kernel/kernel.h"
#include "kmod/tools.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/newfile.h"
#include "util/vec.h"

static const char usage[] =
        "Usage:\n"
        "\tdepmod [options] [VERSION]\n"
        "\tdepmod [options] VERSION /FILE...\n"
        "Indexes the modules of a kernel, by default of the running one; and the files.\n";

enum {
        ROOT = TN_OPTION_LONG,
        IGNORED,
};

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { 'a', "all", NULL, "all modules, and none of the files; the default\nwithout files" },
        { 'A', "quick", NULL, "all modules, if one is newer than the index, or an\nindex is missing" },
        { 'n', "dry-run", NULL, "print the text files, and write nothing" },
        { 'n', "show", NULL, NULL },
        { 'v', "verbose", NULL, "say more; print which symbol needs which file" },
        { 'q', "quiet", NULL, "say nothing, not even errors" },
        { 'w', "warn", NULL, "warn of aliases that a module has twice" },
        { 'V', "version", NULL, "show version" },
        { 'h', "help", NULL, "show this help" },
        { 0, NULL, NULL, "Where:" },
        { 'b', "basedir", "DIR", "modules are in DIR" TN_DIRS_MODULES "/VERSION" },
        { ROOT, "root", "DIR", "the same, and configuration comes from DIR, too" },
        { 'm', "moduledir", "DIR", "DIR instead of " TN_DIRS_MODULES },
        { 'o', "outdir", "DIR", "write to DIR" TN_DIRS_MODULES "/VERSION" },
        { 'C', "config", "PATH",
          "configuration file or directory instead of the\ndefault ones; may be repeated" },
        { 0, NULL, NULL, "Symbols:" },
        { 'e', "errsyms", NULL, "warn of symbols that nobody exports" },
        { 'E', "symvers", "FILE", "Module.symvers of the kernel, for -e; versions are\ncompared, too" },
        { 'F', "filesyms", "FILE", "System.map of the kernel, for -e" },
        { 'P', "symbol-prefix", "CHAR", "CHAR before a symbol does not count" },
        { 'r', NULL, NULL, NULL },
        { 'u', "unresolved-error", NULL, NULL },
        { IGNORED, "map", NULL, NULL },
};

struct depmod {
        struct tn_tool tool;
        struct tn_progress progress;
        struct tn_log log; /* the tool's, with progress out of its way */
        struct tn_depmod_options options;
        const char *base;
        const char *module_dir;
        const char *out_base;
        const char *root;
        bool all;
        TN_VEC(const char *) config_paths;
        TN_VEC(const char *) files;
};

static void depmod_fini(struct depmod *dm)
{
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

/* Kernel releases begin with two numbers: "6.1", "6.1.0-13-amd64". */
static bool is_version(const char *text)
{
        unsigned major, minor;

        return sscanf(text, "%u.%u", &major, &minor) == 2;
}

static int find_out_dir(struct depmod *dm, struct tn_buf *dir)
{
        const struct tn_tool_dirs dirs = { .base = dm->out_base, .moduledir = dm->module_dir };
        int r;

        if (!dm->out_base)
                return 0;
        r = tn_tool_module_dir(&dirs, dm->options.version, dir);
        dm->options.out_dir = tn_buf_str(dir);
        if (r < 0 || dm->options.show)
                return r;
        r = tn_newfile_make_dirs(dir->ptr);
        if (r < 0)
                tn_tool_fatal(&dm->tool, "could not create directory %s: %s", dir->ptr, strerror(-r));
        return r;
}

/* The root gets an absolute path without slash at its end. The one of the system is no root at all. */
static int find_root(struct depmod *dm, struct tn_buf *path, struct tn_inroot *root)
{
        bool is_base = dm->root == dm->base;
        int r;

        if (!dm->root)
                return 0;
        r = tn_file_absolute(dm->root, path);
        while (r == 0 && path->len && path->ptr[path->len - 1] == '/')
                path->len--;
        if (r < 0)
                return r;
        if (!tn_buf_str(path))
                return tn_buf_error(path);
        dm->root = path->len ? path->ptr : NULL;
        if (is_base)
                dm->base = path->ptr;
        r = dm->root ? tn_inroot_init(dm->root, root) : 0;
        if (r == 0 && dm->root)
                dm->options.root = root;
        /* that there is no such directory is said of the module directory in it */
        return is_base && (r == -ENOENT || r == -ENOTDIR) ? 0 : r;
}

static int find_dir(struct depmod *dm, struct tn_tool_module_dir *ret_found)
{
        const struct tn_tool_dirs dirs = {
                .base = dm->base,
                .root = dm->base == dm->root ? dm->root : NULL,
                .moduledir = dm->module_dir,
        };
        int r = tn_tool_find_module_dir(&dirs, dm->options.version, ret_found);

        if (r < 0)
                return r;
        dm->options.module_dir = ret_found->dir.path;
        dm->options.inside = ret_found->dir.inside;
        return 0;
}

static int end_lists(struct depmod *dm)
{
        int r = tn_vec_add(&dm->config_paths, NULL);

        if (r == 0)
                r = tn_vec_add(&dm->files, NULL);
        if (dm->config_paths.n > 1)
                dm->options.config_paths = dm->config_paths.v;
        if (dm->files.n > 1 && !dm->all && !dm->options.quick)
                dm->options.files = dm->files.v;
        return r;
}

static int index_modules(struct depmod *dm)
{
        _cleanup_(tn_buf_fini) struct tn_buf release = { 0 }, out_dir = { 0 }, root_path = { 0 };
        _cleanup_(tn_tool_module_dir_fini) struct tn_tool_module_dir found = { 0 };
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };
        int r = end_lists(dm);

        if (r == 0 && !dm->options.version) {
                r = tn_kernel_release(&release);
                dm->options.version = tn_buf_str(&release);
        }
        if (r == 0)
                r = find_root(dm, &root_path, &root);
        if (r == 0)
                r = find_dir(dm, &found);
        if (r < 0) {
                tn_tool_error(&dm->tool, "could not find the module directory: %s", strerror(-r));
                return 1;
        }
        if (find_out_dir(dm, &out_dir) < 0)
                return 1;
        tn_progress_begin(&dm->progress, dm->tool.name, "modules");
        dm->progress.active &= !dm->tool.quiet;
        return tn_depmod_run(&dm->options, &dm->log) < 0 ? 1 : 0;
}

/* A directory. It had no argument once, and what is a version is the operand of such a call. */
static int set_root(struct depmod *dm, const char *dir)
{
        struct stat st;

        dm->root = dm->base = dir;
        if (!is_version(dir) || (stat(dir, &st) == 0 && S_ISDIR(st.st_mode)))
                return 0;
        tn_tool_error(&dm->tool,
                      "--root takes a directory, and %s is none. It was an option without argument once and "
                      "did nothing: depmod %s",
                      dir, dir);
        return -EINVAL;
}

static int set_prefix(struct depmod *dm, const char *prefix)
{
        dm->options.symbol_prefix = prefix[0];
        if (prefix[0] && !prefix[1])
                return 0;
        tn_tool_fatal(&dm->tool, "-P only takes a single char");
        return -EINVAL;
}

/* Returns 0, or -EINVAL after it was said why. */
static int take_option(struct depmod *dm, int id, const char *arg)
{
        switch (id) {
        case 'a': dm->all = true; break;
        case 'A': dm->options.quick = true; break;
        case 'b': dm->base = arg; break;
        case ROOT: return set_root(dm, arg);
        case 'm': dm->module_dir = arg; break;
        case 'o': dm->out_base = arg; break;
        case 'C': return tn_vec_add(&dm->config_paths, arg);
        case 'e': dm->options.check_symbols = true; break;
        case 'E': dm->options.symvers = arg; break;
        case 'F': dm->options.system_map = arg; break;
        case 'P': return set_prefix(dm, arg);
        case 'n': dm->options.show = true; break;
        case 'w': dm->options.warn_twice = true; break;
        case 'q': dm->tool.quiet = true; break;
        case 'v':
                dm->options.needs = true;
                tn_tool_louder(&dm->tool);
                break;
        case '?': return -EINVAL;
        }
        return 0;
}

/* Returns 1 to go on; otherwise the run is over with *ret_status. */
static int parse(struct depmod *dm, int argc, char **argv, int *ret_status)
{
        struct tn_options opts;
        const char *arg;
        int id;

        *ret_status = 0;
        tn_options_init(&opts, table, ARRAY_SIZE(table), argc, argv, false);
        while ((id = tn_options_next(&opts, &arg)) != -1) {
                if (id == 'V') {
                        tn_tool_version();
                        return 0;
                }
                if (id == 'h') {
                        tn_options_help(stdout, usage, table, ARRAY_SIZE(table));
                        return 0;
                }
                if (take_option(dm, id, arg) < 0) {
                        *ret_status = 1;
                        return 0;
                }
        }
        return 1;
}

static int take_operands(struct depmod *dm, int n, char **operands)
{
        if (n == 0)
                return 0;
        if (!is_version(operands[0])) {
                tn_tool_error(&dm->tool, "Bad version passed %s", operands[0]);
                return -EINVAL;
        }
        dm->options.version = operands[0];
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

/* Who called may have chosen to ignore some. */
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
        _cleanup_(depmod_fini) struct depmod dm = { .options = { .out_fd = STDOUT_FILENO } };
        int status;

        signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is an error like others, and to be told */
        tn_tool_init(&dm.tool, program_invocation_short_name, TN_LOG_WARNING);
        if (parse(&dm, argc, argv, &status) == 0)
                return tn_tool_end(&dm.tool, status);
        tn_tool_begin(&dm.tool);
        dm.log = (struct tn_log){ emit, &dm, dm.tool.log.max };
        dm.options.progress = tell_progress;
        dm.options.data = &dm;
        dm.options.lock = &held;
        catch_signals();
        if (take_operands(&dm, argc - optind, argv + optind) < 0)
                return 1;
        if (dm.options.quick && dm.options.show)
                return 0;
        return tn_tool_end(&dm.tool, index_modules(&dm));
}
