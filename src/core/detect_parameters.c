/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "core/detect_parameters.h"
#include "core/params.h"
#include "core/plan.h"
#include "format/cmdopts.h"
#include "format/paramvalue.h"
#include "util/cleanup.h"
#include "util/nearest.h"

/* The parameter that an entry of .modinfo is about; empty for any other entry. */
static struct span parameter_of(const struct tn_modinfo *info)
{
        if (!tn_span_eq(info->key, SPAN("parm")) && !tn_span_eq(info->key, SPAN("parmtype")))
                return SPAN("");
        return tn_span_head(info->value, tn_span_chr(info->value, ':'));
}

static bool has_parameter(const struct tn_facts *facts, struct span name)
{
        const struct tn_modinfo *info;

        tn_vec_each (info, &facts->info)
                if (name.len && tn_params_is_same(parameter_of(info), name))
                        return true;
        return false;
}

static int add_joined(const struct tn_evidence *evidence, struct span parameter, struct span part,
                      struct tn_findings *findings)
{
        struct tn_finding finding = {
                .code = TN_FINDING_PARAMETER_JOINED,
                .guess = true,
                .name = evidence->name,
                .subject = tn_arena_dup(&findings->arena, parameter),
                .value = tn_arena_dup(&findings->arena, part),
        };
        int r = tn_detect_parameter_origin(evidence, parameter, SPAN(""), &finding);

        if (r == 0 && (!finding.subject || !finding.value))
                r = -ENOMEM;
        return r < 0 ? r : tn_findings_add(findings, finding);
}

/* A parameter of the module in the value of another: two that were given as one argument. */
static int look_at_word(const struct tn_evidence *evidence, struct span word, struct tn_findings *findings)
{
        struct span name = tn_span_head(word, tn_span_chr(word, '='));
        struct span value = tn_span_skip(word, name.len), part;
        int r = 0;

        tn_span_split(&value, ' ', &part);
        while (r == 0 && tn_span_split(&value, ' ', &part)) {
                size_t equal = tn_span_chr(part, '=');

                if (equal < part.len && has_parameter(&evidence->facts, tn_span_head(part, equal)))
                        r = add_joined(evidence, name, part, findings);
        }
        return r;
}

int tn_detect_joined_parameters(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        struct span rest = tn_span_of(evidence->options);
        int r = 0;

        while (r == 0 && (r = tn_cmdopts_next(&rest, &word)) > 0)
                r = look_at_word(evidence, tn_buf_span(&word), findings);
        return r == -ENOMEM ? r : 0;
}

static const char *const scalars[][2] = {
        { "bool", "bool (y or n)" },
        { "invbool", "bool (y or n)" },
        { "byte", "byte (0 to 255)" },
        { "short", "short (-32768 to 32767)" },
        { "ushort", "ushort (0 to 65535)" },
        { "int", "int (-2147483648 to 2147483647)" },
        { "uint", "uint (0 to 4294967295)" },
        { "hexint", "hexint (0 to 0xffffffff)" },
        { "long", "long (a whole number)" },
        { "ulong", "ulong (a whole number from 0)" },
        { "ullong", "ullong (a whole number from 0)" },
};

static struct span type_of(const struct tn_evidence *evidence, struct span name)
{
        const struct tn_modinfo *info;
        struct span type = SPAN("");

        tn_vec_each (info, &evidence->facts.info)
                if (tn_span_eq(info->key, SPAN("parmtype")) && tn_params_is_same(parameter_of(info), name))
                        type = tn_span_skip(info->value, name.len + 1);
        return type;
}

struct span tn_detect_parameter_type(const struct tn_evidence *evidence, struct span name)
{
        struct span type = type_of(evidence, name);

        for (size_t i = 0; i < ARRAY_SIZE(scalars); i++)
                if (tn_span_eq(type, tn_span_of(scalars[i][0])))
                        return tn_span_of(scalars[i][1]);
        return type;
}

/* What it takes; nothing where the type would take the value: a check of the module's own does not. */
static struct span wanted(const struct tn_evidence *evidence, struct span name, struct span value)
{
        bool fits = tn_paramvalue_check(type_of(evidence, name), evidence->facts.elf.is64, value) ==
                    TN_PARAMVALUE_GOOD;

        return fits ? SPAN("") : tn_detect_parameter_type(evidence, name);
}

static struct span nearest(const struct tn_evidence *evidence, struct span name, struct span value)
{
        (void)value;
        return tn_detect_parameter_nearest(evidence, name);
}

struct span tn_detect_parameter_nearest(const struct tn_evidence *evidence, struct span name)
{
        struct tn_nearest nearest = { .word = name };
        const struct tn_modinfo *info;

        tn_vec_each (info, &evidence->facts.info)
                tn_nearest_look(&nearest, parameter_of(info));
        return nearest.best;
}

static bool is_of(struct span word, struct span name, struct span value)
{
        size_t equal = tn_span_chr(word, '=');

        return tn_span_eq(tn_span_head(word, equal), name) &&
               (value.len == 0 || tn_span_eq(tn_span_skip(word, equal + 1), value));
}

/* The line that gave the parameter, with the value if that is known: the last of several. The request is none. */
int tn_detect_parameter_origin(const struct tn_evidence *evidence, struct span name, struct span value,
                               struct tn_finding *finding)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        const struct tn_conf_record *record = NULL;
        int r = 0;

        for (size_t i = 0; i < evidence->n_options && r >= 0; i++) {
                struct span rest = evidence->option[i].text;

                r = tn_cmdopts_next(&rest, &word);
                if (r > 0 && evidence->option[i].record && is_of(tn_buf_span(&word), name, value))
                        record = evidence->option[i].record;
        }
        if (record) {
                finding->file = record->file;
                finding->line = record->line;
        }
        return r < 0 ? r : 0;
}

/* What the kernel says of parameters, and which part of its line is the value. */
static const struct {
        enum tn_klog_kind kind;
        enum tn_finding_code code;
        bool has_value, has_limit;
        struct span (*other)(const struct tn_evidence *evidence, struct span name, struct span value);
} rows[] = {
        { TN_KLOG_UNKNOWN_PARAMETER, TN_FINDING_PARAMETER_UNKNOWN, .other = nearest },
        { TN_KLOG_BAD_VALUE, TN_FINDING_PARAMETER_VALUE, .has_value = true, .other = wanted },
        { TN_KLOG_LONG_VALUE, TN_FINDING_PARAMETER_LENGTH, .has_value = true },
        { TN_KLOG_ARRAY_LENGTH, TN_FINDING_PARAMETER_COUNT, .has_limit = true },
};

static bool has_word_for(struct span options, struct span parameter)
{
        struct span word;

        while (tn_span_split(&options, ' ', &word))
                if (tn_span_eq(tn_span_head(word, tn_span_chr(word, '=')), parameter))
                        return true;
        return false;
}

static bool is_restricted(const struct tn_evidence *evidence, struct span what)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (line->known && line->event.kind == TN_KLOG_LOCKDOWN &&
                    tn_span_eq(line->event.other, what))
                        return true;
        return false;
}

/* Of too many values the kernel says afterwards that they are invalid. */
static bool has_too_many(const struct tn_evidence *evidence, struct span parameter)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (line->known && line->event.kind == TN_KLOG_ARRAY_LENGTH &&
                    tn_span_eq(line->event.subject, parameter))
                        return true;
        return false;
}

/* Whether it is the reason, as far as the line and what is beside it tell. */
static bool fits(const struct tn_evidence *evidence, const struct tn_klog_event *event)
{
        switch (event->kind) {
        case TN_KLOG_BAD_VALUE:
                return !is_restricted(evidence, SPAN("unsafe module parameters")) &&
                       !has_too_many(evidence, event->subject);
        case TN_KLOG_ARRAY_LENGTH: return has_word_for(tn_span_of(evidence->options), event->subject);
        default: return true;
        }
}

static int copy(struct tn_findings *findings, struct span text, const char **ret_text)
{
        *ret_text = text.len ? tn_arena_dup(&findings->arena, text) : NULL;
        return text.len && !*ret_text ? -ENOMEM : 0;
}

static int add_row(const struct tn_evidence *evidence, const struct tn_evidence_line *line, size_t row,
                   struct tn_findings *findings)
{
        const struct tn_klog_event *event = &line->event;
        struct span value = rows[row].has_value ? event->other : SPAN("");
        struct span other = rows[row].has_limit ? event->other : SPAN("");
        struct tn_finding finding = {
                .code = rows[row].code,
                .name = evidence->name,
                .path = evidence->path,
                .log = line->text,
        };
        int r = tn_detect_parameter_origin(evidence, event->subject, value, &finding);

        if (rows[row].other)
                other = rows[row].other(evidence, event->subject, value);
        if (r == 0)
                r = copy(findings, event->subject, &finding.subject);
        if (r == 0)
                r = copy(findings, value, &finding.value);
        if (r == 0)
                r = copy(findings, other, &finding.other);
        return r < 0 ? r : tn_findings_add(findings, finding);
}

int tn_detect_parameters(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_evidence_line *line;
        int r = 0;

        tn_vec_each (line, &evidence->log)
                for (size_t i = 0; r == 0 && line->known && i < ARRAY_SIZE(rows); i++)
                        if (rows[i].kind == line->event.kind && fits(evidence, &line->event))
                                r = add_row(evidence, line, i, findings);
        return r;
}
