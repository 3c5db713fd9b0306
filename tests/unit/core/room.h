/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_UNIT_CORE_ROOM_H
#define TN_TESTS_UNIT_CORE_ROOM_H

#include "core/plan.h"
#include "tmpdir.h"

/* A module directory, a configuration and a kernel that exist for one test. */
struct room {
        struct tmpdir dir;
        struct tn_catalog *catalog;
        struct tn_config *config;
        struct tn_live live;
        const struct tn_match *match; /* what to load in the place of the operand, if anything */
        enum tn_plan_blacklist blacklist;
        const char *underway;
        bool full; /* plans are given as plan_text() has them */
};

/*
 * deps: lines of modules.dep ("kernel/vfat.ko: kernel/fat.ko\n"). aliases: "PATTERN MODULE\n". builtins: "NAME\n".
 * conf: the text of a modprobe.d file. Any may be NULL. The fake kernel is reset.
 */
struct room room_new(const char *deps, const char *aliases, const char *builtins, const char *conf);
void room_fini(struct room *room);

/* Writes another index of the module directory, before it is first asked: lines "KEY VALUE\n". */
void room_save_pairs(const struct room *room, const char *file, const char *pairs);

#endif
