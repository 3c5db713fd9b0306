/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_CHECK_H
#define TN_TENON_CHECK_H

#include "core/finding.h"
#include "core/incomplete.h"
#include "tenon/verb.h"

/* A run of tenon check. */
struct tn_check {
        struct tn_run run;
        bool strict;
        bool denied;                  /* the objects are names of modules that are to be kept out */
        const char *kernel;           /* the release that is held against this machine */
        const char *initramfs;        /* an image that is held against the disk */
        struct tn_option_list ignore; /* ids of findings */
};

/*
 * One thing that can be checked. Its build adds to the result, findings and what is incomplete, and returns 0 or -errno;
 * its text shows its own part of a result, if that is there.
 */
struct tn_check_part {
        bool (*is_wanted)(const struct tn_check *check, char **operands);
        int (*build)(struct tn_check *check, char **operands, struct tn_document *doc);
        tn_render_fn *text;
};

/* The modules, aliases and files that are named: would they load? */
extern const struct tn_check_part tn_check_objects;

/* What would be different with another kernel; what of an initramfs is not as the disk's. */
extern const struct tn_check_part tn_check_kernel, tn_check_image;

/* Are these modules kept out; and without any of all this, is the machine in order. */
extern const struct tn_check_part tn_check_denied, tn_check_machine;

/*
 * Calls look for each line of /proc/modules, with the module's name, until it returns less than 0. Returns what the last
 * call did, or -ENOMEM.
 */
int tn_check_each_loaded(const struct tn_buf *loaded, int (*look)(void *data, const char *name), void *data);

/* Adds findings but those that are to be ignored; and what could not be looked at, each once. */
void tn_check_add_findings(const struct tn_check *check, const struct tn_findings *findings,
                           struct tn_document *doc);
void tn_check_add_incompletes(const struct tn_incompletes *incompletes, struct tn_document *doc);

#endif
