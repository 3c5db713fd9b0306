/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_DEPMOD_H
#define TN_DEPMOD_DEPMOD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/claims.h"
#include "core/world.h"
#include "depmod/lock.h"
#include "util/log.h"

struct tn_cache;
struct tn_depmod;
struct tn_publish;

/*
 * What to do. The world is what is indexed. Its directory is open, and its root, if it has one. Its release is given,
 * which expressions of depmod.d are compared with, and its config_paths are of depmod.d. In the other fields zero is
 * false, none or the usual.
 */
struct tn_depmod_options {
        const struct tn_world *world;
        const char *out_dir;      /* where the files go, an existing directory; NULL: the module directory */
        const char *const *files; /* modules that are taken in any case; NULL-terminated, or NULL */
        const char *symvers;      /* Module.symvers of the kernel, or NULL */
        const char *system_map;   /* its System.map, or NULL; nothing beside a symvers */
        char symbol_prefix;       /* dropped from symbols' names; NUL for nothing */
        bool check_symbols;       /* warn of needs that nobody fulfils, and with symvers of other versions */
        bool warn_twice;          /* warn of aliases that a module has twice */
        unsigned jobs;            /* threads that read modules; 0: as many as pay */
        bool quick;               /* do nothing when no module is newer than the files */
        bool show;                /* write the text files to out_fd and nothing else */
        bool needs;               /* write to out_fd which file each module needs, and why */
        int out_fd;               /* standard output */
        void (*progress)(void *data, uint32_t done, uint32_t total); /* modules that were read; may be NULL */
        void (*unread)(void *data,
                       const char *path); /* a file that cannot be read, after that is logged; may be NULL */
        void (*claimed)(void *data, const struct tn_priority *priority,
                        const struct tn_claims *claims); /* as for depmod/scan.h */
        void *data;                                      /* of the two */
        struct tn_cache *cache; /* not open yet; the caller closes it after the run. NULL: none */
        bool no_sync;           /* nobody waits until the files are on disk */
        struct tn_lock *lock;   /* the run's lock is kept there, for a signal to find; may be NULL */
};

/*
 * Finds the modules of a directory, reads each, and brings them in order. What is wrong with single modules is logged
 * and is no failure. Nothing is written but what options->needs asks for.
 *
 * With to, which goes on to tn_publish_files() then, no other run changes the files meanwhile: it is begun before the
 * first module is looked for, and the caller ends it, also after a failure. NULL: nothing is locked, and
 * options->quick does not count.
 *
 * Returns 0; 1 when the files can stay as they are, because options->quick asks no more: the modules were not read;
 * or -errno after the reason was logged. The caller frees ret_depmod with tn_depmod_fini() only after 0 and 1.
 */
int tn_depmod_load(const struct tn_depmod_options *options, struct tn_publish *to, struct tn_log *log,
                   struct tn_depmod *ret_depmod);

/*
 * Indexes a module directory: loads it, and publishes or shows the files. Returns 0, also when they can stay as they
 * are; or -errno after the reason was logged: nothing was replaced then.
 */
int tn_depmod_run(const struct tn_depmod_options *options, struct tn_log *log);

#endif
