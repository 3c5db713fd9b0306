/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CONFIG_FILE_H
#define TN_CORE_CONFIG_FILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/config_add.h"
#include "util/confd.h"
#include "util/inroot.h"
#include "util/vec.h"

/* For tn_config_load() alone: takes files into a configuration, one after another. */
struct tn_config_reader {
        struct tn_config *config;
        struct tn_log *log;
        const struct tn_config_listener *listener; /* or NULL */
        bool chosen;                               /* the user has named the files and directories */
        unsigned depth;                            /* of files within files */
        TN_VEC(struct tn_config_seen) seen;
};

/* A regular file that was read. */
struct tn_config_seen {
        dev_t dev;
        ino_t ino;
        bool included;
};

static inline void tn_config_reader_fini(struct tn_config_reader *reader)
{
        tn_vec_fini(&reader->seen);
}

/*
 * Adds the files behind a path as tn_confd_scan() does. Unless it is in a root, the path is watched as it was before,
 * and so is each entry that is left out: a link may get its file later. Returns 0 or -ENOMEM.
 */
int tn_config_scan(struct tn_config_reader *reader, const char *path, struct tn_confd *confd);

enum tn_config_file {
        TN_CONFIG_FILE_CLASSIC = 1 << 0,
        TN_CONFIG_FILE_GIVEN = 1 << 1,     /* by the user: a FIFO is waited for */
        TN_CONFIG_FILE_GENERATED = 1 << 2, /* by depmod: only softdep and weakdep count */
        TN_CONFIG_FILE_LISTED = 1 << 3,    /* its directory calls it a regular file, and nobody has looked */
};

/*
 * Reads a file, in a root unless that is NULL. One that cannot be read is passed over in silence, and so is one that an
 * include has brought in already. What is no regular file is reported and not opened, unless it was given; /dev/null is an
 * empty file. Flags are of tn_config_file.
 *
 * A classic file may say what modprobe.conf could say: format/classic_conf.h. What it includes is classic too. A relative
 * path is below the directory of the including file; a directory stands for its files as tn_confd_scan() finds them; and
 * a file that was read already is not read again, so that a circle comes to an end. Returns 0 or -ENOMEM.
 */
int tn_config_read(struct tn_config_reader *reader, const struct tn_inroot *root, const char *path,
                   unsigned flags);

/*
 * Why a record does not count in a file that depmod makes, or NULL. These files are not trusted as configuration is. They
 * say what single modules want, and nothing else: they cannot have a command run.
 */
const char *tn_config_foreign(const struct tn_conf_record *record);

/* Why policy lines do not count in a file of another directory than /etc and /run. */
extern const char tn_config_no_policy[];

#endif
