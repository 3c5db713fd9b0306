/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_PROGRESS_H
#define TN_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A line on standard error that says how far long work has come, for people only: nothing is shown unless standard
 * error is a terminal, and nothing within the first second.
 */
struct tn_progress {
        const char *name; /* the tool's, with which the line begins */
        const char *noun; /* what is counted */
        bool active;      /* there is a terminal */
        int width;        /* of the line that stands there now; 0 when there is none */
        int64_t due_ns;   /* when it is shown, or shown anew */
};

/* Begins; the strings are borrowed. */
void tn_progress_begin(struct tn_progress *progress, const char *name, const char *noun);

/* So many of so many are done. When all are, the line goes away. */
void tn_progress_tell(struct tn_progress *progress, uint32_t done, uint32_t total);

/* Takes the line away, also before something else is printed; telling more brings it back. */
void tn_progress_clear(struct tn_progress *progress);

#endif
