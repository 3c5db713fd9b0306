/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/arguments.h"
#include "cli/explain.h"
#include "cli/out.h"
#include "cli/tool.h"
#include "format/procmod.h"
#include "kernel/kernel.h"
#include "kmod/tools.h"
#include "util/cleanup.h"

static const char usage[] = "Usage:\n"
                            "\tlsmod [options]\n"
                            "Lists the modules that are loaded: name, size in bytes, use count, holders.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" }, { TN_OPTION_ROW_SYSLOG },  { TN_OPTION_ROW_VERBOSE("say more") },
        { TN_OPTION_ROW_EXPLAIN },     { TN_OPTION_ROW_VERSION }, { TN_OPTION_ROW_HELP },
};

static const struct tn_arguments arguments = { TN_ARGUMENTS(usage, table), .level = TN_LOG_ERR };

/*
 * The size without what is thrown away when the module has started. /proc/modules counts that in, as long as it is
 * there: only while the module is starting.
 */
static uint64_t core_size(const struct tn_procmod *mod)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        uint64_t size;

        if (!tn_span_eq(mod->state, SPAN("Loading")))
                return mod->size;
        tn_buf_add_span(&name, mod->name);
        return tn_buf_str(&name) && tn_kernel_module_size(name.ptr, &size) == 0 ? size : mod->size;
}

static void print_module(const struct tn_procmod *mod)
{
        struct span holders = mod->holders, name;
        const char *sep = " ";

        tn_out("%-19.*s %8" PRIu64 "  %" PRId64, SPAN_FMT(mod->name), core_size(mod), mod->refcnt);
        for (; tn_procmod_holder(&holders, &name); sep = ",")
                tn_out("%s%.*s", sep, SPAN_FMT(name));
        putchar('\n');
}

/* Of a kernel that has modules, nothing else keeps the file from being there. */
static void explain(struct tn_tool *tool, int err)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };

        if (!tn_explain_no_support(tool) && err == -ENOENT && tn_explain_wanted(tool) &&
            tn_findings_add(&findings, (struct tn_finding){ .code = TN_FINDING_PROC_MISSING }) == 0)
                tn_explain_findings(tool, &findings);
}

static int list(struct tn_tool *tool)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_procmod mod;
        struct span rest;
        int r = tn_kernel_modules(&text);

        if (r < 0) {
                tn_tool_error(tool, "could not open /proc/modules: %s", strerror(-r));
                tn_tool_error(tool, "could not get list of modules: %s", strerror(-r));
                explain(tool, r);
                return 1;
        }
        puts("Module                  Size  Used by");
        for (rest = tn_buf_span(&text); tn_procmod_next(&rest, &mod);)
                print_module(&mod);
        return 0;
}

int tn_lsmod_main(int argc, char **argv)
{
        struct tn_tool tool;
        int status;

        if (!tn_arguments_begin(&arguments, argc, argv, &tool, NULL, &status))
                return status;
        if (optind < argc) {
                tn_tool_error(&tool, "too many arguments provided.");
                return 1;
        }
        return tn_tool_end(&tool, list(&tool));
}
