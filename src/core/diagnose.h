/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DIAGNOSE_H
#define TN_CORE_DIAGNOSE_H

#include <stdbool.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * Why something did not work and what to do next, in words for people: lines, each with a newline at its end. None when
 * nothing more can be said than the errno does. Pure: what is known is handed in, nothing is read and nothing asked.
 */

/* A name that was not found in a module directory. */
struct tn_diagnose_missing {
        const char *version; /* that the directory is for */
        bool running;        /* which is the running kernel's */
        bool no_dir;         /* there is no such directory */
        bool no_modules;     /* there are no modules in it */
        struct span file;    /* a file of that name in it, of which no index knows; or empty */
        struct span others;  /* the other versions there are, with blanks between */
};

int tn_diagnose_missing(const struct tn_diagnose_missing *missing, struct tn_buf *lines);

/* A symbolic link with this text could not be followed; err is why, negative. */
int tn_diagnose_link(struct span text, int err, struct tn_buf *lines);

#endif
