/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_ENVOPTS_H
#define TN_KMOD_ENVOPTS_H

#include "util/arena.h"
#include "util/buf.h"

/*
 * MODPROBE_OPTIONS: arguments that come before the typed ones, and by which an install or remove command's own
 * modprobe inherits some of ours.
 *
 * Its words are separated by blanks, tabs and newlines. Single quotes keep everything as it is; within double quotes
 * a backslash takes the meaning from a double quote or a backslash, outside of quotes from any character. A quote
 * that is not closed goes to the end. Nothing is expanded.
 */
#define TN_ENVOPTS_NAME "MODPROBE_OPTIONS"

struct tn_envopts {
        int argc;
        char **argv; /* argv[0], the variable's words, the typed arguments, NULL */
        int typed;   /* where in argv the typed arguments begin */
        struct tn_buf value;
        struct tn_arena arena;
};

/*
 * text is the variable's, or NULL. It comes from secure_getenv(3): a caller with more rights than its user must not
 * take it. The typed arguments are borrowed. Returns 0 or -ENOMEM.
 */
int tn_envopts_init(struct tn_envopts *env, const char *text, int argc, char **argv);
void tn_envopts_fini(struct tn_envopts *env);

/*
 * Adds a typed option ("-C"), and its argument unless NULL, to what children inherit. Options that came from the
 * variable are in it already: tn_options' at tells them from typed ones.
 */
void tn_envopts_add(struct tn_envopts *env, const char *option, const char *arg);

/* The variable's value for children, borrowed until fini or the next addition; NULL when it failed for memory. */
const char *tn_envopts_value(struct tn_envopts *env);

#endif
