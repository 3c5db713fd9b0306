/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/lint/run.h"
#include "core/params.h"
#include "format/cmdopts.h"
#include "util/cleanup.h"

/*
 * Lines that are there twice, and parameters that are set twice. What the administrator has changed of what a package says
 * was meant to be changed.
 */

/* What was said last under each key. */
struct said {
        const struct tn_conf_record *record;
        struct span value; /* in the arena of the findings */
};

static struct said *find(struct tn_lint_run *run, struct tn_map *map, const struct tn_buf *key)
{
        struct said *said = tn_map_find(map, tn_buf_span(key));
        const char *copy;

        if (said || tn_buf_error(key) < 0)
                return said;
        said = tn_arena_alloc(&run->findings->arena, sizeof(*said));
        copy = tn_lint_str(run, tn_buf_span(key));
        if (!said || !copy || tn_map_add(map, (struct span){ copy, key->len }, said) < 0)
                return NULL;
        return said;
}

static void look_for_line(struct tn_lint_run *run, struct tn_map *lines, const struct tn_conf_record *record)
{
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        struct said *said;

        tn_modprobe_conf_format(record, &key);
        if (key.len == 0 && tn_buf_error(&key) == 0)
                return;
        said = find(run, lines, &key);
        if (!said)
                run->err = -ENOMEM;
        else if (!said->record)
                said->record = record;
        else
                tn_lint_add_at(run, record,
                               (struct tn_finding){
                                       .code = TN_FINDING_CONFIG_DUPLICATE,
                                       .name = record->key.ptr,
                                       .subject = tn_conf_kind_name(record->kind),
                                       .other = tn_lint_place(run, said->record->file, said->record->line),
                               });
}

static void add_key(const struct tn_conf_record *record, struct span name, struct tn_buf *key)
{
        tn_buf_addf(key, "%s ", record->key.ptr);
        for (size_t i = 0; i < name.len; i++)
                tn_buf_add_char(key, name.ptr[i] == '-' ? '_' : name.ptr[i]);
}

static void look_at_word(struct tn_lint_run *run, struct tn_map *settings,
                         const struct tn_conf_record *record, struct span word)
{
        struct span name = tn_span_head(word, tn_span_chr(word, '='));
        struct span value = tn_span_skip(word, name.len);
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        struct said *said;

        /* those of the kernel add up */
        if (tn_params_is_kernels(name) || tn_span_has_any(name, "\""))
                return;
        add_key(record, name, &key);
        said = find(run, settings, &key);
        if (!said) {
                run->err = -ENOMEM;
                return;
        }
        if (said->record && !tn_span_eq(said->value, value) &&
            tn_lint_author(run, said->record) == TN_LINT_ADMIN)
                tn_lint_add_at(run, said->record,
                               (struct tn_finding){
                                       .code = TN_FINDING_CONFIG_OPTION_TWICE,
                                       .name = record->key.ptr,
                                       .subject = tn_lint_str(run, name),
                                       .other = tn_lint_place(run, record->file, record->line),
                               });
        said->record = record;
        said->value = (struct span){ tn_lint_str(run, value), value.len };
}

static void look_for_settings(struct tn_lint_run *run)
{
        struct tn_config_iter iter = tn_config_each(run->lint->config, TN_CONF_OPTIONS);
        _cleanup_(tn_map_fini) struct tn_map settings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        const struct tn_conf_record *record;

        while (run->err == 0 && (record = tn_config_next(&iter))) {
                struct span rest = tn_lint_before_comment(record->value);

                while (run->err == 0 && tn_cmdopts_next(&rest, &word) > 0)
                        look_at_word(run, &settings, record, tn_buf_span(&word));
        }
}

void tn_lint_twice(struct tn_lint_run *run)
{
        _cleanup_(tn_map_fini) struct tn_map lines = { 0 };

        for (enum tn_conf_kind kind = 0; kind < TN_CONF_KINDS; kind++) {
                struct tn_config_iter iter = tn_config_each(run->lint->config, kind);
                const struct tn_conf_record *record;

                while (run->err == 0 && (record = tn_config_next(&iter)))
                        if (tn_lint_author(run, record) == TN_LINT_ADMIN)
                                look_for_line(run, &lines, record);
        }
        look_for_settings(run);
}
