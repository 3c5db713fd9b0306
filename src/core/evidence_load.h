/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_LOAD_H
#define TN_CORE_EVIDENCE_LOAD_H

#include "core/catalog.h"
#include "core/evidence.h"
#include "core/plan.h"

/* A module that was given to the kernel; all is borrowed for the call. */
struct tn_evidence_load {
        int err;             /* the kernel's answer, negative; 0: it was loaded */
        const char *name;    /* the module's, normalised */
        const char *path;    /* of its file, as for tn_catalog_open_file(); NULL: it came by another way */
        const char *options; /* that it was given */
        const struct tn_step_option *option; /* its words, where it is known where each is from */
        size_t n_options;
        struct tn_catalog *catalog;
        bool is_indexed;             /* the path is that of the index */
        int log_fd;                  /* of tn_kernel_log_open(), from before the load; or -errno */
        enum tn_kernel_state before; /* the module's state right before; absent where nobody has asked */
};

/*
 * Gathers what the detectors for that answer ask for, and nothing else. What cannot be had is not among the parts.
 * Returns 0 or -ENOMEM.
 */
int tn_evidence_load(const struct tn_evidence_load *from, struct tn_evidence *ret_evidence);

#endif
