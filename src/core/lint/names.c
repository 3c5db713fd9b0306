/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fnmatch.h>

#include "core/lint/run.h"
#include "core/lint/slip.h"
#include "format/modname.h"
#include "format/noop.h"
#include "format/softdep.h"
#include "util/cleanup.h"

/*
 * Names of modules that are not there. Many are for other kernels, and many denials are of what is not wanted anyway: those
 * are passed over unless the name is much like one that is there, and that one has no such line.
 */

const char *tn_lint_meant(struct tn_lint_run *run, enum tn_conf_kind kind, struct span name)
{
        struct span names = run->lint->catalog->names, one;
        const char *meant = NULL;

        if (run->asked++ >= TN_LINT_ASKED_MAX)
                return NULL;
        while (tn_span_split(&names, '\0', &one)) {
                if (!tn_lint_is_slip(name, one) || (meant && tn_span_eq(one, tn_span_of(meant))))
                        continue;
                if (meant)
                        return NULL;
                meant = one.ptr;
        }
        return meant && !tn_config_find_exact(run->lint->config, kind, meant) ? meant : NULL;
}

/* Returns whether it was. */
static bool add_nearest(struct tn_lint_run *run, const struct tn_conf_record *record, struct span name)
{
        const char *nearest = tn_lint_meant(run, record->kind, name);

        if (nearest)
                tn_lint_add_at(run, record,
                               (struct tn_finding){
                                       .code = TN_FINDING_CONFIG_NAME_NEAREST,
                                       .name = tn_lint_str(run, name),
                                       .subject = nearest,
                               });
        return nearest;
}

static void add_unknown(struct tn_lint_run *run, const struct tn_conf_record *record, struct span name)
{
        if (!add_nearest(run, record, name))
                tn_lint_add_at(run, record,
                               (struct tn_finding){
                                       .code = TN_FINDING_CONFIG_MODULE_UNKNOWN,
                                       .name = tn_lint_str(run, name),
                                       .path = run->lint->catalog->dir,
                               });
}

static bool is_alias(struct tn_lint_run *run, struct span text)
{
        const char *str = tn_lint_str(run, text);

        return str && (tn_config_find(run->lint->config, TN_CONF_ALIAS, str) || tn_lint_alias(run, text));
}

static bool is_missing(struct tn_lint_run *run, struct span name)
{
        return tn_lint_is_name(name) && tn_lint_find(run, name) == TN_LINT_ABSENT;
}

static void look_at_blacklist(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        const char *module;

        if (tn_lint_is_name(record->key) && !is_missing(run, record->key))
                return;
        module = tn_lint_alias(run, record->key);
        if (module)
                tn_lint_add_at(run, record,
                               (struct tn_finding){
                                       .code = TN_FINDING_CONFIG_BLACKLIST_ALIAS,
                                       .name = record->key.ptr,
                                       .subject = module,
                                       .value = tn_conf_kind_name(record->kind),
                               });
        else if (tn_lint_is_name(record->key))
                add_nearest(run, record, record->key);
}

/* What the policy names. A pattern must match something. */
static void look_at_policy(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        struct span names = run->lint->catalog->names, one;
        const char *module = tn_lint_alias(run, record->key);

        if (tn_lint_is_name(record->key) && !is_missing(run, record->key))
                return;
        if (module) {
                tn_lint_add_at(run, record,
                               (struct tn_finding){
                                       .code = TN_FINDING_CONFIG_BLACKLIST_ALIAS,
                                       .name = record->key.ptr,
                                       .subject = module,
                                       .value = tn_conf_kind_name(record->kind),
                               });
                return;
        }
        if (!tn_lint_is_name(record->key) && !tn_span_has_any(record->key, "*?["))
                return;
        while (tn_span_split(&names, '\0', &one) && run->asked < TN_LINT_ASKED_MAX)
                if (fnmatch(record->key.ptr, one.ptr, 0) == 0)
                        return;
        run->asked++;
        add_unknown(run, record, record->key);
}

static void look_at_options(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        if (is_missing(run, record->key) && !is_alias(run, record->key))
                add_unknown(run, record, record->key);
}

/* A command may be for a name that is no module's. */
static void look_at_command(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        if (tn_noop_parse(record->value) != TN_NOOP_NONE && is_missing(run, record->key) &&
            !is_alias(run, record->key))
                add_nearest(run, record, record->key);
}

static void look_at_word(struct tn_lint_run *run, const struct tn_conf_record *record, struct span word)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        if (tn_modname_from_alias(word, &name) < 0 || !tn_buf_str(&name))
                return;
        if (is_missing(run, tn_buf_span(&name)) && !is_alias(run, tn_buf_span(&name)))
                add_unknown(run, record, tn_buf_span(&name));
}

static void look_at_softdep(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        struct tn_softdep softdep = tn_softdep_init(record->value);
        struct span word;

        if (is_missing(run, record->key))
                add_unknown(run, record, record->key);
        while (tn_softdep_next(&softdep, &word) && word.ptr[0] != '#')
                look_at_word(run, record, word);
}

static void look_at_weakdep(struct tn_lint_run *run, const struct tn_conf_record *record)
{
        struct span rest = record->value, word;

        if (is_missing(run, record->key))
                add_unknown(run, record, record->key);
        while ((word = tn_span_word(&rest, " \t\n\v\f\r")).len && word.ptr[0] != '#')
                look_at_word(run, record, word);
}

/* Aliases have a file of their own. */
static void (*const looks[TN_CONF_KINDS])(struct tn_lint_run *run, const struct tn_conf_record *record) = {
        [TN_CONF_BLACKLIST] = look_at_blacklist, [TN_CONF_OPTIONS] = look_at_options,
        [TN_CONF_INSTALL] = look_at_command,     [TN_CONF_REMOVE] = look_at_command,
        [TN_CONF_SOFTDEP] = look_at_softdep,     [TN_CONF_WEAKDEP] = look_at_weakdep,
        [TN_CONF_DENY] = look_at_policy,         [TN_CONF_ALLOW] = look_at_policy,
};

/* On the kernel command line what looks like a module's parameter may be another program's. */
static bool counts(const struct tn_lint_run *run, const struct tn_conf_record *record)
{
        enum tn_lint_author author = tn_lint_author(run, record);

        return author == TN_LINT_ADMIN || (author == TN_LINT_BOOT && record->kind == TN_CONF_BLACKLIST);
}

void tn_lint_names(struct tn_lint_run *run)
{
        for (enum tn_conf_kind kind = 0; kind < TN_CONF_KINDS; kind++) {
                struct tn_config_iter iter = tn_config_each(run->lint->config, kind);
                const struct tn_conf_record *record;

                while (looks[kind] && run->err == 0 && (record = tn_config_next(&iter)))
                        if (counts(run, record))
                                looks[kind](run, record);
        }
}
