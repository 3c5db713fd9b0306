/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>

#include "core/facts.h"
#include "depmod/depmod.h"
#include "depmod/link.h"
#include "depmod/order.h"
#include "depmod/priority.h"
#include "depmod/publish.h"
#include "depmod/scan.h"
#include "util/cleanup.h"
#include "util/file.h"

/* No list of modules is near that. */
#define ORDER_MAX ((size_t)256 * 1024 * 1024)

static int read_order(struct tn_depmod *depmod)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int r = tn_file_read_at(depmod->dirfd, "modules.order", ORDER_MAX, &text);

        if (r == -ENOMEM)
                return r;
        if (r < 0) {
                tn_log(depmod->log, TN_LOG_WARNING, "could not open modules.order at %s: %s", depmod->dir,
                       strerror(-r));
                tn_buf_reset(&text);
        }
        return tn_order_modules(&depmod->modules, tn_buf_span(&text));
}

static int find_modules(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        int r = tn_priority_load(options->config_paths, options->version, depmod->log, &priority);

        if (r == 0)
                r = tn_scan(depmod->dirfd, depmod->dir, &priority, depmod->log, &depmod->modules);
        return r < 0 ? r : read_order(depmod);
}

static int read_module(struct tn_depmod *depmod, uint32_t i)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        int r = tn_facts_load(depmod->dirfd, depmod->modules.v[i].path.ptr, &facts);

        if (r < 0 && r != -ENOMEM) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
                const char *str;

                tn_depmod_add_path(depmod, i, &path);
                str = tn_buf_str(&path);
                tn_log(depmod->log, TN_LOG_ERR, "failed to load symbols from %s: %s",
                       str ? str : depmod->modules.v[i].path.ptr, strerror(-r));
                return 0;
        }
        return r < 0 ? r : tn_depmod_module_digest(&depmod->modules, i, &facts, &depmod->symtab);
}

static int read_modules(struct tn_depmod *depmod)
{
        int r = 0;

        for (uint32_t i = 0; i < depmod->modules.n && r == 0; i++)
                r = read_module(depmod, i);
        return r;
}

static int find_dependencies(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        _cleanup_(tn_buf_fini) struct tn_buf needs = { 0 };
        int r = tn_depmod_link(depmod, options->needs ? &needs : NULL);

        if (r < 0 || !options->needs)
                return r;
        r = tn_file_write(options->out_fd, tn_buf_span(&needs));
        if (r < 0)
                tn_log(depmod->log, TN_LOG_ERR, "could not write dependencies: %s", strerror(-r));
        return r;
}

/* The steps up to where the files can be written; -ENOMEM is the one failure that is not logged where it happens. */
static int collect(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        int r = find_modules(depmod, options);

        if (r == 0)
                r = read_modules(depmod);
        if (r == 0)
                r = find_dependencies(depmod, options);
        return r < 0 ? r : tn_depmod_sort(depmod);
}

static int open_dir(const char *dir, struct tn_log *log)
{
        int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r = -errno;

        if (fd >= 0)
                return fd;
        tn_log(log, TN_LOG_ERR, "could not open directory %s: %s", dir, strerror(-r));
        return r;
}

static int run(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        const char *out_dir = options->out_dir ? options->out_dir : options->module_dir;
        _cleanup_(closep) int outfd = -1;
        int r = 0;

        if (!options->show) {
                outfd = open_dir(out_dir, depmod->log);
                r = outfd < 0 ? outfd : tn_publish_lock(outfd, out_dir, depmod->log);
        }
        if (r == 0)
                r = collect(depmod, options);
        if (r == -ENOMEM)
                tn_log(depmod->log, TN_LOG_ERR, "out of memory");
        if (r < 0)
                return r;
        return options->show ? tn_publish_show(depmod, options->out_fd)
                             : tn_publish_files(depmod, outfd, out_dir);
}

int tn_depmod_run(const struct tn_depmod_options *options, struct tn_log *log)
{
        _cleanup_(closep) int dirfd = open_dir(options->module_dir, log);
        _cleanup_(tn_depmod_fini) struct tn_depmod depmod = {
                .dir = options->module_dir,
                .dirfd = dirfd,
                .log = log,
        };

        if (dirfd < 0) {
                tn_log(log, TN_LOG_CRIT, "could not search modules: %s", strerror(-dirfd));
                return dirfd;
        }
        return run(&depmod, options);
}
