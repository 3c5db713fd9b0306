/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/operand.h"
#include "cli/arguments.h"
#include "cli/explain.h"
#include "cli/tool.h"
#include "core/delete.h"
#include "core/world.h"
#include "format/modname.h"
#include "kernel/kernel.h"
#include "kmod/tools.h"
#include "util/brief.h"
#include "util/cleanup.h"

static const char usage[] = "Usage:\n"
                            "\trmmod [options] modulename ...\n"
                            "Removes modules that nothing uses.\n";

struct rmmod {
        struct tn_tool tool;
        struct tn_world world;
        bool force;
        bool wait;
        bool sweep; /* once: all that nothing uses, when no module is named */
};

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { 'f', "force", NULL, "remove even what is in use, if the kernel can;\nthis may crash the system",
          TN_OPTION_SETS(struct rmmod, force) },
        { 'w', "wait", NULL, "wait for as long as a module is in use", TN_OPTION_SETS(struct rmmod, wait) },
        { 'a', "all", NULL, NULL, TN_OPTION_SETS(struct rmmod, sweep) },
        { TN_OPTION_ROW_SYSLOG },
        { TN_OPTION_ROW_VERBOSE("say more") },
        { TN_OPTION_ROW_EXPLAIN },
        { TN_OPTION_ROW_VERSION },
        { TN_OPTION_ROW_HELP },
};

static const struct tn_arguments arguments = { TN_ARGUMENTS(usage, table), .level = TN_LOG_ERR };

/* Who uses it, separated by blanks. */
static int holders_of(const char *name, struct tn_buf *ret_text)
{
        int r = tn_kernel_module_holders(name, ret_text);

        if (r < 0 || ret_text->len == 0)
                return r;
        ret_text->len--;
        for (size_t i = 0; i < ret_text->len; i++)
                if (ret_text->ptr[i] == '\0')
                        ret_text->ptr[i] = ' ';
        return 0;
}

/* Returns -EBUSY when it is in use, which is reported; when we will wait, only with -v. */
static int check_use(struct rmmod *rm, const char *name)
{
        enum tn_log_level level = rm->wait ? TN_LOG_WARNING : TN_LOG_ERR;
        const char *then = rm->wait ? "; waiting" : "";
        _cleanup_(tn_buf_fini) struct tn_buf holders = { 0 };
        int64_t refcnt;
        int r;

        if (holders_of(name, &holders) == 0 && holders.len > 0) {
                tn_log(&rm->tool.log, level, "Module %s is in use by: %.*s%s", name,
                       SPAN_FMT(tn_buf_span(&holders)), then);
                return -EBUSY;
        }
        r = tn_kernel_module_refcnt(name, &refcnt);
        if (r == -ENOENT) {
                tn_tool_error(&rm->tool, "Module unloading is not supported");
                return r;
        }
        if (r == 0 && refcnt > 0) {
                tn_log(&rm->tool.log, level, "Module %s is in use%s", name, then);
                return -EBUSY;
        }
        return 0;
}

/* Returns 0 when it can be removed; otherwise the reason is reported. */
static int check(struct rmmod *rm, const char *name)
{
        enum tn_kernel_state state = TN_KERNEL_ABSENT;
        int r;

        if (tn_catalog_is_builtin(rm->world.catalog, tn_span_of(name))) {
                tn_tool_error(&rm->tool, "Module %s is builtin.", name);
                return -ENOENT;
        }
        if (tn_kernel_module_state(name, &state) < 0 || state == TN_KERNEL_ABSENT) {
                tn_tool_error(&rm->tool, "Module %s is not currently loaded", name);
                if (!tn_explain_no_support(&rm->tool))
                        tn_explain_removal(&rm->tool, name, -ENOENT, rm->world.catalog);
                return -ENOENT;
        }
        r = check_use(rm, name);
        if (rm->wait && r == -EBUSY)
                return 0;
        if (r == -EBUSY)
                tn_explain_removal(&rm->tool, name, -EAGAIN, rm->world.catalog);
        return r;
}

static int remove_one(struct rmmod *rm, const char *operand)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        unsigned flags = TN_KERNEL_NOWAIT | (rm->force ? TN_KERNEL_FORCE : 0u);
        int r = tn_operand_module(operand, &name);

        if (r == 0 && !tn_buf_str(&name))
                r = tn_buf_error(&name);
        if (r == 0 && !tn_modname_is_sane(tn_buf_span(&name))) {
                tn_tool_error(&rm->tool, "Module %s is not currently loaded", TN_BRIEF_STR(operand));
                return -ENOENT;
        }
        if (r == 0 && !rm->force)
                r = check(rm, name.ptr);
        if (r < 0)
                return r;
        r = tn_delete_module(name.ptr, flags, rm->wait ? TN_DELETE_FOREVER : 0);
        if (r < 0) {
                tn_tool_error(&rm->tool, "could not remove '%s': %s", name.ptr, strerror(-r));
                tn_tool_error(&rm->tool, "could not remove module %s: %s", operand, strerror(-r));
                tn_explain_removal(&rm->tool, name.ptr, r, rm->world.catalog);
        }
        return r;
}

static int remove_all(struct rmmod *rm, char **operands, int n)
{
        int status = 0;

        if (tn_world_open(&rm->world, TN_WORLD_CATALOG) < 0)
                return 1;
        for (int i = 0; i < n; i++)
                if (remove_one(rm, operands[i]) < 0)
                        status = 1;
        tn_world_close(&rm->world);
        return status;
}

static int nothing_named(struct rmmod *rm)
{
        if (rm->sweep)
                tn_tool_error(&rm->tool, "unused modules are not swept any more: name those to remove.");
        else
                tn_tool_error(&rm->tool, "missing module name.");
        return 1;
}

int tn_rmmod_main(int argc, char **argv)
{
        struct rmmod rm = { 0 };
        int status;

        if (!tn_arguments_begin(&arguments, argc, argv, &rm.tool, &rm, &status))
                return status;
        return optind >= argc ? nothing_named(&rm) : remove_all(&rm, argv + optind, argc - optind);
}
