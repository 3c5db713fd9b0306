/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_UNIT_CORE_GATE_H
#define TN_TESTS_UNIT_CORE_GATE_H

#include <errno.h>

#include "found.h"

/* What is known of a module "m" that is fit for the kernel, before a test adds to it. */
static inline struct tn_evidence gate_of(void)
{
        struct tn_evidence evidence = evidence_of(TN_EVIDENCE_BEFORE);

        info(&evidence, SPAN("vermagic"), tn_span_of(evidence.vermagic));
        info(&evidence, SPAN("license"), SPAN("GPL"));
        evidence.facts.layout = (struct tn_modlayout){ .module_struct = 896, .memory = 4096 };
        evidence.module_struct = 896;
        evidence.memory = 1 << 30;
        evidence.memory_free = 1 << 20;
        evidence.parts |= TN_EVIDENCE_FILE | TN_EVIDENCE_KERNEL | TN_EVIDENCE_POLICY | TN_EVIDENCE_MEMORY |
                          TN_EVIDENCE_NEEDS | TN_EVIDENCE_FIRMWARE;
        assert_int_equal(tn_vec_add(&evidence.facts.versions,
                                    ((struct tn_modsym){ .name = SPAN("module_layout"), .crc = 1 })),
                         0);
        return evidence;
}

/* A symbol that the kernel exports to everybody; the test may change what is returned. */
static inline struct tn_evidence_need *gate_need(struct tn_evidence *evidence, struct span symbol)
{
        const struct tn_evidence_need need = {
                .symbol = symbol,
                .crc = 0x11,
                .there = true,
                .export = { .name = symbol,
                            .owner = "vmlinux",
                            .crc = 0x11,
                            .has_crc = true,
                            .has_rules = true },
        };

        assert_int_equal(tn_vec_add(&evidence->needs, need), 0);
        return &evidence->needs.v[evidence->needs.n - 1];
}

#endif
