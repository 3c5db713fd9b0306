/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "core/detect_parameters.h"
#include "core/params.h"
#include "format/cmdopts.h"
#include "format/paramvalue.h"
#include "util/cleanup.h"

struct looking {
        const struct tn_evidence *evidence;
        bool unheard; /* after a load, for what may have led to the kernel's answer */
        struct tn_params params;
        struct tn_findings *findings;
};

/* The kernel takes a module with a parameter that it ignores. Of what is guessed one guess is enough. */
static bool is_asked(const struct looking *looking, int answer, bool unsure, struct span name)
{
        const struct tn_finding *finding;

        if (!looking->unheard)
                return true;
        tn_vec_each (finding, &looking->findings->list)
                if (finding->code == TN_FINDING_PARAMETER_JOINED &&
                    tn_span_eq(tn_span_of(finding->subject), name))
                        return false;
        return answer == looking->evidence->err && !unsure;
}

/* A word that the configuration and the request both have is worth one line. */
static bool is_said(const struct looking *looking, enum tn_finding_code code, struct span name,
                    struct span value)
{
        const struct tn_finding *finding;

        tn_vec_each (finding, &looking->findings->list)
                if (finding->code == code && tn_span_eq(tn_span_of(finding->subject), name) &&
                    tn_span_eq(tn_span_of(finding->value), value))
                        return true;
        return false;
}

static int add(const struct looking *looking, enum tn_finding_code code, bool guess, struct span name,
               struct span value)
{
        const struct tn_evidence *evidence = looking->evidence;
        struct tn_arena *arena = &looking->findings->arena;
        bool unknown = code == TN_FINDING_PARAMETER_UNKNOWN;
        struct span other = unknown ? tn_detect_parameter_nearest(evidence, name)
                                    : tn_detect_parameter_type(evidence, name);
        struct tn_finding finding = {
                .code = code,
                .guess = guess || (looking->unheard && evidence->err < 0),
                .name = evidence->name,
                .path = evidence->path,
                .subject = tn_arena_dup(arena, name),
                .value = tn_arena_dup(arena, value),
                .other = tn_arena_dup(arena, other),
        };
        int r;

        if (is_said(looking, code, name, value))
                return 0;
        r = tn_detect_parameter_origin(evidence, name, value, &finding);
        if (r == 0 && (!finding.subject || !finding.value || !finding.other))
                r = -ENOMEM;
        return r < 0 ? r : tn_findings_add(looking->findings, finding);
}

/* The usual function for the type is one of the kernel's: a module that does not use it takes values by its own rules. */
static bool is_usual(const struct tn_evidence *evidence, struct span type)
{
        struct span array = SPAN("array of "), prefix = SPAN("param_ops_");
        struct span one = tn_span_starts(type, array) ? tn_span_skip(type, array.len) : type;
        const struct tn_modsym *need;

        tn_vec_each (need, &evidence->facts.needs)
                if (tn_span_starts(need->name, prefix) &&
                    tn_span_eq(tn_span_skip(need->name, prefix.len), one))
                        return true;
        return false;
}

static int look_at_value(const struct looking *looking, const struct tn_param *param, struct span value)
{
        static const struct {
                enum tn_finding_code code;
                int answer;
        } faults[] = {
                [TN_PARAMVALUE_BAD] = { TN_FINDING_PARAMETER_VALUE, -EINVAL },
                [TN_PARAMVALUE_RANGE] = { TN_FINDING_PARAMETER_VALUE, -ERANGE },
                [TN_PARAMVALUE_LONG] = { TN_FINDING_PARAMETER_LENGTH, -ENOSPC },
        };
        const struct tn_evidence *evidence = looking->evidence;
        enum tn_paramvalue fault;

        if (!param->type.ptr || !is_usual(evidence, param->type))
                return 0;
        fault = tn_paramvalue_check(param->type, evidence->facts.elf.is64, value);
        if (fault >= ARRAY_SIZE(faults) || faults[fault].answer == 0 ||
            !is_asked(looking, faults[fault].answer, false, param->name))
                return 0;
        return add(looking, faults[fault].code, false, param->name, value.ptr ? value : SPAN(""));
}

/* What it has besides may have the name, where it has more parameters than it describes. */
static int look_at_word(const struct looking *looking, struct span word)
{
        struct span name = tn_span_head(word, tn_span_chr(word, '='));
        const struct tn_param *param = tn_params_find(&looking->params, name);
        struct span value = { 0 };
        bool unsure;

        if (name.len == 0 || tn_span_has_any(name, "\"") || tn_params_is_kernels(name))
                return 0;
        if (name.len < word.len)
                value = tn_span_skip(word, name.len + 1);
        if (param)
                return look_at_value(looking, param, value);
        unsure = looking->evidence->facts.layout.parameters > looking->params.n;
        return is_asked(looking, 0, unsure, name)
                       ? add(looking, TN_FINDING_PARAMETER_UNKNOWN, unsure, name, SPAN(""))
                       : 0;
}

/* What follows "--" is no parameter. */
static int look_at_words(const struct looking *looking)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        struct span rest = tn_span_of(looking->evidence->options);
        int r;

        while ((r = tn_cmdopts_next(&rest, &word)) > 0) {
                if (tn_span_eq(tn_buf_span(&word), SPAN("\"--\"")))
                        return 0;
                r = look_at_word(looking, tn_buf_span(&word));
                if (r < 0)
                        break;
        }
        return r;
}

static int look(const struct tn_evidence *evidence, bool unheard, struct tn_findings *findings)
{
        struct looking looking = { .evidence = evidence, .unheard = unheard, .findings = findings };
        const struct tn_modinfo *info;
        int r = 0;

        tn_vec_each (info, &evidence->facts.info)
                if (r != -ENOMEM)
                        r = tn_params_add(&looking.params, info);
        if (r != -ENOMEM)
                r = look_at_words(&looking);
        tn_params_fini(&looking.params);
        return r;
}

int tn_gate_parameters(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        return look(evidence, false, findings);
}

int tn_detect_unheard_parameters(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        return evidence->parts & TN_EVIDENCE_LOG ? 0 : look(evidence, true, findings);
}
