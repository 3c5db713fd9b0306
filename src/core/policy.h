/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_POLICY_H
#define TN_CORE_POLICY_H

#include "core/allowed.h"

enum tn_policy_mode {
        TN_POLICY_DENY,    /* no policy line: deny lines are enforced, allow lines do nothing */
        TN_POLICY_OFF,     /* neither */
        TN_POLICY_AUDIT,   /* both are reported, and nothing is refused */
        TN_POLICY_ENFORCE, /* both are enforced */
};

/*
 * Which modules may be loaded, by the deny, allow and policy lines of a configuration, in the kernel of a catalog. The last
 * policy line sets the mode. Without allow lines, no module is left out for want of one.
 */
struct tn_policy {
        const struct tn_config *config;
        enum tn_policy_mode mode;
        const struct tn_conf_record *line; /* that sets it; NULL: none does */
        struct tn_allowed allowed;
};

/* The mode of a configuration, and the line that sets it, or NULL. */
enum tn_policy_mode tn_policy_mode(const struct tn_config *config, const struct tn_conf_record **ret_line);

/* Whether a configuration has lines of which a policy can be made. */
static inline bool tn_policy_is_there(const struct tn_config *config)
{
        return tn_config_last(config, TN_CONF_DENY) || tn_config_last(config, TN_CONF_ALLOW);
}

/* Borrows both. Must not be moved. Computes nothing yet. */
void tn_policy_init(struct tn_catalog *catalog, const struct tn_config *config, struct tn_policy *policy);
void tn_policy_fini(struct tn_policy *policy);

/*
 * Judges one module by its normalised name. Returns 1 when it is denied, or would be if the mode is TN_POLICY_AUDIT, and the
 * record that denies it: the first deny line that names it; or the policy line by which allow lines count, none of which lets
 * it in. Returns 0 when it may be loaded; -ENOMEM.
 */
int tn_policy_judge(struct tn_policy *policy, const char *name, const struct tn_conf_record **ret_record);

#endif
