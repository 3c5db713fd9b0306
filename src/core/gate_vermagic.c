/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/detect.h"
#include "core/detect_vermagic.h"

/* The kernel's checksum of its own structures, as far as both sides tell it. */
static bool has_other_layout(const struct tn_evidence *evidence)
{
        const struct tn_evidence_need *need;

        tn_vec_each (need, &evidence->needs)
                if (tn_span_eq(need->symbol, SPAN("module_layout")) && need->err == 0 && need->crc &&
                    need->export.has_crc && need->export.crc != need->crc)
                        return true;
        return evidence->module_struct && evidence->facts.layout.module_struct != evidence->module_struct;
}

static struct span flags_of(struct span vermagic)
{
        return tn_span_skip(vermagic, tn_span_chr(vermagic, ' '));
}

/* same_magic() of the kernel: with module versions on both sides the release does not count. */
static bool has_same_magic(const struct tn_evidence *evidence, struct span module, struct span kernel)
{
        if (evidence->facts.versions.n > 0 && tn_span_has_word(kernel, " ", SPAN("modversions")))
                return tn_span_eq(flags_of(module), flags_of(kernel));
        return tn_span_eq(module, kernel);
}

/* What is for another machine has another vermagic as well; core/detect_file.c says what counts. */
int tn_gate_vermagic(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_detect_vermagics both = {
                .module = tn_facts_info(&evidence->facts, SPAN("vermagic")),
                .kernel = tn_span_of(evidence->vermagic),
        };

        if (evidence->facts.elf.machine != evidence->kernel_elf.machine ||
            evidence->facts.elf.is64 != evidence->kernel_elf.is64 || both.module.len == 0)
                return 0;
        if (!has_other_layout(evidence) && has_same_magic(evidence, both.module, both.kernel))
                return 0;
        return tn_detect_compare_vermagics(evidence, &both, findings);
}
