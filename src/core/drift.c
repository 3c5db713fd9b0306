/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/drift.h"
#include "core/params.h"
#include "format/buildid.h"
#include "format/cmdopts.h"
#include "format/paramvalue.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"

struct looking {
        const struct tn_drift *drift;
        const char *name;
        const struct tn_facts *facts;
        struct tn_params params;
};

/* Whether the loaded one is the file's: 1, 0, or -ENODATA when one of them does not say which it is. */
static int is_same_build(const struct looking *looking)
{
        const struct tn_elf host = { .big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span id, srcversion = tn_facts_info(looking->facts, SPAN("srcversion"));

        if (looking->facts->build_id.len &&
            tn_kernel_module_file(looking->name, "notes/" TN_BUILDID_SECTION, &text) == 0 &&
            tn_buildid_parse(&host, tn_buf_span(&text), &id) == 0)
                return tn_span_eq(id, looking->facts->build_id);
        tn_buf_reset(&text);
        if (srcversion.len && tn_kernel_module_file(looking->name, "srcversion", &text) == 0)
                return tn_span_eq(tn_span_trim(tn_buf_span(&text)), srcversion);
        return -ENODATA;
}

/* One option of a line, "debug=1". Where a later one says it again, that one counts. */
struct given {
        char *name;
        struct span value; /* ptr is NULL: it has none */
        const struct tn_conf_record *record;
};

struct givens {
        TN_VEC_FIELDS(struct given);
};

static void givens_fini(struct givens *givens)
{
        for (size_t i = 0; i < givens->n; i++)
                free(givens->v[i].name);
        tn_vec_fini(givens);
}

static int give(struct givens *givens, struct span word, const struct tn_conf_record *record)
{
        struct given given = { .name = tn_span_dup(word), .record = record };
        char *eq = given.name ? strchr(given.name, '=') : NULL;

        if (!given.name)
                return -ENOMEM;
        if (eq) {
                *eq = '\0';
                given.value = tn_span_of(eq + 1);
        }
        for (char *at = given.name; *at; at++)
                if (*at == '-')
                        *at = '_';
        for (size_t i = 0; i < givens->n; i++)
                if (strcmp(givens->v[i].name, given.name) == 0) {
                        free(givens->v[i].name);
                        givens->v[i] = given;
                        return 0;
                }
        if (tn_vec_add(givens, given) == 0)
                return 0;
        free(given.name);
        return -ENOMEM;
}

static int collect(const struct tn_drift *drift, const char *name, struct givens *givens)
{
        struct tn_config_iter iter = tn_config_options(drift->config, name, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        const struct tn_conf_record *record;
        int r = 0;

        while (r >= 0 && (record = tn_config_next(&iter))) {
                struct span rest = record->value;

                while ((r = tn_cmdopts_next(&rest, &word)) > 0) {
                        r = give(givens, tn_buf_span(&word), record);
                        if (r < 0)
                                break;
                }
        }
        return r;
}

static int check_parameter(const struct looking *looking, const struct given *given)
{
        const struct tn_param *param = tn_params_find(&looking->params, tn_span_of(given->name));
        _cleanup_(tn_buf_fini) struct tn_buf file = { 0 }, text = { 0 };
        struct span shown;
        int r;

        if (!param || !param->type.ptr)
                return 0;
        tn_buf_addf(&file, "parameters/%s", given->name);
        if (!tn_buf_str(&file))
                return -ENOMEM;
        r = tn_kernel_module_file(looking->name, file.ptr, &text);
        if (r == -EACCES || r == -EPERM) {
                tn_buf_reset(&file);
                tn_buf_addf(&file, "parameter %s of %s", given->name, looking->name);
                return tn_buf_str(&file)
                               ? tn_incompletes_add(looking->drift->incompletes, file.ptr, strerror(-r))
                               : -ENOMEM;
        }
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        shown = tn_span_trim(tn_buf_span(&text));
        if (tn_paramvalue_same(param->type, looking->facts->elf.is64, given->value, shown) != 0)
                return 0;
        tn_buf_add_char(&text, '\0'); /* behind the newline, which was trimmed */
        text.ptr[shown.ptr + shown.len - text.ptr] = '\0';
        return tn_findings_add(looking->drift->findings,
                               (struct tn_finding){ .code = TN_FINDING_PARAMETER_DIFFERS,
                                                    .name = looking->name,
                                                    .subject = given->name,
                                                    .value = shown.ptr,
                                                    .other = given->value.ptr ? given->value.ptr : "1",
                                                    .file = given->record->file,
                                                    .line = given->record->line });
}

static int check_parameters(struct looking *looking)
{
        _cleanup_(givens_fini) struct givens givens = { 0 };
        const struct tn_modinfo *info;
        int r = collect(looking->drift, looking->name, &givens);

        tn_vec_each (info, &looking->facts->info)
                if (r >= 0 && givens.n && tn_params_add(&looking->params, info) == -ENOMEM)
                        r = -ENOMEM;
        for (size_t i = 0; r >= 0 && i < givens.n; i++)
                r = check_parameter(looking, &givens.v[i]);
        return r < 0 ? r : 0;
}

int tn_drift_check(const struct tn_drift *drift, const char *name, const char *path,
                   const struct tn_facts *facts)
{
        struct looking looking = { .drift = drift, .name = name, .facts = facts };
        int r = 0;

        if (is_same_build(&looking) == 0)
                r = tn_findings_add(
                        drift->findings,
                        (struct tn_finding){ .code = TN_FINDING_LOADED_DIFFERS, .name = name, .path = path });
        if (r == 0)
                r = check_parameters(&looking);
        tn_params_fini(&looking.params);
        return r;
}
