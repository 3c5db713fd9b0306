/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/priority.h"
#include "depmod/cache.h"
#include "depmod/check.h"
#include "depmod/depmod.h"
#include "depmod/input.h"
#include "depmod/known.h"
#include "depmod/link.h"
#include "depmod/order.h"
#include "depmod/publish.h"
#include "depmod/quick.h"
#include "depmod/read.h"
#include "depmod/scan.h"
#include "util/cleanup.h"
#include "util/escape.h"

static int read_order(struct tn_depmod *depmod)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int r = tn_depmod_input(depmod, "modules.order", &text);

        return r < 0 ? r : tn_order_modules(&depmod->modules, tn_buf_span(&text));
}

static int find_modules(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        struct tn_scan_from from = {
                .dir = &depmod->source.dir,
                .root = depmod->source.root,
                .files = options->files,
                .priority = &priority,
                .unread = options->unread,
                .claimed = options->claimed,
                .data = options->data,
        };
        int r = tn_priority_load(options->world->config_paths, depmod->source.root, options->world->release,
                                 depmod->log, &priority);

        return r < 0 ? r : tn_scan(&from, depmod->log, &depmod->modules);
}

static int load_known(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        depmod->symtab.prefix = options->symbol_prefix;
        if (options->symvers)
                return tn_known_load_symvers(options->symvers, &depmod->symtab, depmod->log);
        if (options->system_map)
                return tn_known_load_map(options->system_map, &depmod->symtab, depmod->log);
        if (options->check_symbols)
                tn_log(depmod->log, TN_LOG_WARNING, "-e needs -E or -F");
        return 0;
}

static int find_dependencies(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        _cleanup_(tn_buf_fini) struct tn_buf needs = { 0 };
        int r = tn_depmod_link(depmod, options->needs ? &needs : NULL);

        if (r < 0 || !options->needs)
                return r;
        r = tn_escape_write(options->out_fd, tn_buf_span(&needs));
        if (r < 0)
                tn_log(depmod->log, TN_LOG_ERR, "could not write dependencies: %s", strerror(-r));
        return r;
}

/* The modules are found; -ENOMEM is the one failure that is not logged where it happens. */
static int read_tree(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        int r = load_known(depmod, options);

        if (r == 0)
                r = read_order(depmod);
        if (r == 0)
                r = tn_depmod_read(depmod, options);
        if (r == 0)
                r = find_dependencies(depmod, options);
        if (r < 0)
                return r;
        tn_depmod_check(depmod, options->symvers);
        return tn_depmod_sort(depmod);
}

/* Beside what is wrong with the modules. */
static bool has_nothing_to_say(const struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        return !options->needs && !options->files && !tn_log_hears(depmod->log, TN_LOG_NOTICE);
}

static int load(struct tn_depmod *depmod, const struct tn_depmod_options *options, struct tn_publish *to)
{
        int r = find_modules(depmod, options);

        if (r == 0 && options->quick && to && tn_quick_is_current(depmod, to->set.dirfd))
                return 1;
        if (r == 0)
                tn_cache_look(depmod->cache, depmod, options);
        if (r == 0 && to && has_nothing_to_say(depmod, options) &&
            tn_cache_is_current(depmod->cache, &to->set))
                return 1;
        if (r == 0)
                tn_cache_load(depmod->cache, depmod);
        if (r == 0)
                r = read_tree(depmod, options);
        if (r == -ENOMEM)
                tn_log(depmod->log, TN_LOG_ERR, "out of memory");
        return r;
}

static int open_source(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        const struct tn_dir *dir = &options->world->dir;
        int r = tn_source_open(dir, tn_world_root(options->world), &depmod->source);

        if (r == 0)
                return 0;
        tn_log(depmod->log, TN_LOG_ERR, "could not open directory %s: %s", dir->path, strerror(-r));
        tn_log(depmod->log, TN_LOG_CRIT, "could not search modules: %s", strerror(-r));
        return r;
}

int tn_depmod_load(const struct tn_depmod_options *options, struct tn_publish *to, struct tn_log *log,
                   struct tn_depmod *ret_depmod)
{
        _cleanup_(tn_depmod_fini) struct tn_depmod depmod = {
                .source = TN_SOURCE_NONE,
                .log = log,
                .cache = options->cache,
                .warn_twice = options->warn_twice,
        };
        int r = open_source(&depmod, options);

        if (r == 0)
                depmod.log = log = tn_cache_open(depmod.cache, &depmod, options);
        if (r == 0 && to)
                r = tn_publish_begin(to, &depmod.source, log);
        if (r == 0)
                r = load(&depmod, options, to);
        if (r < 0)
                return r;
        *ret_depmod = depmod;
        depmod = (struct tn_depmod){ .source = TN_SOURCE_NONE };
        return r;
}

static int publish(const struct tn_depmod *depmod, const struct tn_depmod_options *options,
                   struct tn_publish *to)
{
        int r = tn_publish_files(depmod, to);

        if (r == 0)
                tn_cache_save(depmod->cache, depmod, options);
        return r;
}

int tn_depmod_run(const struct tn_depmod_options *options, struct tn_log *log)
{
        _cleanup_(tn_depmod_fini) struct tn_depmod depmod = { .source = TN_SOURCE_NONE };
        _cleanup_(tn_publish_end) struct tn_publish to = tn_publish_init(options->out_dir, options->lock);
        int r;

        to.no_sync = options->no_sync;
        r = tn_depmod_load(options, options->show ? NULL : &to, log, &depmod);
        if (r == 0)
                r = options->show ? tn_publish_show(&depmod, options->out_fd)
                                  : publish(&depmod, options, &to);
        return MIN(r, 0);
}
