/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "util/cleanup.h"

/* As many symbols as fit into a line that one reads. */
#define NAMES_MAX 6

/* include/linux/license.h; what is not among these is proprietary. */
static bool is_gpl(struct span license)
{
        static const struct span compatible[] = {
                SPAN("GPL"),          SPAN("GPL v2"),       SPAN("GPL and additional rights"),
                SPAN("Dual BSD/GPL"), SPAN("Dual MIT/GPL"), SPAN("Dual MPL/GPL"),
        };

        for (size_t i = 0; i < ARRAY_SIZE(compatible); i++)
                if (tn_span_eq(license, compatible[i]))
                        return true;
        return false;
}

/* Symbols of which the same is said: one finding. */
struct group {
        enum tn_finding_code code;
        const char *owner; /* what stands for the other in the sentence; or NULL */
        const char *path;  /* of the owner's file, or NULL */
        const char *log;   /* the first line about them */
        struct tn_buf names;
        size_t n;
};

struct groups {
        TN_VEC_FIELDS(struct group);
};

static void groups_fini(struct groups *groups)
{
        for (size_t i = 0; i < groups->n; i++)
                tn_buf_fini(&groups->v[i].names);
        tn_vec_fini(groups);
}

static struct group *find_group(struct groups *groups, const struct group *like)
{
        struct group *group;

        tn_vec_each (group, groups)
                if (group->code == like->code &&
                    tn_span_eq(tn_span_of(group->owner), tn_span_of(like->owner)) &&
                    tn_span_eq(tn_span_of(group->path), tn_span_of(like->path)))
                        return group;
        return NULL;
}

static int add(struct groups *groups, struct group like, struct span symbol)
{
        struct group *group = find_group(groups, &like);
        int r = group ? 0 : tn_vec_add(groups, like);

        if (r < 0)
                return r;
        if (!group)
                group = &groups->v[groups->n - 1];
        if (group->n < NAMES_MAX)
                tn_buf_addf(&group->names, "%s%.*s", group->n ? ", " : "", SPAN_FMT(symbol));
        group->n++;
        return tn_buf_error(&group->names);
}

static int report(const struct tn_evidence *evidence, struct groups *groups, bool guess,
                  struct tn_findings *findings)
{
        struct group *group;
        int r = 0;

        tn_vec_each (group, groups) {
                struct tn_finding finding = {
                        .code = group->code,
                        .guess = guess,
                        .name = evidence->name,
                        .path = group->path,
                        .other = group->owner,
                        .log = group->log,
                };
                struct span license = tn_facts_info(&evidence->facts, SPAN("license"));

                if (group->n > NAMES_MAX)
                        tn_buf_addf(&group->names, " and %zu more", group->n - NAMES_MAX);
                finding.subject = tn_buf_str(&group->names);
                finding.value = tn_arena_dup(&findings->arena, license);
                if (r == 0)
                        r = finding.subject && finding.value ? tn_findings_add(findings, finding) : -ENOMEM;
        }
        return r;
}

static const struct tn_evidence_version *find_version(const struct tn_evidence *evidence, struct span symbol)
{
        const struct tn_evidence_version *version;

        tn_vec_each (version, &evidence->versions)
                if (tn_span_eq(version->symbol, symbol))
                        return version;
        return NULL;
}

/* That the kernel or a loaded module exports it, whether or not this module may use it. */
static bool is_there(const struct tn_evidence *evidence, struct span symbol,
                     const struct tn_evidence_owner *owner)
{
        if (evidence->parts & TN_EVIDENCE_SYMBOLS)
                return tn_evidence_is_exported(evidence, symbol);
        return !owner && find_version(evidence, symbol);
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
        bool free = is_gpl(tn_facts_info(&evidence->facts, SPAN("license")));

        if (owner && owner->path)
                return TN_FINDING_SYMBOL_STALE;
        if (owner && !owner->loaded)
                return TN_FINDING_SYMBOL_NOT_LOADED;
        if (is_there(evidence, symbol, owner))
                return free ? TN_FINDING_CODES : TN_FINDING_SYMBOL_GPL_ONLY;
        if (!owner && (evidence->parts & TN_EVIDENCE_SYMBOLS || (free && !is_tainted(evidence))))
                return TN_FINDING_SYMBOL_UNEXPORTED;
        return TN_FINDING_CODES;
}

static int add_unknown(const struct tn_evidence *evidence, const struct tn_evidence_line *line,
                       struct groups *groups)
{
        struct span symbol = line->event.subject;
        const struct tn_evidence_owner *owner = tn_evidence_find_owner(evidence, symbol);
        struct group like = { .code = sort_out(evidence, symbol, owner), .log = line->text };

        if (like.code == TN_FINDING_CODES)
                return 0;
        if (like.code == TN_FINDING_SYMBOL_NOT_LOADED)
                like.owner = owner->module;
        if (like.code == TN_FINDING_SYMBOL_STALE) {
                like.path = owner->path;
                like.owner = evidence->base;
        }
        return add(groups, like, symbol);
}

int tn_detect_unknown_symbols(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        _cleanup_(groups_fini) struct groups groups = { 0 };
        const struct tn_evidence_line *line;
        int r = 0;

        tn_vec_each (line, &evidence->log)
                if (r == 0 && line->known && line->event.kind == TN_KLOG_UNKNOWN_SYMBOL &&
                    line->event.err == -ENOENT)
                        r = add_unknown(evidence, line, &groups);
        return r < 0 ? r : report(evidence, &groups, false, findings);
}

/* Where the kernel cannot be heard: what exports the symbols that the module needs, and is not loaded, may be missing. */
int tn_detect_needs(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        _cleanup_(groups_fini) struct groups groups = { 0 };
        const struct tn_evidence_owner *owner;
        int r = 0;

        if (evidence->parts & TN_EVIDENCE_LOG)
                return 0;
        tn_vec_each (owner, &evidence->owners)
                if (r == 0 && !owner->loaded)
                        r = add(&groups,
                                (struct group){ .code = TN_FINDING_SYMBOL_NOT_LOADED,
                                                .owner = owner->module },
                                owner->symbol);
        return r < 0 ? r : report(evidence, &groups, true, findings);
}
