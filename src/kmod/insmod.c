/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/explain.h"
#include "cli/insert_words.h"
#include "cli/operand.h"
#include "cli/arguments.h"
#include "cli/tool.h"
#include "core/insert.h"
#include "core/world.h"
#include "format/modname.h"
#include "kernel/kernel.h"
#include "kmod/tools.h"
#include "util/cleanup.h"
#include "util/dir.h"

static const char usage[] = "Usage:\n"
                            "\tinsmod [options] filename [name=value ...]\n"
                            "Loads one module file as it is; what it depends on must be loaded already.\n"
                            "The filename - stands for standard input.\n";

enum {
        FORCE_MODVERSION = TN_OPTION_LONG,
        FORCE_VERMAGIC,
};

struct insmod {
        struct tn_tool tool;
        unsigned flags; /* of tn_kernel_init_flags */
};

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { 'f', "force", NULL, "both of these; this may crash the system",
          TN_OPTION_ADDS(struct insmod, flags, TN_KERNEL_IGNORE_MODVERSIONS | TN_KERNEL_IGNORE_VERMAGIC) },
        { FORCE_MODVERSION, "force-modversion", NULL, "ignore the versions of symbols",
          TN_OPTION_ADDS(struct insmod, flags, TN_KERNEL_IGNORE_MODVERSIONS) },
        { FORCE_VERMAGIC, "force-vermagic", NULL, "ignore which kernel it was built for",
          TN_OPTION_ADDS(struct insmod, flags, TN_KERNEL_IGNORE_VERMAGIC) },
        { 'p', NULL, NULL, NULL }, /* probe, and autoclean, of modutils */
        { 'k', NULL, NULL, NULL },
        { TN_OPTION_ROW_SYSLOG },
        { TN_OPTION_ROW_VERBOSE("say more") },
        { TN_OPTION_ROW_EXPLAIN },
        { TN_OPTION_ROW_VERSION },
        { TN_OPTION_ROW_HELP },
};

static const struct tn_arguments arguments = { TN_ARGUMENTS(usage, table), .level = TN_LOG_ERR };

/* A FIFO is opened only after it was seen to be one: to open a device can be to use it. */
static int insert_fifo(const char *path, const char *options, unsigned flags)
{
        _cleanup_(closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

        return fd < 0 ? -errno : tn_insert_fd(fd, options, flags);
}

/* path is NULL where the module did not come from a file that can be read again. */
static void explain(struct tn_tool *tool, const char *path, const char *options, int log_fd, int err)
{
        _cleanup_(tn_world_close) struct tn_world world = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        if (!tn_explain_wanted(tool) || tn_world_open(&world, TN_WORLD_CATALOG) < 0)
                return;
        tn_modname_from_path(tn_span_of(path), &name);
        if (tn_buf_str(&name))
                tn_explain_load(tool,
                                &(struct tn_evidence_load){
                                        .err = err,
                                        .name = name.len ? name.ptr : "the module",
                                        .path = path,
                                        .options = options,
                                        .catalog = world.catalog,
                                        .log_fd = log_fd,
                                },
                                NULL);
}

/* A file that is not there: it may be a link, or have the name of a module. */
static void explain_no_file(struct tn_tool *tool, const char *path, int err)
{
        _cleanup_(tn_world_close) struct tn_world world = { 0 };
        struct stat st;

        if (lstat(path, &st) == 0)
                tn_explain_link(tool, path, err);
        else if (err == -ENOENT && !strchr(path, '/') && tn_explain_wanted(tool) &&
                 tn_world_open(&world, TN_WORLD_CATALOG) == 0)
                tn_explain_file_name(tool, path, world.catalog);
}

static int insert(struct insmod *ins, const char *path, const char *options)
{
        struct tn_tool *tool = &ins->tool;
        bool from_stdin = strcmp(path, "-") == 0;
        _cleanup_(closep) int log_fd = -1;
        struct stat st;
        int r;

        if (from_stdin && isatty(STDIN_FILENO)) {
                tn_tool_error(tool, "could not load module -: standard input is a terminal");
                return 1;
        }
        if ((from_stdin ? fstat(STDIN_FILENO, &st) : stat(path, &st)) < 0) {
                r = -errno;
                tn_tool_error(tool, "could not load module %s: %s", path, strerror(-r));
                explain_no_file(tool, path, r);
                return 1;
        }
        log_fd = tn_explain_open_log(tool);
        if (from_stdin)
                r = tn_insert_fd(STDIN_FILENO, options, ins->flags);
        else if (S_ISFIFO(st.st_mode))
                r = insert_fifo(path, options, ins->flags);
        else
                r = tn_insert_file(path, options, ins->flags);
        if (r < 0)
                tn_tool_error(tool, "could not insert module %s: %s", path,
                              tn_insert_words(TN_INSERT_INSMOD, r));
        explain(tool, S_ISFIFO(st.st_mode) || from_stdin ? NULL : path, options, log_fd, r);
        return r < 0 ? 1 : 0;
}

static int insert_with(struct insmod *ins, const char *path, char **operands, int n)
{
        _cleanup_(tn_buf_fini) struct tn_buf options = { 0 };

        if (tn_operand_join_options(operands, n, &options) < 0 || !tn_buf_str(&options)) {
                tn_tool_error(&ins->tool, "could not insert module %s: %s", path, strerror(ENOMEM));
                return 1;
        }
        return insert(ins, path, options.ptr);
}

int tn_insmod_main(int argc, char **argv)
{
        struct insmod ins = { 0 };
        int status;

        if (!tn_arguments_begin(&arguments, argc, argv, &ins.tool, &ins, &status))
                return status;
        if (optind >= argc) {
                tn_tool_error(&ins.tool, "missing filename.");
                return 1;
        }
        return insert_with(&ins, argv[optind], argv + optind + 1, argc - optind - 1);
}
