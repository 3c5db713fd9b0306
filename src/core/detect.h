/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DETECT_H
#define TN_CORE_DETECT_H

#include "core/evidence.h"
#include "core/finding.h"

/* From evidence to findings. Pure: each detector looks at one kind of cause. */

/* Appends what it finds. Returns 0 or -ENOMEM. */
typedef int tn_detect_fn(const struct tn_evidence *evidence, struct tn_findings *findings);

/* In the place of an errno. */
#define TN_DETECT_ANY     (-1) /* any failure */
#define TN_DETECT_SUCCESS (-2)
#define TN_DETECT_BEFORE  (-3) /* it was not loaded yet: TN_EVIDENCE_BEFORE */

struct tn_detector {
        int answers[6];    /* of the kernel that it can explain: an errno each, or one of these; 0: no more */
        unsigned evidence; /* of tn_evidence_part: it is asked only where all of these are there */
        unsigned facts;    /* of tn_facts_part, with TN_EVIDENCE_FACTS */
        bool certain; /* what it finds is the cause; otherwise it is asked only where no certain cause was found */
        tn_detect_fn *detect;
        unsigned helps; /* of tn_evidence_part: what it looks at where it is there */
};

/* What is worth gathering for an answer of the kernel; *ret_facts are the parts of the facts. */
unsigned tn_detect_wants(int err, unsigned *ret_facts);

/*
 * All causes: the certain ones, or where there is none, those that may be; last, where there is neither, what the kernel
 * logged, or that it gave no reason. Of a success only what is worth a warning; before a load all that is in its way.
 * Returns 0 or -ENOMEM.
 */
int tn_detect(const struct tn_evidence *evidence, struct tn_findings *findings);

/* Where policy->no_right is set, appends why. Returns 0 or -ENOMEM. */
int tn_detect_no_right(const char *name, const struct tn_kernel_policy *policy, struct tn_findings *findings);

/*
 * Why a symbolic link could not be followed; err is negative. Nothing is appended of what is no link. Returns 0 or
 * -ENOMEM.
 */
int tn_detect_link(const char *where, const struct tn_evidence_link *link, int err,
                   struct tn_findings *findings);

/* Why nothing can be read of a file, by evidence of tn_evidence_file_load(). Returns 0 or -ENOMEM. */
int tn_detect_unread(const struct tn_evidence *evidence, struct tn_findings *findings);

/* That the init function failed, and how, with what the driver has logged. Returns 0 or -ENOMEM. */
int tn_detect_add_init_failed(const struct tn_evidence *evidence, bool guess, struct tn_findings *findings);

/* The detectors, by noun. */
tn_detect_fn tn_detect_log, tn_detect_vermagic, tn_detect_foreign, tn_detect_unknown_symbols,
        tn_detect_symbol_version, tn_detect_unheard_symbols, tn_detect_unheard_parameters, tn_detect_file,
        tn_detect_elf, tn_detect_no_file, tn_detect_policy, tn_detect_seccomp, tn_detect_signature,
        tn_detect_signature_unsaid, tn_detect_parameters, tn_detect_joined_parameters, tn_detect_state,
        tn_detect_init, tn_detect_memory, tn_detect_memory_unsaid, tn_detect_firmware,
        tn_detect_firmware_unheard, tn_detect_no_support;

/* Those before a load. */
tn_detect_fn tn_gate_policy, tn_gate_file, tn_gate_signature, tn_gate_blacklist, tn_gate_vermagic,
        tn_gate_memory, tn_gate_symbols, tn_gate_parameters, tn_gate_firmware;

#endif
