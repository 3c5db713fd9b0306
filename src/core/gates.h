/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_GATES_H
#define TN_CORE_GATES_H

#include "core/evidence_name.h"
#include "core/finding.h"
#include "core/firmware.h"
#include "core/incomplete.h"
#include "core/world.h"

/*
 * Would a module load? Everything that can stand in its way is asked before the kernel is: the name, the configuration, the
 * file, and what the kernel compares. What only its init function or the cryptography of a signature can tell, is not.
 *
 * Kernel and exports are read once for many modules, and a dependency of several is looked at once.
 */
struct tn_gates;

struct tn_gates_from {
        struct tn_world *world; /* open with configuration and catalog; borrowed until close */
        bool running; /* its kernel is the running one, on the running system: what is loaded, its keys and its memory count */
        const struct tn_evidence_tool *tool; /* for next steps of names that are not found */
};

/* What is unknown of the kernel itself is added to incompletes. Returns 0 or -ENOMEM. */
int tn_gates_open(const struct tn_gates_from *from, struct tn_gates **ret_gates,
                  struct tn_incompletes *incompletes);
void tn_gates_close(struct tn_gates *gates);
void tn_gates_closep(struct tn_gates **gates);

/* What is to be loaded; all is borrowed for the call. */
struct tn_gates_object {
        const char *text;    /* a name or an alias, as modprobe looks it up; NULL: path counts */
        const char *path;    /* of a module file */
        const char *options; /* parameters for it, besides those of the configuration; NULL: none */
};

enum tn_gates_verdict {
        TN_GATES_LOADS,   /* nothing stands in its way, as far as could be looked */
        TN_GATES_STOPPED, /* an error does */
        TN_GATES_BUILTIN, /* it is part of the kernel: there is nothing to load */
        TN_GATES_COMMAND, /* a command of the configuration loads it: nobody can tell */
        TN_GATES_LIVE,    /* it is loaded, and there is no file of it */
        TN_GATES_UNKNOWN, /* there is nothing of that name */
};

/* "loads". */
const char *tn_gates_verdict_name(enum tn_gates_verdict verdict);

/* One module that the object stands for. */
struct tn_gates_module {
        const char *name, *path; /* the path is NULL where there is no file */
        enum tn_gates_verdict verdict;
        const struct tn_firmware
                *firmware; /* of its file, borrowed until close; NULL: that was not looked at */
};

/* What was found of one object. Zero-initialised is empty. */
struct tn_gates_report {
        struct tn_arena arena;
        TN_VEC(struct tn_gates_module) modules; /* at least one */
        struct tn_findings
                findings; /* those of a dependency follow one that names it (TN_FINDING_DEPENDENCY) */
        struct tn_incompletes incompletes;
};

void tn_gates_report_fini(struct tn_gates_report *report);

/*
 * Several objects are going to be checked: the files of their modules, and of what these need, are read on all processors.
 * What is found is the same without, and later. Returns 0 or -ENOMEM.
 */
int tn_gates_expect(struct tn_gates *gates, const struct tn_gates_object *objects, size_t n);

/* So many at a time: what was read of a file is kept until it is checked. */
#define TN_GATES_EXPECT_MAX ((size_t)128)

/* Adds to the report. Returns 0 or -ENOMEM. */
int tn_gates_check(struct tn_gates *gates, const struct tn_gates_object *object,
                   struct tn_gates_report *report);

#endif
