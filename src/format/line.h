/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_LINE_H
#define TN_FORMAT_LINE_H

#include <stdbool.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * The lines of a text file, which may have been written on another system: a UTF-8 byte order mark at the start of the
 * text is no part of it, nor is one carriage return at the end of a line. Every file of lines that people or other
 * programs write is read by these. A last line without newline counts.
 */

/* The text without its byte order mark: what the first call of tn_line_next() gets. */
struct span tn_line_text(struct span text);

/* Takes the next line off the front of *rest, and gives it without its end. False when *rest is empty. */
bool tn_line_next(struct span *rest, struct span *ret_line);

/*
 * The logical lines of a configuration file. A backslash before a newline joins two physical lines, and both
 * bytes vanish, in comments too; before any other byte it vanishes and the byte stays; at the end of the file
 * it is dropped. The lines are those of tn_line_next().
 */
struct tn_lines {
        struct span rest;
        bool folds;        /* there are backslashes in the text */
        unsigned number;   /* the last physical line of the current logical one, counted from 1 */
        struct tn_buf buf; /* holds a line that had backslashes */
};

/* Borrows text. */
void tn_lines_init(struct tn_lines *lines, struct span text);
void tn_lines_fini(struct tn_lines *lines);

/* 1 and the next line, borrowed until the next call, without its newline; 0 at the end; -ENOMEM. */
int tn_lines_next(struct tn_lines *lines, struct span *ret_line);

#endif
