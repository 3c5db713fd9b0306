/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_UNIT_CORE_FOUND_H
#define TN_TESTS_UNIT_CORE_FOUND_H

#include <elf.h>

#include "check.h"
#include "core/detect.h"
#include "util/cleanup.h"

/* What is known of a module "m", before a test adds to it. */
static inline struct tn_evidence evidence_of(int err)
{
        return (struct tn_evidence){
                .err = err,
                .name = "m",
                .path = "/m.ko",
                .options = "",
                .release = "6.1.0-56-amd64",
                .vermagic = "6.1.0-56-amd64 SMP preempt mod_unload modversions ",
                .kernel_elf = { .is64 = true, .machine = EM_X86_64 },
                .facts.elf = { .is64 = true, .machine = EM_X86_64 },
                .head = SPAN("\x7f"
                             "ELF"),
                .file_size = 4096,
        };
}

static inline void say(struct tn_evidence *evidence, const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf record = { 0 };

        tn_buf_addf(&record, "6,1,2,-;%s", text);
        assert_int_equal(tn_evidence_take_log(evidence, tn_buf_span(&record)), 0);
}

static inline void info(struct tn_evidence *evidence, struct span key, struct span value)
{
        assert_int_equal(tn_vec_add(&evidence->facts.info, ((struct tn_modinfo){ key, value })), 0);
        evidence->parts |= TN_EVIDENCE_FACTS;
}

/* One line a finding: "id: sentence", "id?: ..." for a guess. */
static inline void assert_found(struct tn_evidence *evidence, const char *expected)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const struct tn_finding *finding;

        assert_int_equal(tn_detect(evidence, &findings), 0);
        tn_vec_each (finding, &findings.list) {
                tn_buf_addf(&text, "%s%s: ", tn_finding_id(finding->code), finding->guess ? "?" : "");
                tn_finding_text(finding, &text);
                tn_buf_add_char(&text, '\n');
        }
        assert_string_equal(tn_buf_str(&text), expected);
        tn_evidence_fini(evidence);
}

#endif
