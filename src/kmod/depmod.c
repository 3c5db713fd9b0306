/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "depmod/depmod.h"
#include "kernel/kernel.h"
#include "kmod/tool.h"
#include "util/cleanup.h"
#include "util/vec.h"

static const char usage[] = "Usage:\n"
                            "\tdepmod [options] [VERSION]\n"
                            "Indexes the modules of a kernel, by default of the running one.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { 'a', "all", NULL, "all modules; this is what it does anyway" },
        { 'b', "basedir", "DIR", "modules are in DIR/lib/modules/VERSION" },
        { 'C', "config", "PATH",
          "configuration file or directory instead of the\ndefault ones; may be repeated" },
        { 'n', "dry-run", NULL, "print the text files, and write nothing" },
        { 'n', "show", NULL, NULL },
        { 'v', "verbose", NULL, "say more; print which symbol needs which file" },
        { 'V', "version", NULL, "show version" },
        { 'h', "help", NULL, "show this help" },
};

struct depmod {
        struct tn_tool tool;
        const char *base;
        bool show;
        bool verbose;
        TN_VEC(const char *) config_paths;
};

static void depmod_fini(struct depmod *dm)
{
        tn_vec_fini(&dm->config_paths);
}

/* Kernel releases begin with two numbers: "6.1", "6.1.0-13-amd64". */
static bool is_version(const char *text)
{
        unsigned major, minor;

        return sscanf(text, "%u.%u", &major, &minor) == 2;
}

static int index_modules(struct depmod *dm, const char *version)
{
        _cleanup_(tn_buf_fini) struct tn_buf release = { 0 }, dir = { 0 };
        struct tn_depmod_options options = {
                .show = dm->show,
                .needs = dm->verbose,
                .out_fd = STDOUT_FILENO,
        };
        int r = 0;

        if (version)
                tn_buf_add_str(&release, version);
        else
                r = tn_kernel_release(&release);
        options.version = tn_buf_str(&release);
        if (r == 0)
                r = tn_tool_module_dir(dm->base, options.version, &dir);
        options.module_dir = tn_buf_str(&dir);
        if (r == 0 && dm->config_paths.n) {
                r = tn_vec_add(&dm->config_paths, NULL);
                options.config_paths = dm->config_paths.v;
        }
        if (r < 0 || !options.version || !options.module_dir) {
                tn_tool_error(&dm->tool, "could not find the module directory: %s",
                              strerror(r < 0 ? -r : ENOMEM));
                return 1;
        }
        return tn_depmod_run(&options, &dm->tool.log) < 0 ? 1 : 0;
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
                switch (id) {
                case 'a': break;
                case 'b': dm->base = arg; break;
                case 'C':
                        if (tn_vec_add(&dm->config_paths, arg) < 0)
                                id = '?';
                        break;
                case 'n': dm->show = true; break;
                case 'v':
                        dm->verbose = true;
                        tn_tool_louder(&dm->tool);
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

int tn_depmod_main(int argc, char **argv)
{
        _cleanup_(depmod_fini) struct depmod dm = { 0 };
        const char *version;
        int status;

        signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is an error like others, and to be told */
        tn_tool_init(&dm.tool, program_invocation_short_name, TN_LOG_WARNING);
        if (parse(&dm, argc, argv, &status) == 0)
                return status;
        tn_tool_begin(&dm.tool);
        version = optind < argc ? argv[optind] : NULL;
        if (version && !is_version(version)) {
                tn_tool_error(&dm.tool, "Bad version passed %s", version);
                return 1;
        }
        if (optind + 1 < argc) {
                tn_tool_error(&dm.tool,
                              "%s: single module files cannot be indexed yet; "
                              "name only a version",
                              argv[optind + 1]);
                return 1;
        }
        return tn_tool_end(&dm.tool, index_modules(&dm, version));
}
