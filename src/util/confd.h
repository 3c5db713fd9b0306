/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_CONFD_H
#define TN_UTIL_CONFD_H

#include <stdbool.h>

#include "util/inroot.h"
#include "util/log.h"
#include "util/vec.h"

/*
 * The files of a configuration given as several directories: names ending in ".conf" and not starting with '.',
 * one list sorted by name (strcmp); a name met in an earlier directory hides the same name in later ones, also
 * when it is empty or a link to /dev/null. A path that is itself a file counts under its base name, whatever that
 * is. A path that is not there is passed over in silence. Zero-initialised is empty.
 */
struct tn_confd_left;

/* Who says it, in kmod's messages. */
#define TN_CONFD_WHO "conf_files_filter_out"

struct tn_confd {
        TN_VEC(struct tn_confd_file) files; /* in order */
        TN_VEC(struct tn_confd_dir) dirs;   /* those already read */
        const struct tn_inroot
                *root; /* in which paths are that are given next, borrowed; NULL: in the system's */
        int missed;    /* 0, or -errno: the machine failed to show something, which may be missing here */
        /* Called with each entry that cannot be looked at, or NULL. */
        int (*left_out)(void *data, const struct tn_confd_left *left);
        bool all; /* left_out is called with all other entries, too, that are not taken */
        bool by_type; /* an entry that its directory calls a regular file is not looked at: opening it will tell */
        void *data;
};

/* Why an entry of a directory is not taken. */
enum tn_confd_why {
        TN_CONFD_FAILED, /* it cannot be looked at: err says why */
        TN_CONFD_SUFFIX, /* its name does not end in ".conf", and does not begin with '.' */
        TN_CONFD_HIDDEN, /* by another one of the same name */
        TN_CONFD_DIRECTORY,
};

/* All is borrowed for the call. */
struct tn_confd_left {
        enum tn_confd_why why;
        const struct tn_inroot *root; /* which path is in, or NULL */
        const char *path;
        int err;                           /* negative; of TN_CONFD_FAILED */
        const struct tn_confd_file *other; /* that hides it; of TN_CONFD_HIDDEN */
};

struct tn_confd_file {
        char *path;                   /* as it is opened */
        char *name;                   /* what it is sorted by */
        const struct tn_inroot *root; /* which path is in, or NULL */
        bool regular;                 /* so says its directory, and nobody has looked */
};

/*
 * Adds the files behind one path, a directory or a file, earlier paths first. Entries that cannot be looked
 * at, such as links to files that are not there, are logged and left out, and so is a directory that is there and
 * cannot be read. A directory that was already read under another name (/lib where it is a link to /usr/lib) can add
 * nothing and is not read again. A failure that is not the path's fault (tn_file_is_fault) is kept in missed. Returns
 * 0, -ENOMEM, or what left_out did.
 */
int tn_confd_scan(struct tn_confd *confd, const char *path, struct tn_log *log);

/*
 * Adds one file under a name to sort by; a name that is there already hides it. What is added first cannot be
 * hidden by anything. Returns 0 or -ENOMEM.
 */
int tn_confd_add(struct tn_confd *confd, const char *path, const char *name);

void tn_confd_fini(struct tn_confd *confd);

#endif
