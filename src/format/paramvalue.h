/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_PARAMVALUE_H
#define TN_FORMAT_PARAMVALUE_H

#include <stdbool.h>

#include "util/span.h"

/* What the kernel makes of the value of a parameter (kernel/params.c and lib/kstrtox.c of Linux). */
enum tn_paramvalue {
        TN_PARAMVALUE_GOOD,
        TN_PARAMVALUE_BAD,     /* it is none of the type, or there must be one */
        TN_PARAMVALUE_RANGE,   /* it is out of range */
        TN_PARAMVALUE_LONG,    /* of a string */
        TN_PARAMVALUE_UNKNOWN, /* nobody knows the type, or what it takes */
};

/*
 * A type as "parmtype" has it: "int", "array of charp". A value whose ptr is NULL was not given. is64: a long of the kernel
 * has 64 bits. Of an array each value is looked at, and not how many they are.
 */
enum tn_paramvalue tn_paramvalue_check(struct span type, bool is64, struct span value);

/*
 * Whether a value that was given is what the kernel shows in /sys/module/NAME/parameters, without the newline there: 1, 0, or
 * -ENODATA where that cannot be told, as of a type that nobody knows.
 */
int tn_paramvalue_same(struct span type, bool is64, struct span value, struct span shown);

#endif
