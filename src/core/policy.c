/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/policy.h"

enum tn_policy_mode tn_policy_mode(const struct tn_config *config, const struct tn_conf_record **ret_line)
{
        const struct tn_conf_record *line = tn_config_last(config, TN_CONF_POLICY);

        *ret_line = line;
        if (!line)
                return TN_POLICY_DENY;
        if (tn_span_eq(line->key, SPAN("off")))
                return TN_POLICY_OFF;
        return tn_span_eq(line->key, SPAN("audit")) ? TN_POLICY_AUDIT : TN_POLICY_ENFORCE;
}

void tn_policy_init(struct tn_catalog *catalog, const struct tn_config *config, struct tn_policy *policy)
{
        policy->config = config;
        policy->mode = tn_policy_mode(config, &policy->line);
        tn_allowed_init(catalog, config, &policy->allowed);
}

void tn_policy_fini(struct tn_policy *policy)
{
        tn_allowed_fini(&policy->allowed);
}

int tn_policy_judge(struct tn_policy *policy, const char *name, const struct tn_conf_record **ret_record)
{
        const struct tn_allowed_module *mod;
        const struct tn_conf_record *record;
        int r;

        if (policy->mode == TN_POLICY_OFF)
                return 0;
        record = tn_config_find(policy->config, TN_CONF_DENY, name);
        if (record) {
                *ret_record = record;
                return 1;
        }
        if (policy->mode == TN_POLICY_DENY || !tn_config_last(policy->config, TN_CONF_ALLOW))
                return 0;
        r = tn_allowed_find(&policy->allowed, tn_span_of(name), &mod);
        if (r == 0)
                *ret_record = policy->line;
        return r < 0 ? r : !r;
}
