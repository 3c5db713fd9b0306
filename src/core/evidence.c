/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/evidence.h"
#include "util/cleanup.h"

void tn_evidence_fini(struct tn_evidence *evidence)
{
        tn_facts_fini(&evidence->facts);
        tn_arena_fini(&evidence->arena);
        tn_vec_fini(&evidence->log);
        tn_vec_fini(&evidence->asked);
        tn_vec_fini(&evidence->owners);
        tn_vec_fini(&evidence->exports);
        tn_vec_fini(&evidence->needs);
        tn_vec_fini(&evidence->offers);
        *evidence = (struct tn_evidence){ 0 };
}

static bool has_line(const struct tn_evidence *evidence, struct span text)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (tn_span_eq(tn_span_of(line->text), text))
                        return true;
        return false;
}

/* A file that the kernel did not take as it is was given to it twice: what it said twice counts once. */
static int take_line(struct tn_evidence *evidence, struct span text)
{
        _cleanup_(tn_buf_fini) struct tn_buf plain = { 0 };
        struct tn_evidence_line line = { 0 };

        tn_klog_unescape(text, &plain);
        if (tn_buf_error(&plain) < 0)
                return tn_buf_error(&plain);
        if (has_line(evidence, tn_buf_span(&plain)))
                return 0;
        line.text = tn_arena_dup(&evidence->arena, tn_buf_span(&plain));
        if (!line.text)
                return -ENOMEM;
        line.known = tn_klog_match(tn_span_of(line.text), &line.event);
        return tn_vec_add(&evidence->log, line);
}

int tn_evidence_take_log(struct tn_evidence *evidence, struct span records)
{
        struct tn_klog_record record;
        struct span one;
        int r = 0;

        while (r == 0 && tn_span_split(&records, '\0', &one))
                if (tn_klog_parse(one, &record) == 0)
                        r = take_line(evidence, record.text);
        evidence->parts |= r == 0 ? TN_EVIDENCE_LOG : 0;
        return r;
}

/* A line about firmware names a device. */
static bool is_other(const struct tn_evidence_line *line, const char *name)
{
        return line->known && line->event.kind != TN_KLOG_FIRMWARE && line->event.module.len > 0 &&
               !tn_span_eq(line->event.module, tn_span_of(name));
}

bool tn_evidence_has_others(const struct tn_evidence *evidence)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (is_other(line, evidence->name))
                        return true;
        return false;
}

void tn_evidence_drop_others(struct tn_evidence *evidence)
{
        struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (is_other(line, evidence->name) && is_other(line, evidence->inside))
                        line->known = false;
}

const struct tn_evidence_owner *tn_evidence_find_owner(const struct tn_evidence *evidence, struct span symbol)
{
        const struct tn_evidence_owner *owner;

        tn_vec_each (owner, &evidence->owners)
                if (tn_span_eq(owner->symbol, symbol))
                        return owner;
        return NULL;
}

const struct tn_evidence_export *tn_evidence_find_export(const struct tn_evidence *evidence,
                                                         struct span symbol)
{
        const struct tn_evidence_export *export;

        tn_vec_each (export, &evidence->exports)
                if (tn_span_eq(export->symbol, symbol))
                        return export;
        return NULL;
}

bool tn_evidence_is_exported(const struct tn_evidence *evidence, struct span symbol)
{
        struct span rest = evidence->symbols, name;

        while (tn_span_split(&rest, '\0', &name))
                if (tn_span_eq(name, symbol))
                        return true;
        return false;
}

const struct tn_evidence_line *tn_evidence_find_line(const struct tn_evidence *evidence,
                                                     enum tn_klog_kind kind)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (line->known && line->event.kind == kind)
                        return line;
        return NULL;
}
