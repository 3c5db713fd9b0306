/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/lookup.h"
#include "core/upgrade.h"
#include "util/cleanup.h"

int tn_upgrade_find(const struct tn_upgrade *upgrade, struct span name, enum tn_upgrade_how *ret_how)
{
        struct tn_depline dep;
        int r = tn_catalog_find_dep(upgrade->to, name, &dep);

        if (r < 0 && r != -ENOENT)
                return r;
        *ret_how = r == 0                                     ? TN_UPGRADE_FILE
                   : tn_catalog_is_builtin(upgrade->to, name) ? TN_UPGRADE_BUILTIN
                                                              : TN_UPGRADE_GONE;
        return 0;
}

/* What a text leads to without configuration, which is the same for both kernels. */
static int look_up(struct tn_catalog *catalog, struct span text, struct tn_arena *arena,
                   struct tn_matches *matches)
{
        int r = tn_lookup(catalog, NULL, text, arena, matches);

        return r == -EINVAL ? 0 : r; /* a text that is no alias leads nowhere */
}

static int leads_somewhere(struct tn_catalog *catalog, struct span text, bool *ret_leads)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r = look_up(catalog, text, &arena, &matches);

        *ret_leads = matches.n > 0;
        return r;
}

static const struct tn_match *find_loaded(const struct tn_matches *matches,
                                          bool (*is_loaded)(void *data, const char *name), void *data)
{
        const struct tn_match *match;

        tn_vec_each (match, matches)
                if (match->rule != TN_RULE_BUILTIN && match->rule != TN_RULE_BUILTIN_ALIAS &&
                    is_loaded(data, match->name))
                        return match;
        return NULL;
}

/* Whether a finding names the module already: several devices of a kind make one. */
static bool is_reported(const struct tn_findings *findings, const char *name)
{
        const struct tn_finding *finding;

        tn_vec_each (finding, &findings->list)
                if (finding->code == TN_FINDING_DEVICE_LOST && strcmp(finding->name, name) == 0)
                        return true;
        return false;
}

/*
 * What is built in mostly does not say which devices it is for: a module that is built in there still serves those that it
 * serves here, and another one may.
 */
static int check_device(const struct tn_upgrade *upgrade, struct span device,
                        bool (*is_loaded)(void *data, const char *name), void *data,
                        struct tn_findings *findings)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        const struct tn_match *match;
        enum tn_upgrade_how how = TN_UPGRADE_GONE;
        bool leads;
        int r = look_up(upgrade->from, device, &arena, &matches);

        match = find_loaded(&matches, is_loaded, data);
        if (r < 0 || !match || is_reported(findings, match->name))
                return r;
        r = leads_somewhere(upgrade->to, device, &leads);
        if (r == 0 && !leads)
                r = tn_upgrade_find(upgrade, tn_span_of(match->name), &how);
        if (r < 0 || leads || how == TN_UPGRADE_BUILTIN)
                return r;
        return tn_findings_add(findings,
                               (struct tn_finding){ .code = TN_FINDING_DEVICE_LOST,
                                                    .guess = true,
                                                    .name = match->name,
                                                    .subject = tn_arena_dup(&findings->arena, device),
                                                    .other = upgrade->release });
}

int tn_upgrade_devices(const struct tn_upgrade *upgrade, bool (*is_loaded)(void *data, const char *name),
                       void *data, struct tn_findings *findings)
{
        struct span rest = upgrade->devices, device;
        int r = 0;

        while (r == 0 && tn_span_split(&rest, '\0', &device))
                if (device.len)
                        r = check_device(upgrade, device, is_loaded, data, findings);
        return r;
}

/* Of the aliases those that lead to nothing; *ret_device: a device is there that one of them is for. */
static int find_dead_alias(const struct tn_upgrade *upgrade, struct span aliases, struct span *ret_dead)
{
        struct span alias;
        int r = 0;

        *ret_dead = (struct span){ 0 };
        while (r == 0 && !ret_dead->ptr && tn_span_split(&aliases, '\0', &alias)) {
                bool leads = true;

                /* Patterns are for devices, which are looked at one by one. */
                if (alias.len && !tn_span_has_any(alias, "*?["))
                        r = leads_somewhere(upgrade->to, alias, &leads);
                if (!leads)
                        *ret_dead = alias;
        }
        return r;
}

int tn_upgrade_missed(const struct tn_upgrade *upgrade, const struct tn_upgrade_gone *gone,
                      struct tn_findings *findings)
{
        struct tn_finding finding = { .code = TN_FINDING_MODULE_LOST,
                                      .name = gone->name,
                                      .other = upgrade->release };
        struct span dead = { 0 };
        int r = 0;

        if (!gone->foreign) {
                if (gone->held)
                        return 0;
                r = find_dead_alias(upgrade, gone->aliases, &dead);
                if (r < 0 || !dead.ptr)
                        return r;
                finding.subject = tn_arena_dup(&findings->arena, dead);
                if (!finding.subject)
                        return -ENOMEM;
        }
        return tn_findings_add(findings, finding);
}
