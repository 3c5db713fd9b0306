/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_FINDING_TABLE_H
#define TN_CORE_FINDING_TABLE_H

#include "core/finding.h"

/*
 * For finding.c and for the tests of the table. In text, next and argv, "{name}" stands for what the finding has as its
 * name, likewise {path}, {subject}, {other}, {value} and {log}; "{where}" for the file and line; {kernel}, {role} and
 * {exporters} for words that depend on whether it is about the running kernel. What is in brackets is
 * left out when one of its placeholders has nothing to say.
 */
struct tn_finding_row {
        const char *id;
        enum tn_severity severity;
        const char *text; /* a sentence without full stop, begun in lower case */
        const char *next; /* what to do, in words; NULL: nothing is known to help */
        const char *
                argv; /* the same as a command, words with one blank between; NULL: it is none. A step without words is none */
};

extern const struct tn_finding_row tn_finding_table[TN_FINDING_CODES];

#endif
