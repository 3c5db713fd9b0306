/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "core/config.h"
#include "core/config_add.h"
#include "format/cmdline.h"
#include "format/line.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/confd.h"
#include "util/file.h"

/* More than any configuration; a device that never ends stops here. */
#define FILE_MAX    (64u * 1024 * 1024)

/* Who says it, in kmod's messages. */
#define WHO_FILE    "kmod_config_parse"
#define WHO_CMDLINE "kcmdline_parse_result"

static const char *const default_dirs[] = {
        "/etc/modprobe.d",     "/run/modprobe.d", "/usr/local/lib/modprobe.d",
        "/usr/lib/modprobe.d", "/lib/modprobe.d",
};

/* What depmod leaves in the module directory for us, under the names they are sorted by. */
static const char *const depmod_files[] = { "modules.softdep", "modules.weakdep" };

/* Takes one logical line in; a bad one is told and forgotten. */
static int add_line(struct tn_config *config, struct span line, unsigned number, const char *file,
                    struct tn_log *log)
{
        struct tn_conf_record record;
        int r = tn_modprobe_conf_parse(line, tn_config_arena(config), &record);

        switch (r) {
        case 1:
                record.file = file;
                record.line = number;
                return tn_config_add(config, &record);
        case -EOPNOTSUPP:
                tn_log_from(log, WHO_FILE, TN_LOG_ERR, "%s: command %s is deprecated and not parsed anymore",
                            file, record.key.ptr);
                return 0;
        case -EINVAL:
                tn_log_from(log, WHO_FILE, TN_LOG_ERR, "%s line %u: ignoring bad line starting with '%s'",
                            file, number, record.key.ptr);
                return 0;
        default: return r;
        }
}

static int add_text(struct tn_config *config, struct span text, const char *file, struct tn_log *log)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        struct span line;
        int r;

        tn_lines_init(&lines, text);
        while ((r = tn_lines_next(&lines, &line)) > 0) {
                r = add_line(config, line, lines.number, file, log);
                if (r < 0)
                        return r;
        }
        return r;
}

static int add_file(struct tn_config *config, const char *path, struct tn_log *log)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const char *file;
        int r = tn_file_read_at(AT_FDCWD, path, FILE_MAX, &text);

        if (r == -ENOMEM)
                return r;
        if (r < 0) {
                tn_log_from(log, WHO_FILE, r == -EFBIG ? TN_LOG_ERR : TN_LOG_DEBUG, "could not read %s: %s",
                            path, strerror(-r));
                return 0;
        }
        file = tn_arena_dup(tn_config_arena(config), tn_span_of(path));
        return file ? add_text(config, tn_buf_span(&text), file, log) : -ENOMEM;
}

static int add_cmdline(struct tn_config *config, struct tn_log *log)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_cmdline cmdline;
        struct tn_conf_record record;
        int r = tn_kernel_cmdline(&text);

        if (r < 0)
                return r == -ENOMEM ? r : 0;
        tn_cmdline_init(&cmdline, tn_buf_span(&text));
        while ((r = tn_cmdline_next(&cmdline, tn_config_arena(config), &record)) != 0) {
                if (r == -EINVAL) {
                        tn_log_from(
                                log, WHO_CMDLINE, TN_LOG_ERR,
                                "Ignoring bad option on kernel command line while parsing module name: '%s'",
                                record.key.ptr);
                        continue;
                }
                record.file = "/proc/cmdline";
                if (r > 0)
                        r = tn_config_add(config, &record);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* First of all, so that no file of the configuration hides them. */
static int list_depmod_files(const char *module_dir, struct tn_confd *confd)
{
        for (size_t i = 0; i < ARRAY_SIZE(depmod_files); i++) {
                _cleanup_(freep) char *path = NULL;
                int r;

                if (asprintf(&path, "%s/%s", module_dir, depmod_files[i]) < 0) {
                        path = NULL;
                        return -ENOMEM;
                }
                r = tn_confd_add(confd, path, depmod_files[i]);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int list_default_dirs(const char *root, struct tn_confd *confd, struct tn_log *log)
{
        for (size_t i = 0; i < ARRAY_SIZE(default_dirs); i++) {
                _cleanup_(freep) char *path = NULL;
                int r;

                if (asprintf(&path, "%s%s", root ? root : "", default_dirs[i]) < 0) {
                        path = NULL;
                        return -ENOMEM;
                }
                r = tn_confd_scan(confd, path, log);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int list_files(const struct tn_config_sources *src, struct tn_confd *confd, struct tn_log *log)
{
        int r = src->module_dir ? list_depmod_files(src->module_dir, confd) : 0;

        if (r == 0 && !src->paths)
                return list_default_dirs(src->root, confd, log);
        for (size_t i = 0; r == 0 && src->paths[i]; i++)
                r = tn_confd_scan(confd, src->paths[i], log);
        return r;
}

int tn_config_load(const struct tn_config_sources *src, struct tn_log *log, struct tn_config **ret_config)
{
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };
        int r = tn_config_new(&config);

        if (r < 0)
                return r;
        r = list_files(src, &confd, log);
        for (size_t i = 0; r == 0 && i < confd.n; i++)
                r = add_file(config, confd.files[i].path, log);
        if (r == 0 && src->kernel_cmdline)
                r = add_cmdline(config, log);
        if (r < 0)
                return r;
        *ret_config = TAKE(config);
        return 0;
}
