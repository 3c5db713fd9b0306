/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/detect.h"
#include "util/cleanup.h"

/* A module "m" whose init function gave that answer, on a machine with two devices and a processor. */
static struct tn_evidence failed(int err)
{
        return (struct tn_evidence){
                .err = err,
                .parts = TN_EVIDENCE_LOG | TN_EVIDENCE_FACTS | TN_EVIDENCE_DEVICES,
                .name = "m",
                .inside = "m",
                .options = "",
                .release = "6.1.0",
                .devices = SPAN(
                        "cpu:type:x86,ven0000fam0006mod0001:feature:,0001,0085,\0pci:v00008086d0000AAAA\0"),
        };
}

static void alias(struct tn_evidence *evidence, struct span value)
{
        assert_int_equal(tn_vec_add(&evidence->facts.info, ((struct tn_modinfo){ SPAN("alias"), value })), 0);
}

static void say(struct tn_evidence *evidence, const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf record = { 0 };

        tn_buf_addf(&record, "6,1,2,-;%s", text);
        assert_int_equal(tn_evidence_take_log(evidence, tn_buf_span(&record)), 0);
}

static void assert_found(struct tn_evidence *evidence, const char *expected)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const struct tn_finding *finding;

        assert_int_equal(tn_detect(evidence, &findings), 0);
        tn_vec_each (finding, &findings.list) {
                tn_buf_addf(&text, "%s: ", tn_finding_id(finding->code));
                tn_finding_text(finding, &text);
                tn_buf_add_char(&text, '\n');
        }
        assert_string_equal(tn_buf_str(&text), expected);
        tn_evidence_fini(evidence);
}

CHECK(detect_init_names_devices_that_are_not_there)
{
        struct tn_evidence evidence = failed(-ENODEV);

        alias(&evidence, SPAN("devname:m"));
        alias(&evidence, SPAN("char-major-10-1"));
        alias(&evidence, SPAN("pci:v00008086d0000BBBB*"));
        assert_found(&evidence,
                     "device-missing: m found no device: none that is here fits pci:v00008086d0000BBBB*\n");
        evidence = failed(-ENXIO);
        alias(&evidence, SPAN("cpu:type:x86,ven*fam*mod*:feature:*0002*"));
        alias(&evidence, SPAN("pci:v00008086d0000BBBB*"));
        alias(&evidence, SPAN("pci:v00008086d0000CCCC*"));
        say(&evidence, "m: nothing to do");
        assert_found(&evidence,
                     "device-missing: m found no device: none that is here fits pci:v00008086d0000BBBB* or "
                     "its 2 other aliases\nkernel-said: the kernel says: m: nothing to do\n");
}

CHECK(detect_init_does_not_miss_a_device_that_is_there)
{
        struct tn_evidence evidence = failed(-ENODEV);

        alias(&evidence, SPAN("pci:v00008086d0000BBBB*"));
        alias(&evidence, SPAN("pci:v00008086d*"));
        assert_found(&evidence, "init-failed: the init function of m failed: No such device\n");
        evidence = failed(-EOPNOTSUPP);
        say(&evidence, "m: the chip is too old");
        assert_found(&evidence, "init-failed: the init function of m failed: Operation not supported\n"
                                "kernel-said: the kernel says: m: the chip is too old\n");
}

CHECK(detect_init_names_a_feature_of_the_processor)
{
        struct tn_evidence evidence = failed(-EOPNOTSUPP);

        alias(&evidence, SPAN("cpu:type:x86,ven*fam*mod*:feature:*00C2*"));
        assert_found(&evidence, "processor-feature: this processor lacks a feature that m needs: svm\n");
        evidence = failed(-ENODEV);
        alias(&evidence, SPAN("cpu:type:x86,ven*fam*mod*:feature:*0002*"));
        assert_found(&evidence, "processor-feature: this processor lacks a feature that m needs\n");
        evidence = failed(-ENODEV);
        alias(&evidence, SPAN("cpu:type:x86,ven*fam*mod*:feature:*0085*"));
        assert_found(&evidence, "init-failed: the init function of m failed: No such device\n");
}

CHECK(detect_init_leaves_the_answer_of_a_parameter_to_others)
{
        struct tn_evidence evidence = failed(-ENODEV);

        alias(&evidence, SPAN("pci:v00008086d0000BBBB*"));
        evidence.options = "a=1";
        say(&evidence, "m: `1' invalid for parameter `a'");
        assert_found(&evidence, "parameter-value: '1' is no value for parameter a of m\n");
}
