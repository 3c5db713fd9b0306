/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_CLI_CAPTURE_H
#define TN_TESTS_CLI_CAPTURE_H

/* What is written to standard output and standard error, in the order in which it arrives. It is no terminal. */
struct capture {
        int saved_out;
        int saved_err;
        int fd;
        char text[4096];
};

void capture_begin(struct capture *capture);

/* Ends it; text is what came, then. */
void capture_end(struct capture *capture);

/* The same, and compares. */
void capture_assert(struct capture *capture, const char *expected);

#endif
