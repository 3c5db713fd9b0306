/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CONFIG_H
#define TN_CORE_CONFIG_H

#include <stdbool.h>

#include "format/modprobe_conf.h"
#include "util/dir.h"
#include "util/log.h"

/*
 * The configuration of modprobe, loaded: every record of every file and of the kernel command line, with
 * where it was said. It never changes after loading, and all that is asked of it is borrowed until
 * tn_config_free().
 */
struct tn_config;

/* What becomes of a file, for whoever wants to know all of them. */
enum tn_config_fate {
        TN_CONFIG_READ,
        TN_CONFIG_FAILED, /* it cannot be read: err says why */
        TN_CONFIG_SUFFIX, /* these are entries of a directory that are not read: see tn_confd_why */
        TN_CONFIG_HIDDEN,
        TN_CONFIG_DIRECTORY,
};

/* All is borrowed for the call. */
struct tn_config_input {
        enum tn_config_fate fate;
        const struct tn_inroot *root; /* which path is in, or NULL */
        const char *path;
        const char *name;  /* as records have it: with the root in front */
        int err;           /* negative */
        const char *other; /* the name of the file that hides it, or that includes one that cannot be read */
        unsigned line;     /* where it includes that */
        struct span text;  /* of one that was read */
        bool classic;      /* it may say what modprobe.conf could say */
        bool generated;    /* by depmod: only softdep and weakdep count */
        bool switches;     /* its policy lines count */
};

struct tn_config_listener {
        int (*hear)(void *data, const struct tn_config_input *input); /* returns 0 or -ENOMEM */
        void *data;
};

/* Where configuration comes from. All zero is: the default directories of the running system alone. */
struct tn_config_sources {
        const char *const
                *paths; /* files and directories, NULL at the end; NULL itself: the default directories */
        const struct tn_inroot *root;    /* what the defaults are in; NULL: the running system */
        const struct tn_dir *module_dir; /* whose modules.softdep and modules.weakdep take part; NULL: none */
        bool brief;                      /* nobody will ask whether it is stale, which has a price */
        bool kernel_cmdline;             /* append what the kernel command line says, behind all files */
        const struct tn_config_listener *listener; /* is told of every file; NULL: nobody is */
};

/*
 * Loads. Each module of a deny or allow line is a record of its own, without a value. Lines of policy count in /etc, in /run
 * and, if there are paths, in all of them. What is not there or cannot be read is passed over in silence; bad lines are logged as errors and
 * left out. /etc/modprobe.conf, read after the default directories and not with paths, a file of that name elsewhere,
 * and a file (no directory) among paths may include others and say what modprobe.conf could say. Returns 0 or -ENOMEM.
 */
int tn_config_load(const struct tn_config_sources *src, struct tn_log *log, struct tn_config **ret_config);

void tn_config_free(struct tn_config *config);

static inline void tn_config_freep(struct tn_config **config)
{
        tn_config_free(*config);
}

/*
 * Whether one of the files and directories it was loaded from is another by now, is gone, or has appeared. At the
 * price of a stat() each; none is read. What was loaded from a root is never stale, nor is the kernel command line.
 */
bool tn_config_is_stale(const struct tn_config *config);

/*
 * The answer to a query, walked by tn_config_next(): records in configuration order, which is by file name,
 * line by line, and then the kernel command line. Records of the latter have the file "/proc/cmdline" and
 * line 0.
 */
struct tn_config_iter {
        struct {
                const struct tn_config_entry *at;
                unsigned link;
        } cursor[2];
        const char *name; /* what patterns are held against */
};

/* The next record, or NULL at the end. */
const struct tn_conf_record *tn_config_next(struct tn_config_iter *iter);

/* The last record of a kind, which is the one that counts where only one can; or NULL. */
const struct tn_conf_record *tn_config_last(const struct tn_config *config, enum tn_conf_kind kind);

/* All records of a kind. */
struct tn_config_iter tn_config_each(const struct tn_config *config, enum tn_conf_kind kind);

/*
 * The records of a kind that apply to a name: for an alias the normalised request, else a module name. The
 * key of a blacklist or options record must be equal to it; the other kinds' keys are patterns, for
 * fnmatch(3) without flags. The name is borrowed until the iteration ends.
 */
struct tn_config_iter tn_config_match(const struct tn_config *config, enum tn_conf_kind kind,
                                      const char *name);

/* The first of them, or NULL: whether a module is blacklisted, its install or remove command. */
const struct tn_conf_record *tn_config_find(const struct tn_config *config, enum tn_conf_kind kind,
                                            const char *name);

/* The first record of a kind whose key is equal to name, patterns too taken as they are written; or NULL. */
const struct tn_conf_record *tn_config_find_exact(const struct tn_config *config, enum tn_conf_kind kind,
                                                  const char *name);

/*
 * The options records of a module reached by an alias: those of its name and those of the alias' text, each
 * record once. A NULL alias is none.
 */
struct tn_config_iter tn_config_options(const struct tn_config *config, const char *name, const char *alias);

/* Appends the texts of those, one blank between. Failures stick to the buffer. */
void tn_config_join_options(const struct tn_config *config, const char *name, const char *alias,
                            struct tn_buf *text);

/*
 * Appends every record as a line that can be read back (tn_modprobe_conf_format), kind by kind in the order of the
 * enum, within a kind in configuration order. Failures stick to the buffer.
 */
void tn_config_dump(const struct tn_config *config, struct tn_buf *text);

#endif
