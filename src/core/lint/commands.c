/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/lint/run.h"
#include "format/noop.h"

/* Commands that are never run, and one that runs itself. */

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

static const char ends[] = ";&|()";

/* Whether an option of modprobe makes it something else than loading with the commands of the configuration. */
static bool is_other_mode(struct span option)
{
        if (tn_span_starts(option, SPAN("--")))
                return true;
        return tn_span_has_any(option, "iCnDrRcdS");
}

/* What is behind the word "modprobe": whether it loads that name, by the same configuration. */
static bool loads(struct span rest, struct span name)
{
        struct span word;

        while ((word = tn_span_word(&rest, " \t")).len && !tn_span_has_any(word, ends)) {
                if (!tn_span_starts(word, SPAN("-")))
                        return tn_span_eq(word, name);
                if (is_other_mode(word))
                        return false;
        }
        return false;
}

static void look_for_loop(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        struct span rest = record->value, word;

        if (record->kind != TN_CONF_INSTALL)
                return;
        while ((word = tn_span_word(&rest, " \t")).len) {
                if (!tn_span_eq(tn_span_base(word), SPAN("modprobe")) || !loads(rest, record->key))
                        continue;
                tn_lint_add_at(run, record,
                               (struct tn_finding){
                                       .code = TN_FINDING_CONFIG_COMMAND_LOOP,
                                       .guess = true,
                                       .name = record->key.ptr,
                               });
                return;
        }
}

void tn_lint_commands(struct tn_lint_run *run)
{
        static const enum tn_conf_kind kinds[] = { TN_CONF_INSTALL, TN_CONF_REMOVE };

        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
                struct tn_config_iter iter = tn_config_each(run->lint->config, kinds[i]);
                const struct tn_conf_record *record;

                while (run->err == 0 && (record = tn_config_next(&iter))) {
                        if (tn_lint_author(run, record) != TN_LINT_ADMIN)
                                continue;
                        look_for_first(run, record);
                        look_for_loop(run, record);
                }
        }
}
