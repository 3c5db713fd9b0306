/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/lint/run.h"
#include "format/noop.h"

/* Denials that do not deny: what is built in, what has no alias, what comes along with another module. */

static bool has_aliases(struct tn_lint_run *run, struct span name)
{
        const struct tn_lint_catalog *catalog = run->lint->catalog;
        struct tn_config_iter iter = tn_config_each(run->lint->config, TN_CONF_ALIAS);
        const struct tn_conf_record *record;
        bool has = false;
        int r = catalog->has_aliases(catalog->data, name, &has);

        if (r < 0)
                run->err = r;
        while (!has && (record = tn_config_next(&iter)))
                has = tn_span_eq(record->value, name);
        return has;
}

/* A module that is loaded by itself, and brings that one along; empty: there is none. */
static struct span find_bringer(struct tn_lint_run *run, struct span name)
{
        const struct tn_lint_catalog *catalog = run->lint->catalog;
        struct span names = SPAN(""), one;
        int r = catalog->dependents(catalog->data, name, &names);

        if (r < 0)
                run->err = r;
        /* each ends in NUL */
        while (tn_span_split(&names, '\0', &one))
                if (!tn_config_find(run->lint->config, TN_CONF_BLACKLIST, one.ptr) &&
                    !tn_lint_is_denied(run, one.ptr) && has_aliases(run, one))
                        return one;
        return SPAN("");
}

static void add(struct tn_lint_run *run, const struct tn_conf_record *record, enum tn_finding_code code,
                struct span subject)
{
        tn_lint_add_at(run, record,
                       (struct tn_finding){
                               .code = code,
                               .name = record->key.ptr,
                               .subject = tn_lint_str(run, subject),
                               .value = tn_conf_kind_name(record->kind),
                       });
}

static void look_at_blacklist(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        struct span bringer;

        if (tn_lint_is_denied(run, record->key.ptr))
                return;
        bringer = find_bringer(run, record->key);
        if (bringer.len)
                add(run, record, TN_FINDING_CONFIG_NAME_ONLY, bringer);
        else if (!has_aliases(run, record->key))
                add(run, record, TN_FINDING_CONFIG_BLACKLIST_IDLE, SPAN(""));
}

static void look_at(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        enum tn_lint_author author = tn_lint_author(run, record);

        if ((author != TN_LINT_ADMIN && author != TN_LINT_BOOT) || !tn_lint_is_name(record->key))
                return;
        if (record->kind == TN_CONF_INSTALL && tn_noop_parse(record->value) == TN_NOOP_NONE)
                return;
        switch (tn_lint_find(run, record->key)) {
        case TN_LINT_ABSENT: break;
        case TN_LINT_BUILTIN: add(run, record, TN_FINDING_CONFIG_DENIED_BUILTIN, SPAN("")); break;
        case TN_LINT_MODULE:
                if (record->kind == TN_CONF_BLACKLIST)
                        look_at_blacklist(run, record);
        }
}

void tn_lint_denials(struct tn_lint_run *run)
{
        static const enum tn_conf_kind kinds[] = { TN_CONF_BLACKLIST, TN_CONF_INSTALL, TN_CONF_DENY };

        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
                struct tn_config_iter iter = tn_config_each(run->lint->config, kinds[i]);
                const struct tn_conf_record *record;

                while (run->err == 0 && (record = tn_config_next(&iter)))
                        look_at(run, record);
        }
}
