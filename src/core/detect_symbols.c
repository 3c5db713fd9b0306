/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "core/detect_groups.h"
#include "util/cleanup.h"

/* What the files say that the kernel or a module exports; NULL: nothing, or that it is not exported. */
static const struct tn_export *find_export(const struct tn_evidence *evidence, struct span symbol)
{
        const struct tn_evidence_export *export = tn_evidence_find_export(evidence, symbol);

        return export && export->err == 0 ? &export->export : NULL;
}

/* That the kernel or a loaded module exports it, whether or not this module may use it. */
static bool is_there(const struct tn_evidence *evidence, struct span symbol,
                     const struct tn_evidence_owner *owner)
{
        const struct tn_export *export = find_export(evidence, symbol);

        if (evidence->parts & TN_EVIDENCE_SYMBOLS)
                return tn_evidence_is_exported(evidence, symbol);
        return !owner && export && (export->gpl_only || !export->has_rules);
}

/* The module has lost its right to GPL symbols, whatever its license says. */
static bool is_tainted(const struct tn_evidence *evidence)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (line->known && line->event.kind == TN_KLOG_PROPRIETARY)
                        return true;
        return false;
}

/*
 * The kernel says the same of a symbol that is not there and of one that this module may not use. One that a GPL module
 * may use is not there.
 */
static enum tn_finding_code sort_out(const struct tn_evidence *evidence, struct span symbol,
                                     const struct tn_evidence_owner *owner)
{
        bool free = tn_detect_is_gpl(tn_facts_info(&evidence->facts, SPAN("license")));
        const struct tn_evidence_export *export = tn_evidence_find_export(evidence, symbol);
        bool missing = export && export->err == -ENOENT;

        if (owner && owner->path)
                return TN_FINDING_SYMBOL_STALE;
        if (owner && !owner->loaded)
                return TN_FINDING_SYMBOL_NOT_LOADED;
        if (is_there(evidence, symbol, owner))
                return free ? TN_FINDING_CODES : TN_FINDING_SYMBOL_GPL_ONLY;
        if (!owner && (evidence->parts & TN_EVIDENCE_SYMBOLS || missing || (free && !is_tainted(evidence))))
                return TN_FINDING_SYMBOL_UNEXPORTED;
        return TN_FINDING_CODES;
}

static int add_unknown(const struct tn_evidence *evidence, const struct tn_evidence_line *line,
                       struct tn_detect_groups *groups)
{
        struct span symbol = line->event.subject;
        const struct tn_evidence_owner *owner = tn_evidence_find_owner(evidence, symbol);
        struct tn_detect_group like = { .code = sort_out(evidence, symbol, owner), .log = line->text };

        if (like.code == TN_FINDING_CODES)
                return 0;
        if (like.code == TN_FINDING_SYMBOL_NOT_LOADED)
                like.other = owner->module;
        if (like.code == TN_FINDING_SYMBOL_STALE) {
                like.path = owner->path;
                like.other = evidence->base;
        }
        return tn_detect_groups_add(groups, like, symbol);
}

int tn_detect_unknown_symbols(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        _cleanup_(tn_detect_groups_fini) struct tn_detect_groups groups = { 0 };
        const struct tn_evidence_line *line;
        int r = 0;

        tn_vec_each (line, &evidence->log)
                if (r == 0 && line->known && line->event.kind == TN_KLOG_UNKNOWN_SYMBOL &&
                    line->event.err == -ENOENT)
                        r = add_unknown(evidence, line, &groups);
        return r < 0 ? r : tn_detect_groups_report(evidence, &groups, false, findings);
}
