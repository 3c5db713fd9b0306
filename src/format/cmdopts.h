/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_CMDOPTS_H
#define TN_FORMAT_CMDOPTS_H

#include "util/buf.h"
#include "util/span.h"

/*
 * What becomes of $CMDLINE_OPTS in an install command. kmod puts the options' text in its place, so that the shell
 * parses it: a blank splits a value, "$(…)" or ";" in a value is run. Here the shell gets the options by reference
 * only, in variables of the command's environment, and never parses a byte of them:
 *
 *   bare, or in single quotes     "$CMDLINE_OPTS_1" "$CMDLINE_OPTS_2" …: one word each; in single quotes it is the
 *                                 program that gets the string, as in sh -c '…', that expands them
 *   in double quotes              ${CMDLINE_OPTS}: one text, tn_cmdopts_quote() of each word, one blank between
 *
 * A command that has the text parsed twice, by eval or by a shell within a shell, is beyond that.
 *
 * ${CMDLINE_OPTS} is taken for $CMDLINE_OPTS. The shell's grammar is not followed further than to quotes and
 * backslashes; where that errs, a value is split at its blanks, but still not parsed.
 */

/*
 * The next word of options text, without its quotes, in *word, whose contents are replaced. Double quotes anywhere,
 * and single ones at the start of the word or the value, keep blanks; a quote without partner is an ordinary byte.
 * A word that begins with '-' has double quotes around it: it is for the kernel, and no option of a program.
 * Returns 1; 0 at the end; -ENOMEM.
 */
int tn_cmdopts_next(struct span *rest, struct tn_buf *word);

/* Appends the command with its references to n words in place. */
void tn_cmdopts_expand(struct span command, size_t n, struct tn_buf *out);

/* Appends a word so that a shell that parses it has that word again. A newline, which cannot be said, is a blank. */
void tn_cmdopts_quote(struct span word, struct tn_buf *out);

/*
 * Appends the command for somebody else's shell, which has no such variables: the options themselves, each word quoted
 * so that it is one word, in double quotes one text as above. Nothing in them is parsed as anything else.
 */
void tn_cmdopts_inline(struct span command, struct span options, struct tn_buf *out);

/* Appends the command as messages show it: with the options' text in the place of $CMDLINE_OPTS, as kmod does. */
void tn_cmdopts_show(struct span command, struct span options, struct tn_buf *out);

#endif
