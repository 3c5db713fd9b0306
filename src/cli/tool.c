/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "cli/out.h"
#include "cli/tool.h"
#include "core/dirs.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/inroot.h"
#include "util/span.h"

/* The text is escaped already, and may have several lines. */
static void say_text(const char *who, enum tn_log_level level, const char *what, const char *text)
{
        tn_out_flush();
        fprintf(stderr, "%s: %s: %s%s%s\n", who, tn_log_level_name(level), what ? what : "", what ? ": " : "",
                text);
}

static void emit(void *data, enum tn_log_level level, const char *text)
{
        const struct tn_tool *tool = data;

        say_text(tool->name, level, NULL, text);
}

static void emit_syslog(void *data, enum tn_log_level level, const char *text)
{
        (void)data;
        syslog((int)level, "%s: %s", tn_log_level_name(level), text);
}

static void emit_library_from(void *data, enum tn_log_level level, const char *who, const char *text)
{
        say_text("libkmod", level, who, text);
}

static void emit_library(void *data, enum tn_log_level level, const char *text)
{
        emit_library_from(NULL, level, data, text);
}

struct tn_log tn_tool_library_log(const char *who)
{
        return (struct tn_log){
                .emit = emit_library,
                .emit_from = emit_library_from,
                .data = (void *)(uintptr_t)who,
                .max = TN_LOG_ERR,
        };
}

void tn_tool_init(struct tn_tool *tool, const char *name, enum tn_log_level max)
{
        *tool = (struct tn_tool){ .name = name, .log = { .emit = emit, .data = tool, .max = max } };
}

void tn_tool_begin(struct tn_tool *tool)
{
        struct stat st;

        if (tool->quiet)
                tool->log.max = TN_LOG_EMERG;
        if (fstat(STDERR_FILENO, &st) < 0)
                tool->use_syslog = true;
        if (!tool->use_syslog)
                return;
        openlog(tool->name, LOG_CONS, LOG_DAEMON);
        tool->log.emit = emit_syslog;
}

void tn_tool_version(void)
{
        puts("kmod version 34");
        puts(TN_FEATURES);
        puts("tenon version " TN_VERSION);
}

/* The path behind the base or the root: "/lib/modules/VERSION". */
static int add_below(const struct tn_tool_dirs *dirs, const char *version, struct tn_buf *below)
{
        const char *moduledir = dirs->moduledir ? dirs->moduledir : TN_DIRS_MODULES;

        tn_buf_addf(below, "/%s/", moduledir + strspn(moduledir, "/"));
        if (!version)
                return tn_kernel_release(below);
        tn_buf_add_str(below, version);
        return tn_buf_error(below);
}

/* Where a path leads when root is the root, whatever links there are; without a root, to where it would be. */
static int add_resolved(const struct tn_tool_dirs *dirs, const char *below, struct tn_tool_module_dir *found)
{
        struct tn_buf *path = &found->path;
        size_t outside;
        int r = tn_inroot_init(dirs->root, &found->root);

        while (path->len && path->ptr[path->len - 1] == '/')
                path->len--;
        outside = path->len;
        if (r == -ENOENT || r == -ENOTDIR) {
                tn_buf_add_str(path, below);
                return tn_buf_error(path);
        }
        if (r == 0)
                r = tn_inroot_resolve(&found->root, below, path);
        if (r == 0 && !tn_buf_str(path))
                r = tn_buf_error(path);
        if (r < 0)
                return r;
        found->dir.root = &found->root;
        found->dir.inside = path->ptr + outside;
        return 0;
}

static int find(const struct tn_tool_dirs *dirs, const char *version, struct tn_tool_module_dir *found)
{
        _cleanup_(tn_buf_fini) struct tn_buf below = { 0 };
        int r = tn_file_absolute(dirs->root ? dirs->root : dirs->base, &found->path);

        if (r == 0)
                r = add_below(dirs, version, &below);
        if (r == 0 && !tn_buf_str(&below))
                r = tn_buf_error(&below);
        if (r < 0)
                return r;
        if (dirs->root)
                return add_resolved(dirs, below.ptr, found);
        tn_buf_add_span(&found->path, tn_buf_span(&below));
        return tn_buf_error(&found->path);
}

int tn_tool_find_module_dir(const struct tn_tool_dirs *dirs, const char *version,
                            struct tn_tool_module_dir *ret_found)
{
        int r;

        *ret_found = (struct tn_tool_module_dir){ .dir.fd = AT_FDCWD };
        r = find(dirs, version, ret_found);
        ret_found->dir.path = tn_buf_str(&ret_found->path);
        if (r == 0 && !ret_found->dir.path)
                r = tn_buf_error(&ret_found->path);
        if (r < 0)
                tn_tool_module_dir_fini(ret_found);
        return r;
}

void tn_tool_module_dir_fini(struct tn_tool_module_dir *found)
{
        tn_buf_fini(&found->path);
        tn_inroot_fini(&found->root);
        *found = (struct tn_tool_module_dir){ .dir.fd = AT_FDCWD };
}

int tn_tool_module_dir(const struct tn_tool_dirs *dirs, const char *version, struct tn_buf *path)
{
        _cleanup_(tn_tool_module_dir_fini) struct tn_tool_module_dir found;
        int r = tn_tool_find_module_dir(dirs, version, &found);

        if (r < 0)
                return r;
        tn_buf_add_span(path, tn_buf_span(&found.path));
        return tn_buf_error(path);
}

int tn_tool_end(struct tn_tool *tool, int status)
{
        int r = tn_out_error();

        if (r == 0)
                return status;
        tn_tool_error(tool, "could not write to standard output: %s", strerror(-r));
        return 1;
}
