/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_FILTER_H
#define TN_FORMAT_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/arena.h"
#include "util/buf.h"
#include "util/span.h"
#include "util/vec.h"

/*
 * An expression over the columns of a table, which a row agrees with or not:
 *
 *      expression = term { ("and" | "&&" | "or" | "||") term }         "and" binds closer
 *      term       = ("not" | "!") term | "(" expression ")" | column [ operator value ]
 *      operator   = "=" "==" "!=" "<" "<=" ">" ">=" "=~" "!~"
 *      value      = a word without blanks and parentheses, or anything between two " or two '
 *
 * A column alone asks whether the row has anything there: a number other than 0, a text that is not empty. A number may
 * end in K, M, G or T, for 1024 and its powers, and then in B or iB. =~ takes a shell pattern, or, without any of "*?[",
 * a part of the text. A list agrees when one of its texts does; != and !~ when none is equal, or matches. Where the row
 * has nothing, only these two are true. "-" in a column's name is the same as "_".
 */
enum tn_filter_type {
        TN_FILTER_NUMBER,
        TN_FILTER_TEXT,
        TN_FILTER_LIST, /* of texts */
};

struct tn_filter_column {
        const char *name;
        enum tn_filter_type type;
};

/* What a row has in a column. */
struct tn_filter_value {
        bool none;          /* nothing; the rest is without meaning then */
        int64_t number;     /* of a number */
        struct tn_buf text; /* of a text, and each of a list, with its NUL */
};

void tn_filter_value_fini(struct tn_filter_value *value);

/* One step of an expression. Each but a jump sets whether it is true so far. */
struct tn_filter_step {
        enum {
                TN_FILTER_COMPARE,
                TN_FILTER_NOT,
                TN_FILTER_JUMP, /* to the step `to`, if what is so far is `when` */
        } kind;
        enum {
                TN_FILTER_ANY, /* the column alone */
                TN_FILTER_EQ,
                TN_FILTER_NE,
                TN_FILTER_LT,
                TN_FILTER_LE,
                TN_FILTER_GT,
                TN_FILTER_GE,
                TN_FILTER_LIKE,
                TN_FILTER_UNLIKE,
        } how;
        size_t column;
        enum tn_filter_type type; /* of the column */
        int64_t number;
        const char *text;
        size_t to;
        bool when;
};

/* A parsed expression. Zero-initialised is one that all rows agree with. Finish it with tn_filter_fini(). */
struct tn_filter {
        struct tn_arena arena;
        TN_VEC_FIELDS(struct tn_filter_step);
};

/* What is wrong with one. */
struct tn_filter_error {
        size_t at;        /* the byte where it begins */
        const char *text; /* "there is no column of that name" */
};

/*
 * Parses; a column is its place in columns from then on. Returns 0; -EINVAL, then *ret_error is set; -ENOMEM.
 */
int tn_filter_parse(struct span text, const struct tn_filter_column *columns, size_t n,
                    struct tn_filter *ret_filter, struct tn_filter_error *ret_error);
void tn_filter_fini(struct tn_filter *filter);

/* Sets what the row has there; value has been emptied. Returns 0 or -ENOMEM. */
typedef int tn_filter_get(void *row, size_t column, struct tn_filter_value *value);

/* Asks for columns from left to right, and for none that cannot matter. Returns 1, 0 or -ENOMEM, or what get returned. */
int tn_filter_match(const struct tn_filter *filter, tn_filter_get *get, void *row);

/*
 * A number as expressions have it. Returns 0, -EINVAL, or -ERANGE for what is more than INT64_MAX.
 */
int tn_filter_number(struct span text, int64_t *ret_number);

#endif
