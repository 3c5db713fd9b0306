/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DETECT_VERMAGIC_H
#define TN_CORE_DETECT_VERMAGIC_H

#include "core/evidence.h"
#include "core/finding.h"

/* A module and a kernel that do not fit, by what both have as vermagic; empty where it is not known. */
struct tn_detect_vermagics {
        struct span module, kernel;
        const char *log; /* the kernel's line that says so; or NULL */
        bool guess;      /* it may be the cause; then nothing is said where they do not differ */
};

/* Appends in what they differ: the release, else the flags, else the layout of a module. Returns 0 or -ENOMEM. */
int tn_detect_compare_vermagics(const struct tn_evidence *evidence, const struct tn_detect_vermagics *both,
                                struct tn_findings *findings);

#endif
