/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fnmatch.h>
#include <string.h>

#include "core/detect.h"
#include "util/cleanup.h"

/* As many lines of the kernel's log as one reads beside the cause. */
#define LINES_MAX 2

/* "pci:v00008086d*", "cpu:type:x86,*"; not the names of what the module makes itself. */
static bool is_of_device(struct span alias)
{
        return tn_span_chr(alias, ':') < alias.len && !tn_span_starts(alias, SPAN("devname:"));
}

static bool is_of_processor(struct span alias)
{
        return tn_span_starts(alias, SPAN("cpu:"));
}

/* What a module has in the way of aliases of devices. */
struct drives {
        const char *first; /* one of a processor only where there is no other */
        size_t n;
        bool present; /* there is such a device */
};

static bool is_present(const struct tn_evidence *evidence, const char *pattern)
{
        struct span rest = evidence->devices, device;

        while (tn_span_split(&rest, '\0', &device))
                if (fnmatch(pattern, device.ptr, 0) == 0)
                        return true;
        return false;
}

static int look_at_aliases(const struct tn_evidence *evidence, struct tn_arena *arena, struct drives *drives)
{
        const struct tn_modinfo *info;

        tn_vec_each (info, &evidence->facts.info) {
                const char *alias;

                if (!tn_span_eq(info->key, SPAN("alias")) || !is_of_device(info->value))
                        continue;
                alias = tn_arena_dup(arena, info->value);
                if (!alias)
                        return -ENOMEM;
                if (!drives->first || is_of_processor(tn_span_of(drives->first)))
                        drives->first = alias;
                drives->n++;
                drives->present |= is_present(evidence, alias);
        }
        return 0;
}

/* "cpu:type:x86,ven*fam*mod*:feature:*0085*" to "vmx": those of which people have heard. */
static const char *feature_of(struct span alias)
{
        static const struct {
                struct span number;
                const char *name;
        } features[] = {
                { SPAN(":feature:*0085*"), "vmx" },
                { SPAN(":feature:*00C2*"), "svm" },
                { SPAN(":feature:*0099*"), "aes" },
                { SPAN(":feature:*0081*"), "pclmulqdq" },
        };

        for (size_t i = 0; i < ARRAY_SIZE(features); i++)
                if (tn_span_ends(alias, features[i].number))
                        return features[i].name;
        return NULL;
}

static int add_device_missing(const struct tn_evidence *evidence, const struct drives *drives,
                              struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf others = { 0 };
        struct tn_finding finding = {
                .code = TN_FINDING_DEVICE_MISSING,
                .name = evidence->name,
                .subject = drives->first,
        };

        if (is_of_processor(tn_span_of(drives->first))) {
                finding.code = TN_FINDING_PROCESSOR_FEATURE;
                finding.value = drives->n == 1 ? feature_of(tn_span_of(drives->first)) : NULL;
                return tn_findings_add(findings, finding);
        }
        if (drives->n > 1)
                tn_buf_addf(&others, "%zu", drives->n - 1);
        finding.other = tn_buf_str(&others);
        return finding.other ? tn_findings_add(findings, finding) : -ENOMEM;
}

/* What the driver has to say of it. */
static int add_lines(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_evidence_line *line;
        size_t n = 0;
        int r = 0;

        tn_vec_each (line, &evidence->log)
                if (r == 0 && !line->known && n++ < LINES_MAX)
                        r = tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_KERNEL_SAID,
                                                                           .name = evidence->name,
                                                                           .log = line->text });
        return r;
}

int tn_detect_add_init_failed(const struct tn_evidence *evidence, bool guess, struct tn_findings *findings)
{
        struct tn_finding finding = {
                .code = TN_FINDING_INIT_FAILED,
                .guess = guess,
                .name = evidence->name,
                .value = strerror(-evidence->err),
        };
        int r = tn_findings_add(findings, finding);

        return r == 0 ? add_lines(evidence, findings) : r;
}

/* The setter of a parameter may give any answer; then the kernel logs which. */
static bool is_of_parameter(const struct tn_evidence *evidence)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (line->known &&
                    (line->event.kind == TN_KLOG_BAD_VALUE || line->event.kind == TN_KLOG_LONG_VALUE))
                        return true;
        return false;
}

/* The kernel's loader has no such answers of its own: they are those of the init function. */
int tn_detect_init(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        struct drives drives = { 0 };
        int r;

        if (is_of_parameter(evidence))
                return 0;
        r = look_at_aliases(evidence, &findings->arena, &drives);
        if (r < 0)
                return r;
        if (drives.n == 0 || drives.present)
                return tn_detect_add_init_failed(evidence, false, findings);
        r = add_device_missing(evidence, &drives, findings);
        return r == 0 ? add_lines(evidence, findings) : r;
}
