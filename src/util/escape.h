/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_ESCAPE_H
#define TN_UTIL_ESCAPE_H

#include "util/buf.h"
#include "util/span.h"

/*
 * Text of somebody else's for a terminal or a message: what a terminal would obey is shown instead, "\n" for a newline,
 * "\x1b" for an escape, and the same for all other control characters of ASCII and of Latin-1 (also as UTF-8). Tabs and
 * all other bytes stay. Escaped once more it stays the same.
 */
enum tn_escape {
        TN_ESCAPE_ALL = 0,
        TN_ESCAPE_IN_LINES = 1, /* newlines stay, too */
        TN_ESCAPE_TABS = 2,     /* "\t" for a tab, where columns are counted */
};

/* Whether nothing is to be escaped. */
bool tn_escape_is_clean(struct span text, enum tn_escape how);

/* Appends the text, escaped. */
void tn_escape_add(struct span text, enum tn_escape how, struct tn_buf *out);

/* Appends one or more lines as printf makes them. Newlines are those of the format; what else is in them is escaped. */
void tn_escape_addf(struct tn_buf *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void tn_escape_vaddf(struct tn_buf *out, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

/*
 * Escapes all that is in out. A newline at the end stays, and so do all where the format that it was made by has one
 * before its own end: then they are not of somebody else's.
 */
void tn_escape_message(const char *fmt, struct tn_buf *out);

/* tn_file_write() of lines: escaped when fd is a terminal. Returns 0 or -errno. */
int tn_escape_write(int fd, struct span lines);

#endif
