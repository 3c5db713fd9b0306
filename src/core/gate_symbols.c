/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>

#include "core/detect.h"
#include "core/detect_groups.h"
#include "util/cleanup.h"

/* What stands for no symbol: linkers make it up, and the first is about the kernel as a whole (core/gate_vermagic.c). */
static bool is_no_symbol(struct span name)
{
        return tn_span_eq(name, SPAN("module_layout")) || tn_span_eq(name, SPAN("_GLOBAL_OFFSET_TABLE_")) ||
               tn_span_eq(name, SPAN(".TOC."));
}

/* "module:a,b-*", since Linux 6.16: for these modules alone. */
static bool is_for(struct span space, struct span module)
{
        struct span prefix = SPAN("module:"), rest = tn_span_skip(space, prefix.len), one;

        if (!tn_span_starts(space, prefix))
                return false;
        while (tn_span_split(&rest, ',', &one)) {
                bool open = tn_span_ends(one, SPAN("*"));

                if (open)
                        one.len--;
                if (open ? tn_span_starts(module, one) : tn_span_eq(module, one))
                        return true;
        }
        return false;
}

static bool may_use(const struct tn_evidence *evidence, struct span space)
{
        struct span inside = tn_facts_info(&evidence->facts, SPAN("name"));
        const struct tn_modinfo *info;

        tn_vec_each (info, &evidence->facts.info)
                if (tn_span_eq(info->key, SPAN("import_ns")) && tn_span_eq(info->value, space))
                        return true;
        return space.len == 0 || is_for(space, inside.len ? inside : tn_span_of(evidence->name));
}

static bool is_hidden(const struct tn_evidence *evidence, const struct tn_evidence_need *need)
{
        return need->export.has_rules && need->export.gpl_only &&
               !tn_detect_is_gpl(tn_facts_info(&evidence->facts, SPAN("license")));
}

/* TN_FINDING_CODES: nothing is wrong with it, as far as is known. In the order in which the kernel asks. */
static enum tn_finding_code judge(const struct tn_evidence *evidence, const struct tn_evidence_need *need)
{
        const struct tn_evidence_owner *owner = tn_evidence_find_owner(evidence, need->symbol);
        const struct tn_export *export = &need->export;

        if (need->err < 0 && need->err != -ENOENT)
                return TN_FINDING_CODES;
        if (need->err < 0 || !need->there || is_hidden(evidence, need)) {
                if (need->weak)
                        return TN_FINDING_CODES;
                if (need->err < 0 || need->unindexed)
                        return owner && owner->path ? TN_FINDING_SYMBOL_STALE : TN_FINDING_SYMBOL_UNEXPORTED;
                return need->there ? TN_FINDING_SYMBOL_GPL_ONLY : TN_FINDING_SYMBOL_NOT_LOADED;
        }
        if (export->has_crc && need->crc && export->crc != need->crc)
                return TN_FINDING_SYMBOL_VERSION;
        if (export->has_rules && !may_use(evidence, export->space))
                return TN_FINDING_SYMBOL_NAMESPACE;
        return TN_FINDING_CODES;
}

static bool is_kernel(const struct tn_evidence_need *need)
{
        return strcmp(need->export.owner, "vmlinux") == 0;
}

static int describe_version(const struct tn_evidence_need *need, struct tn_arena *arena,
                            struct tn_detect_group *group)
{
        _cleanup_(tn_buf_fini) struct tn_buf crcs = { 0 };

        tn_buf_addf(&crcs, "it wants CRC 0x%08" PRIx64 ", and there is 0x%08" PRIx32, need->crc,
                    need->export.crc);
        group->other = is_kernel(need) ? "the kernel" : need->export.owner;
        group->value = tn_arena_dup(arena, tn_buf_span(&crcs));
        return tn_buf_error(&crcs) < 0 || !group->value ? -ENOMEM : 0;
}

static int add(const struct tn_evidence *evidence, const struct tn_evidence_need *need,
               struct tn_arena *arena, struct tn_detect_groups *groups)
{
        const struct tn_evidence_owner *owner = tn_evidence_find_owner(evidence, need->symbol);
        struct tn_detect_group like = { .code = judge(evidence, need) };
        int r = 0;

        switch (like.code) {
        case TN_FINDING_CODES: return 0;
        case TN_FINDING_SYMBOL_VERSION: r = describe_version(need, arena, &like); break;
        case TN_FINDING_SYMBOL_NOT_LOADED: like.other = need->export.owner; break;
        case TN_FINDING_SYMBOL_STALE:
                like.path = owner->path;
                like.other = evidence->base;
                break;
        case TN_FINDING_SYMBOL_NAMESPACE:
                like.other = tn_arena_dup(arena, need->export.space);
                r = like.other ? 0 : -ENOMEM;
                break;
        default: break;
        }
        return r < 0 ? r : tn_detect_groups_add(groups, like, need->symbol);
}

/* The kernel's answer to a module with such a symbol. */
static int answer_to(enum tn_finding_code code)
{
        return code == TN_FINDING_SYMBOL_VERSION || code == TN_FINDING_SYMBOL_NAMESPACE ? -EINVAL : -ENOENT;
}

/* Of those alone that can be the reason of an answer, if there was one. */
static int judge_all(const struct tn_evidence *evidence, bool guess, struct tn_findings *findings)
{
        _cleanup_(tn_detect_groups_fini) struct tn_detect_groups groups = { 0 };
        const struct tn_evidence_need *need;
        int r = 0;

        tn_vec_each (need, &evidence->needs)
                if (r == 0 && !is_no_symbol(need->symbol) &&
                    (!guess || answer_to(judge(evidence, need)) == evidence->err))
                        r = add(evidence, need, &findings->arena, &groups);
        return r < 0 ? r : tn_detect_groups_report(evidence, &groups, guess, findings);
}

/* The tables of a module are sorted: the kernel names the lowest. */
static int judge_offers(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_evidence_need *offer, *first = NULL;
        struct tn_finding finding = { .code = TN_FINDING_SYMBOL_DUPLICATE, .name = evidence->name };

        tn_vec_each (offer, &evidence->offers)
                if (!first || tn_span_cmp(offer->symbol, first->symbol) < 0)
                        first = offer;
        if (!first)
                return 0;
        finding.subject = tn_arena_dup(&findings->arena, first->symbol);
        finding.other = is_kernel(first) ? "the kernel" : first->export.owner;
        finding.value = is_kernel(first) ? NULL : first->export.owner;
        return finding.subject ? tn_findings_add(findings, finding) : -ENOMEM;
}

int tn_gate_symbols(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        size_t before = findings->list.n;
        int r = judge_all(evidence, false, findings);

        return r < 0 || findings->list.n > before ? r : judge_offers(evidence, findings);
}

int tn_detect_unheard_symbols(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        return evidence->parts & TN_EVIDENCE_LOG ? 0 : judge_all(evidence, true, findings);
}
