/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/lint/run.h"
#include "format/noop.h"

/* Commands that are never run. */

/* Whether two commands do the same: what is the same text, or does nothing in the same way. */
static bool is_same(struct span a, struct span b)
{
        enum tn_noop noop = tn_noop_parse(a);

        return tn_span_eq(a, b) || (noop != TN_NOOP_NONE && noop == tn_noop_parse(b));
}

/* Of several the first counts. A package's line that the administrator's hides was meant to be hidden. */
static void look_for_first(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        const struct tn_conf_record *first = tn_config_find(run->lint->config, record->kind, record->key.ptr);

        if (!first || first == record || is_same(first->value, record->value))
                return;
        tn_lint_add_at(run, record,
                       (struct tn_finding){
                               .code = TN_FINDING_CONFIG_COMMAND_HIDDEN,
                               .name = record->key.ptr,
                               .subject = tn_conf_kind_name(record->kind),
                               .other = tn_lint_place(run, first->file, first->line),
                       });
}

void tn_lint_commands(struct tn_lint_run *run)
{
        static const enum tn_conf_kind kinds[] = { TN_CONF_INSTALL, TN_CONF_REMOVE };

        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
                struct tn_config_iter iter = tn_config_each(run->lint->config, kinds[i]);
                const struct tn_conf_record *record;

                while (run->err == 0 && (record = tn_config_next(&iter))) {
                        if (tn_lint_author(run, record) == TN_LINT_ADMIN)
                                look_for_first(run, record);
                }
        }
}
