/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DRIFT_H
#define TN_CORE_DRIFT_H

#include "core/config.h"
#include "core/finding.h"
#include "core/incomplete.h"
#include "format/facts.h"

/* Whether what is in the kernel is what the disk and the configuration would have loaded. */
struct tn_drift {
        const struct tn_config *config;
        struct tn_findings *findings;
        struct tn_incompletes *incompletes;
};

/* The parts of a module's facts that are looked at. */
#define TN_DRIFT_FACTS (TN_FACTS_ELF | TN_FACTS_INFO | TN_FACTS_BUILD_ID)

/*
 * Of one module that is loaded, by its normalised name, and what its file says: its build id, or its source version where it
 * has none, against those of the file, and each parameter that the configuration gives it against its value now. A parameter
 * that the kernel does not show, and a value of a type with rules of its own are passed over. Returns 0 or -ENOMEM.
 */
int tn_drift_check(const struct tn_drift *drift, const char *name, const char *path,
                   const struct tn_facts *facts);

#endif
