/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_FAULT_INJECT_H
#define TN_TESTS_FAULT_INJECT_H

#include <stdbool.h>

/*
 * The calls of libc that the tool makes, linked in between by the linker's --wrap: they are counted, and one of them
 * can be made to fail, or the program to end at it.
 */
enum inject_how {
        INJECT_NOTHING,
        INJECT_FAIL,       /* as if the machine had refused it */
        INJECT_SHORT,      /* a write or read that does less than it was asked */
        INJECT_DIE_BEFORE, /* the program ends, as by SIGKILL, before the call */
        INJECT_DIE_AFTER,  /* ... or after it */
        INJECT_STUCK,      /* it fails, and from there on all calls of that function */
};

/* What a forked run tells its parent, in memory that both see. */
struct inject_report {
        unsigned calls;   /* how many there were */
        unsigned changes; /* of these, how many change something in the file system */
        unsigned io;      /* ... and how many can do less than they are asked */
        char what[32];    /* the call that was hit */
        bool hit;
        bool said; /* left to who makes the run: that it has logged an error */
};

/*
 * From now on: at call number `at` do that. Counted from 0 among those to which it can be done: all can fail, those
 * that change something are worth dying at, reads and writes can be short.
 */
void inject_start(struct inject_report *report, enum inject_how how, unsigned at);
void inject_stop(void);

/* In every run: the file system has no hard links; the index files may not be read. */
extern bool inject_no_links, inject_closed;

#define INJECT_DIED 99

#endif
