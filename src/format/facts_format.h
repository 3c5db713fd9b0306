/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_FACTS_FORMAT_H
#define TN_FORMAT_FACTS_FORMAT_H

/* The numbers of packed facts; docs/facts-format.md describes them. */

#define FACTS_MAGIC   "tnfacts\n"
#define FACTS_VERSION 2

/* Magic, version, and length of the whole record. */
#define FACTS_HEAD    16

/* Why a list is empty: the same numbers on every machine, where those of errno differ. */
enum {
        FACTS_WHY_NONE,      /* 0 */
        FACTS_WHY_ABSENT,    /* -ENODATA */
        FACTS_WHY_MALFORMED, /* -EINVAL */
        FACTS_WHY_TOO_MUCH,  /* -EFBIG */
        FACTS_WHYS,
};

/* Of an export's rule. */
enum {
        FACTS_RULE_KNOWN = 1,
        FACTS_RULE_GPL_ONLY = 2,
        FACTS_RULE_ALL = 3,
};

/* No entry takes less: so many bytes must be there for each that a list is said to have. */
enum {
        FACTS_INFO_MIN = 10,
        FACTS_SYMBOL_MIN = 15,
        FACTS_RULE_MIN = 6,
};

#endif
