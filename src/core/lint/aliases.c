/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fnmatch.h>

#include "core/lint/run.h"

/* An alias leads to a module, and to nothing else: not to another alias. */

/* The idiom of old for "load nothing". */
static bool is_off(const struct tn_conf_record *record)
{
        return tn_span_eq(record->value, SPAN("off")) || tn_span_eq(record->value, SPAN("null"));
}

/* No real circle is longer. */
#define STEPS_MAX 16

/* From alias to alias: whether that leads back to the first. */
static bool is_loop(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        const struct tn_conf_record *at = record;

        for (int steps = 0; at && steps < STEPS_MAX; steps++) {
                if (tn_span_eq(at->value, record->key))
                        return true;
                at = tn_config_find_exact(run->lint->config, TN_CONF_ALIAS, at->value.ptr);
        }
        return false;
}

static void add_nowhere(struct tn_lint_run *run, const struct tn_conf_record *record,
                        struct tn_finding finding)
{
        finding.name = record->value.ptr;
        finding.value = record->key.ptr;
        tn_lint_add_at(run, record, finding);
}

static void look_at_missing(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        const struct tn_conf_record *other =
                tn_config_find(run->lint->config, TN_CONF_ALIAS, record->value.ptr);
        const char *module = other ? other->value.ptr : tn_lint_alias(run, record->value), *nearest;

        if (is_loop(run, record))
                add_nowhere(run, record, (struct tn_finding){ TN_FINDING_CONFIG_ALIAS_LOOP });
        else if (module)
                add_nowhere(run, record,
                            (struct tn_finding){ TN_FINDING_CONFIG_ALIAS_ALIAS, .subject = module });
        else if (tn_lint_is_name(record->value)) {
                nearest = tn_lint_meant(run, record->kind, record->value);
                add_nowhere(run, record,
                            (struct tn_finding){
                                    .code = nearest ? TN_FINDING_CONFIG_NAME_NEAREST
                                                    : TN_FINDING_CONFIG_MODULE_UNKNOWN,
                                    .path = run->lint->catalog->dir,
                                    .subject = nearest,
                            });
        }
}

/* The first other module that the pattern of an alias matches by its name; or NULL. */
static const char *find_hidden(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        struct span names = run->lint->catalog->names, one;

        if (run->asked++ >= TN_LINT_ASKED_MAX)
                return NULL;
        while (tn_span_split(&names, '\0', &one))
                if (fnmatch(record->key.ptr, one.ptr, 0) == 0 && !tn_span_eq(one, record->value))
                        return one.ptr;
        return NULL;
}

static void look_for_hidden(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        const char *hidden;

        if (tn_span_has_any(record->key, "*?[\\"))
                hidden = find_hidden(run, record);
        else
                hidden = !tn_span_eq(record->key, record->value) &&
                                         tn_lint_find(run, record->key) != TN_LINT_ABSENT
                                 ? record->key.ptr
                                 : NULL;
        if (hidden)
                tn_lint_add_at(run, record,
                               (struct tn_finding){
                                       .code = TN_FINDING_CONFIG_ALIAS_HIDES,
                                       .name = hidden,
                                       .subject = record->value.ptr,
                                       .value = record->key.ptr,
                               });
}

void tn_lint_aliases(struct tn_lint_run *run)
{
        struct tn_config_iter iter = tn_config_each(run->lint->config, TN_CONF_ALIAS);
        const struct tn_conf_record *record;

        while (run->err == 0 && (record = tn_config_next(&iter))) {
                if (tn_lint_author(run, record) != TN_LINT_ADMIN || is_off(record))
                        continue;
                if (!tn_span_has_any(record->value, "*?[/.'\"") &&
                    tn_lint_find(run, record->value) == TN_LINT_ABSENT)
                        look_at_missing(run, record);
                else
                        look_for_hidden(run, record);
        }
}
