/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "core/modfacts.h"
#include "core/priority.h"
#include "depmod/check.h"
#include "depmod/depmod.h"
#include "depmod/digest.h"
#include "depmod/input.h"
#include "depmod/known.h"
#include "depmod/link.h"
#include "depmod/order.h"
#include "depmod/publish.h"
#include "depmod/quick.h"
#include "depmod/scan.h"
#include "util/cleanup.h"
#include "util/escape.h"
#include "util/file.h"

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
        };
        int r = tn_priority_load(options->config_paths, options->root, options->version, depmod->log,
                                 &priority);

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

static void note_time(struct tn_depmod *depmod, struct timespec time)
{
        if (time.tv_sec > depmod->newest.tv_sec ||
            (time.tv_sec == depmod->newest.tv_sec && time.tv_nsec > depmod->newest.tv_nsec))
                depmod->newest = time;
}

/*
 * What is wrong with the module costs a message; it stays in modules.dep, without what was in it. What is wrong with
 * the machine would cost its dependencies and aliases, and ends the run. So does a library for its compression that
 * is not there: mostly all modules are compressed alike.
 */
static int complain(const struct tn_depmod *depmod, uint32_t i, int r)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        if (r == -ENOMEM)
                return r;
        tn_log(depmod->log, TN_LOG_ERR, "failed to load symbols from %s: %s",
               tn_depmod_path(depmod, i, &path),
               r == -ENOSYS ? "no library for its compression" : strerror(-r));
        return tn_file_is_fault(r) ? 0 : r;
}

/* The time of a module that cannot be read counts, too. */
static int load_facts(struct tn_depmod *depmod, const struct tn_dir *dir, const char *path,
                      struct tn_facts *ret_facts)
{
        _cleanup_(closep) int fd = tn_dir_open_regular(dir, path);
        struct stat st;

        if (fd < 0) {
                if (tn_dir_stat(dir, path, &st) == 0)
                        note_time(depmod, st.st_mtim);
                return fd;
        }
        if (fstat(fd, &st) < 0)
                return -errno;
        note_time(depmod, st.st_mtim);
        return tn_modfacts_load_take(TAKE_FD(fd), TN_DEPMOD_FACTS, ret_facts);
}

static int read_module(struct tn_depmod *depmod, uint32_t i)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct span path = depmod->modules.v[i].path;
        struct tn_dir dir = tn_source_dir(&depmod->source, path);
        int r = load_facts(depmod, &dir, path.ptr, &facts);

        if (r < 0)
                return complain(depmod, i, r);
        return tn_depmod_digest(depmod, i, &facts);
}

static int read_modules(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        uint32_t n = (uint32_t)depmod->modules.n;
        int r = 0;

        depmod->keep_versions = options->check_symbols && (options->symvers || options->system_map);
        for (uint32_t i = 0; i < n && r == 0; i++) {
                r = read_module(depmod, i);
                if (options->progress)
                        options->progress(options->data, i + 1, n);
        }
        return r;
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

/* -ENOMEM is the one failure that is not logged where it happens. */
static int read_tree(struct tn_depmod *depmod, const struct tn_depmod_options *options, int outfd)
{
        int r = find_modules(depmod, options);

        if (r == 0 && options->quick && tn_quick_is_current(depmod, outfd))
                return 1;
        if (r == 0)
                r = load_known(depmod, options);
        if (r == 0)
                r = read_order(depmod);
        if (r == 0)
                r = read_modules(depmod, options);
        if (r == 0)
                r = find_dependencies(depmod, options);
        if (r != 0)
                return r;
        tn_depmod_check(depmod, options->symvers);
        return tn_depmod_sort(depmod);
}

/* The steps up to where the files can be written. Returns 1 when the files that are there can stay. */
static int collect(struct tn_depmod *depmod, const struct tn_depmod_options *options, int outfd)
{
        int r = read_tree(depmod, options, outfd);

        if (r == -ENOMEM)
                tn_log(depmod->log, TN_LOG_ERR, "out of memory");
        return r;
}

static int complain_of_dir(struct tn_log *log, const char *dir, int r)
{
        tn_log(log, TN_LOG_ERR, "could not open directory %s: %s", dir, strerror(-r));
        return r;
}

/* The directory for the files, if it is another than the modules'. */
static int open_out_dir(const struct tn_depmod_options *options, struct tn_log *log, int *ret_fd)
{
        const struct tn_dir here = { .fd = AT_FDCWD };
        int fd = options->out_dir ? tn_dir_open(&here, options->out_dir, O_RDONLY | O_DIRECTORY) : -1;

        if (options->out_dir && fd < 0)
                return complain_of_dir(log, options->out_dir, fd);
        *ret_fd = fd;
        return 0;
}

static int publish(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        struct tn_lock own = { 0 }, *lock = options->lock ? options->lock : &own;
        struct tn_fileset set = tn_fileset_init(depmod->source.dir.fd, options->module_dir, depmod->log);
        _cleanup_(closep) int out_fd = -1;
        int r = open_out_dir(options, depmod->log, &out_fd);

        if (r < 0)
                return r;
        if (options->out_dir)
                set = tn_fileset_init(out_fd, options->out_dir, depmod->log);
        r = tn_publish_begin(&set, lock);
        if (r == 0)
                r = collect(depmod, options, set.dirfd);
        if (r == 0)
                r = tn_publish_files(depmod, &set);
        tn_publish_end(&set, lock);
        return r < 0 ? r : 0;
}

static int run(struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        int r;

        if (!options->show)
                return publish(depmod, options);
        r = collect(depmod, options, -1);
        return r == 0 ? tn_publish_show(depmod, options->out_fd) : r;
}

int tn_depmod_run(const struct tn_depmod_options *options, struct tn_log *log)
{
        _cleanup_(tn_depmod_fini) struct tn_depmod depmod = {
                .source = TN_SOURCE_NONE,
                .log = log,
                .warn_twice = options->warn_twice,
        };
        int r = tn_source_open(options->module_dir, options->root, options->inside, &depmod.source);

        if (r < 0) {
                complain_of_dir(log, options->module_dir, r);
                tn_log(log, TN_LOG_CRIT, "could not search modules: %s", strerror(-r));
                return r;
        }
        return run(&depmod, options);
}
