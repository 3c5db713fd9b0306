/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_LINT_RUN_H
#define TN_CORE_LINT_RUN_H

#include "core/lint.h"
#include "util/map.h"

/* How many names and patterns are held against all names that are there; real configurations have some dozens. */
#define TN_LINT_ASKED_MAX 5000

/* A lint on its way, for the checks in this directory. Failures stick to it, and end it. */
struct tn_lint_run {
        const struct tn_lint *lint;
        struct tn_findings *findings;
        struct tn_map files; /* of the lint, those that are read, by name */
        unsigned asked;      /* how many names were held against all that are there */
        size_t first;        /* of its findings */
        int err; /* 0, -ENOMEM, or -E2BIG: there are TN_LINT_MAX findings, and nothing more is looked at */
};

/* A check looks at everything that is its own. */
typedef void tn_lint_check(struct tn_lint_run *run);
tn_lint_check tn_lint_files, tn_lint_lines, tn_lint_names, tn_lint_options, tn_lint_denials, tn_lint_commands,
        tn_lint_aliases, tn_lint_softdeps, tn_lint_twice, tn_lint_policy;

/* Who has written a record. */
enum tn_lint_author {
        TN_LINT_ADMIN,
        TN_LINT_PACKAGE,
        TN_LINT_DEPMOD,
        TN_LINT_BOOT, /* the kernel command line */
};

enum tn_lint_author tn_lint_author(const struct tn_lint_run *run, const struct tn_conf_record *record);

/* Adds a finding. Its strings are copied. */
void tn_lint_add(struct tn_lint_run *run, struct tn_finding finding);

/* The same about a record: its file and line are filled in. */
void tn_lint_add_at(struct tn_lint_run *run, const struct tn_conf_record *record, struct tn_finding finding);

/* A copy as a C string; NULL without memory, or for an empty span. */
const char *tn_lint_str(struct tn_lint_run *run, struct span text);

/* "FILE line N", or the file alone; NULL without memory. */
const char *tn_lint_place(struct tn_lint_run *run, const char *file, unsigned line);

/* Questions to the catalog, which must be there. */
enum tn_lint_presence tn_lint_find(struct tn_lint_run *run, struct span name);
const char *tn_lint_alias(struct tn_lint_run *run, struct span text);

/*
 * The module that is meant by a name that is not there (core/lint/slip.h); NULL: there is none, or several, or one that has a
 * line of that kind. It takes time, so that after some thousands it is none.
 */
const char *tn_lint_meant(struct tn_lint_run *run, enum tn_conf_kind kind, struct span name);

/* Whether it can be the name of a module and nothing else: no pattern, no alias, no path. */
bool tn_lint_is_name(struct span name);

/* The options before what is meant as a comment: a word that begins with '#'. */
struct span tn_lint_before_comment(struct span options);

/* Whether an install line keeps the module from being loaded in every way. */
bool tn_lint_is_denied(const struct tn_lint_run *run, const char *name);

#endif
