/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect_groups.h"
#include "util/cleanup.h"

/* As many symbols as fit into a line that one reads. */
#define NAMES_MAX 6

/* include/linux/license.h; what is not among these is proprietary. */
bool tn_detect_is_gpl(struct span license)
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

void tn_detect_groups_fini(struct tn_detect_groups *groups)
{
        for (size_t i = 0; i < groups->n; i++)
                tn_buf_fini(&groups->v[i].names);
        tn_vec_fini(groups);
}

static struct tn_detect_group *find(struct tn_detect_groups *groups, const struct tn_detect_group *like)
{
        struct tn_detect_group *group;

        tn_vec_each (group, groups)
                if (group->code == like->code &&
                    tn_span_eq(tn_span_of(group->other), tn_span_of(like->other)) &&
                    tn_span_eq(tn_span_of(group->path), tn_span_of(like->path)))
                        return group;
        return NULL;
}

int tn_detect_groups_add(struct tn_detect_groups *groups, struct tn_detect_group like, struct span symbol)
{
        struct tn_detect_group *group = find(groups, &like);
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

int tn_detect_groups_report(const struct tn_evidence *evidence, struct tn_detect_groups *groups, bool guess,
                            struct tn_findings *findings)
{
        struct tn_detect_group *group;
        int r = 0;

        tn_vec_each (group, groups) {
                struct tn_finding finding = {
                        .code = group->code,
                        .guess = guess,
                        .name = evidence->name,
                        .path = group->path,
                        .other = group->other,
                        .log = group->log,
                };
                struct span license = tn_facts_info(&evidence->facts, SPAN("license"));

                if (group->n > NAMES_MAX)
                        tn_buf_addf(&group->names, " and %zu more", group->n - NAMES_MAX);
                finding.subject = tn_buf_str(&group->names);
                finding.value = group->value ? group->n == 1 ? group->value : NULL
                                             : tn_arena_dup(&findings->arena, license);
                if (r == 0)
                        r = finding.subject && (finding.value || group->value)
                                    ? tn_findings_add(findings, finding)
                                    : -ENOMEM;
        }
        return r;
}
