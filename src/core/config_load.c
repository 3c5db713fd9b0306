/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>

#include "core/config.h"
#include "core/config_add.h"
#include "core/config_file.h"
#include "core/dirs.h"
#include "format/cmdline.h"
#include "kernel/kernel.h"
#include "util/brief.h"
#include "util/cleanup.h"

/* Who says it, in kmod's messages. */
#define WHO_CMDLINE "kcmdline_parse_result"

static const char *const default_dirs[] = TN_DIRS_CONF("modprobe.d");

/* What depmod leaves in the module directory for us, under the names they are sorted by. */
static const char *const depmod_files[] = { "modules.softdep", "modules.weakdep" };

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
                                TN_BRIEF(record.key));
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
static int list_depmod_files(const struct tn_dir *module_dir, struct tn_confd *confd)
{
        confd->root = module_dir->root;
        for (size_t i = 0; i < ARRAY_SIZE(depmod_files); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
                int r;

                tn_buf_add_path(&path, confd->root ? module_dir->inside : module_dir->path, depmod_files[i]);
                r = tn_buf_str(&path) ? tn_confd_add(confd, path.ptr, depmod_files[i]) : tn_buf_error(&path);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int list_files(const struct tn_config_sources *src, struct tn_config_reader *reader,
                      struct tn_confd *confd)
{
        int r = src->module_dir ? list_depmod_files(src->module_dir, confd) : 0;

        /* What the user names is named as seen from here. */
        confd->root = src->paths ? NULL : src->root;
        for (size_t i = 0; r == 0 && src->paths && src->paths[i]; i++)
                r = tn_config_scan(reader, src->paths[i], confd);
        for (size_t i = 0; r == 0 && !src->paths && default_dirs[i]; i++)
                r = tn_config_scan(reader, default_dirs[i], confd);
        return r;
}

/* A file that the user gives may be of any age. */
static unsigned flags_of(const struct tn_config_sources *src, const struct tn_confd_file *file)
{
        for (size_t i = 0; src->paths && src->paths[i]; i++)
                if (strcmp(src->paths[i], file->path) == 0)
                        return TN_CONFIG_FILE_CLASSIC | TN_CONFIG_FILE_GIVEN;
        for (size_t i = 0; src->module_dir && i < ARRAY_SIZE(depmod_files); i++)
                if (strcmp(file->name, depmod_files[i]) == 0)
                        return TN_CONFIG_FILE_GENERATED;
        return (strcmp(file->name, "modprobe.conf") == 0 ? TN_CONFIG_FILE_CLASSIC : 0) |
               (file->regular ? TN_CONFIG_FILE_LISTED : 0);
}

static int read_files(const struct tn_config_sources *src, struct tn_config_reader *reader)
{
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };
        int r = list_files(src, reader, &confd);

        for (size_t i = 0; r == 0 && i < confd.files.n; i++)
                r = tn_config_read(reader, confd.files.v[i].root, confd.files.v[i].path,
                                   flags_of(src, &confd.files.v[i]));
        if (r < 0 || src->paths)
                return r;
        return tn_config_read(reader, src->root, TN_DIRS_CLASSIC, TN_CONFIG_FILE_CLASSIC);
}

int tn_config_load(const struct tn_config_sources *src, struct tn_log *log, struct tn_config **ret_config)
{
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        _cleanup_(tn_config_reader_fini) struct tn_config_reader reader = { .log = log,
                                                                            .listener = src->listener,
                                                                            .chosen = src->paths };
        int r = tn_config_new(&config);

        if (r < 0)
                return r;
        if (src->brief)
                tn_config_set_brief(config);
        reader.config = config;
        r = read_files(src, &reader);
        if (r == 0 && src->kernel_cmdline)
                r = add_cmdline(config, log);
        if (r < 0)
                return r;
        *ret_config = TAKE(config);
        return 0;
}
