/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/catalog.h"
#include "format/modname.h"
#include "kernel/kernel.h"
#include "kmod/tool.h"
#include "util/cleanup.h"

static const char usage[] = "Usage:\n"
                            "\trmmod [options] modulename ...\n"
                            "Removes modules that nothing uses.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { 'f', "force", NULL, "remove even what is in use, if the kernel can;\nthis may crash the system" },
        { 's', "syslog", NULL, "messages go to syslog, not to standard error" },
        { 'v', "verbose", NULL, "say more" },
        { 'V', "version", NULL, "show version" },
        { 'h', "help", NULL, "show this help" },
};

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

/* 0 when nothing speaks against removing it; otherwise it has been said. */
static int check(struct tn_tool *tool, struct tn_catalog *cat, const char *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf holders = { 0 };
        enum tn_kernel_state state = TN_KERNEL_ABSENT;
        int64_t refcnt;
        int r;

        if (tn_catalog_is_builtin(cat, tn_span_of(name))) {
                tn_tool_error(tool, "Module %s is builtin.", name);
                return -ENOENT;
        }
        if (tn_kernel_module_state(name, &state) < 0 || state == TN_KERNEL_ABSENT) {
                tn_tool_error(tool, "Module %s is not currently loaded", name);
                return -ENOENT;
        }
        if (holders_of(name, &holders) == 0 && holders.len > 0) {
                tn_tool_error(tool, "Module %s is in use by: %.*s", name, SPAN_FMT(tn_buf_span(&holders)));
                return -EBUSY;
        }
        r = tn_kernel_module_refcnt(name, &refcnt);
        if (r == -ENOENT) {
                tn_tool_error(tool, "Module unloading is not supported");
                return r;
        }
        if (r == 0 && refcnt > 0) {
                tn_tool_error(tool, "Module %s is in use", name);
                return -EBUSY;
        }
        return 0;
}

/* A file that is there names its module; anything else is a name. */
static int name_of(const char *operand, struct tn_buf *ret_name)
{
        struct stat st;

        if (stat(operand, &st) == 0)
                tn_modname_from_path(tn_span_of(operand), ret_name);
        else
                tn_modname_from_text(tn_span_of(operand), ret_name);
        return tn_buf_str(ret_name) ? 0 : tn_buf_error(ret_name);
}

static int remove_one(struct tn_tool *tool, struct tn_catalog *cat, const char *operand, bool force)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        int r = name_of(operand, &name);

        if (r == 0 && !force)
                r = check(tool, cat, name.ptr);
        if (r < 0)
                return r;
        r = tn_kernel_delete(name.ptr, TN_KERNEL_NOWAIT | (force ? TN_KERNEL_FORCE : 0u));
        if (r < 0) {
                tn_tool_error(tool, "could not remove '%s': %s", name.ptr, strerror(-r));
                tn_tool_error(tool, "could not remove module %s: %s", name.ptr, strerror(-r));
        }
        return r;
}

static int remove_all(struct tn_tool *tool, char **operands, int n, bool force)
{
        _cleanup_(tn_catalog_closep) struct tn_catalog *cat = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf dir = { 0 };
        int status = 0;

        if (tn_tool_module_dir(&(struct tn_tool_dirs){ 0 }, NULL, &dir) < 0 || !tn_buf_str(&dir) ||
            tn_catalog_open(dir.ptr, &cat) < 0)
                return 1;
        for (int i = 0; i < n; i++)
                if (remove_one(tool, cat, operands[i], force) < 0)
                        status = 1;
        return status;
}

int tn_rmmod_main(int argc, char **argv)
{
        struct tn_options opts;
        struct tn_tool tool;
        bool force = false;
        const char *arg;
        int id;

        tn_tool_init(&tool, program_invocation_short_name, TN_LOG_ERR);
        tn_options_init(&opts, table, ARRAY_SIZE(table), argc, argv, false);
        while ((id = tn_options_next(&opts, &arg)) != -1) {
                switch (id) {
                case 'f': force = true; break;
                case 's': tool.use_syslog = true; break;
                case 'v': tn_tool_louder(&tool); break;
                case 'V': tn_tool_version(); return tn_tool_end(&tool, 0);
                case 'h':
                        tn_options_help(stdout, usage, table, ARRAY_SIZE(table));
                        return tn_tool_end(&tool, 0);
                default: return 1;
                }
        }
        tn_tool_begin(&tool);
        if (optind >= argc) {
                tn_tool_error(&tool, "missing module name.");
                return 1;
        }
        return remove_all(&tool, argv + optind, argc - optind, force);
}
