/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/detect.h"
#include "core/gate_evidence.h"
#include "core/gate_memo.h"
#include "core/gate_own.h"
#include "util/cleanup.h"

void tn_gate_memo_fini(struct tn_gate_memo *memo)
{
        for (struct tn_gate_checked *one = memo->newest; one; one = one->before) {
                tn_findings_fini(&one->findings);
                tn_incompletes_fini(&one->incompletes);
                tn_firmware_fini(&one->firmware);
        }
        tn_gate_ahead_fini(&memo->ahead);
        tn_map_fini(&memo->files);
        tn_arena_fini(&memo->arena);
}

bool tn_gate_is_general(enum tn_finding_code code)
{
        return code == TN_FINDING_NO_MODULE_SUPPORT || code == TN_FINDING_NO_CAPABILITY ||
               code == TN_FINDING_MODULES_DISABLED;
}

static int look(struct tn_gate_memo *memo, struct tn_gate_kernel *kernel, const struct tn_plan *plan,
                const struct tn_step *step, struct tn_gate_checked *one)
{
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 }, file = { 0 };
        const struct tn_finding *finding;
        int r;

        tn_gate_ahead_take(&memo->ahead, step->path, &file);
        r = tn_gate_evidence_load_take(kernel, plan, step, &file, &evidence, &one->incompletes);
        if (r == 0 && evidence.parts & TN_EVIDENCE_FIRMWARE)
                r = tn_firmware_count(&evidence.facts, evidence.firmware, &one->firmware);
        if (r == 0)
                r = tn_detect(&evidence, &one->findings);
        if (r == 0)
                r = tn_gate_own_drop(kernel->catalog, step->path, &one->findings);
        tn_vec_each (finding, &one->findings.list)
                one->stopped |= tn_finding_severity(finding->code) == TN_SEVERITY_ERROR &&
                                !tn_gate_is_general(finding->code);
        return r;
}

static int make_key(const struct tn_step *step, struct tn_buf *key)
{
        tn_buf_add(key, step->path, strlen(step->path) + 1);
        tn_buf_add_str(key, step->options);
        return tn_buf_error(key);
}

int tn_gate_memo_expect(struct tn_gate_memo *memo, const struct tn_gate_kernel *kernel,
                        const struct tn_step *step)
{
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        int r = make_key(step, &key);

        if (r < 0 || tn_map_find(&memo->files, tn_buf_span(&key)))
                return r;
        return tn_gate_ahead_add(&memo->ahead, kernel, step);
}

int tn_gate_memo_get(struct tn_gate_memo *memo, struct tn_gate_kernel *kernel, const struct tn_plan *plan,
                     const struct tn_step *step, const struct tn_gate_checked **ret_checked)
{
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        struct tn_gate_checked *one;
        const char *copy;

        if (make_key(step, &key) < 0)
                return -ENOMEM;
        *ret_checked = tn_map_find(&memo->files, tn_buf_span(&key));
        if (*ret_checked)
                return 0;
        copy = tn_arena_dup(&memo->arena, tn_buf_span(&key));
        one = tn_arena_alloc(&memo->arena, sizeof(*one));
        if (!copy || !one)
                return -ENOMEM;
        one->before = memo->newest;
        memo->newest = one;
        *ret_checked = one;
        if (tn_map_add(&memo->files, (struct span){ copy, key.len }, one) < 0)
                return -ENOMEM;
        return look(memo, kernel, plan, step, one);
}
