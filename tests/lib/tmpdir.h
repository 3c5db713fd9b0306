/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_TMPDIR_H
#define TN_TESTS_TMPDIR_H

#include <stddef.h>

/*
 * A directory of the test's own: made under $TMPDIR (or /tmp), removed with all that is in it by tmpdir_fini. A
 * failing test leaves it behind. Every failure in here fails the test.
 */
struct tmpdir {
        char *path;
        int fd;
};

struct tmpdir tmpdir_new(void);
void tmpdir_fini(struct tmpdir *dir);

/* Writes a file below it; its directories are made as needed. */
void tmpdir_write_bytes(const struct tmpdir *dir, const char *name, const void *ptr, size_t len);
void tmpdir_write(const struct tmpdir *dir, const char *name, const char *text);

/* The absolute path of a name below it; the caller frees. */
char *tmpdir_path(const struct tmpdir *dir, const char *name);

#endif
