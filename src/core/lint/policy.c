/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/lint/run.h"
#include "core/policy.h"

/* The first of the administrator's allow lines stands for all of them. */
void tn_lint_policy(struct tn_lint_run *run)
{
        struct tn_config_iter iter = tn_config_each(run->lint->config, TN_CONF_ALLOW);
        const struct tn_conf_record *record;

        if (tn_config_last(run->lint->config, TN_CONF_POLICY))
                return;
        while ((record = tn_config_next(&iter)))
                if (tn_lint_author(run, record) == TN_LINT_ADMIN) {
                        tn_lint_add_at(run, record,
                                       (struct tn_finding){ .code = TN_FINDING_CONFIG_ALLOW_IDLE,
                                                            .subject = tn_conf_kind_name(record->kind) });
                        return;
                }
}
