/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "format/procmod.h"
#include "tenon/check.h"
#include "util/cleanup.h"

static const char usage[] =
        "Usage:\n"
        "\ttenon check [options] OBJECT [PARAMETER=VALUE...] [OBJECT...]\n"
        "\ttenon check [options] [--kernel=RELEASE | --initramfs=FILE | --denied NAME...]\n"
        "Tells before a module is loaded whether the kernel would take it, and why not. Without an\n"
        "object: whether this machine is in order.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { TN_OPTION_LONG, "strict", NULL, "warnings count as errors",
          TN_OPTION_SETS(struct tn_check, strict) },
        { TN_OPTION_LONG + 1, "ignore", "ID", "leave out findings of that id; may be repeated",
          TN_OPTION_LISTS(struct tn_check, ignore) },
        { TN_OPTION_LONG + 2, "kernel", "RELEASE", "what would be different with that kernel",
          TN_OPTION_KEEPS(struct tn_check, kernel) },
        { TN_OPTION_LONG + 3, "initramfs", "FILE", "what of that image is not as the disk has it",
          TN_OPTION_KEEPS(struct tn_check, initramfs) },
        { TN_OPTION_LONG + 4, "denied", NULL, "whether the modules named are kept out",
          TN_OPTION_SETS(struct tn_check, denied) },
        TN_VERB_OPTIONS,
};

/* The first that is wanted is done. */
static const struct tn_check_part *const parts[] = {
        &tn_check_denied, &tn_check_kernel, &tn_check_image, &tn_check_objects, &tn_check_machine,
};

static bool is_ignored(const struct tn_check *check, const char *id)
{
        for (size_t i = 0; i < check->ignore.n; i++)
                if (strcmp(check->ignore.v[i], id) == 0)
                        return true;
        return false;
}

/* What stops several modules, a dependency for instance, is said once. */
static bool is_told(const struct tn_document *doc, const struct tn_finding *finding)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_finding_text(finding, &text);
        for (size_t i = 0; tn_buf_str(&text) && i < tn_json_count(doc->findings); i++) {
                const struct json_object *there = tn_json_at(doc->findings, i);

                if (strcmp(tn_json_str(there, "id"), tn_finding_id(finding->code)) == 0 &&
                    strcmp(tn_json_str(there, "text"), text.ptr) == 0)
                        return true;
        }
        return false;
}

void tn_check_add_findings(const struct tn_check *check, const struct tn_findings *findings,
                           struct tn_document *doc)
{
        const struct tn_finding *finding;

        tn_vec_each (finding, &findings->list)
                if (!is_ignored(check, tn_finding_id(finding->code)) && !is_told(doc, finding))
                        tn_document_add_finding(doc, finding, NULL);
}

static bool is_noted(const struct tn_document *doc, const struct tn_incomplete *one)
{
        for (size_t i = 0; i < tn_json_count(doc->incomplete); i++) {
                const struct json_object *there = tn_json_at(doc->incomplete, i);

                if (strcmp(tn_json_str(there, "what"), one->what) == 0 &&
                    strcmp(tn_json_str(there, "reason"), one->why) == 0)
                        return true;
        }
        return false;
}

void tn_check_add_incompletes(const struct tn_incompletes *incompletes, struct tn_document *doc)
{
        const struct tn_incomplete *one;

        tn_vec_each (one, &incompletes->list)
                if (!is_noted(doc, one))
                        tn_document_add_incomplete(doc, one->what, one->why);
}

int tn_check_each_loaded(const struct tn_buf *loaded, int (*look)(void *data, const char *name), void *data)
{
        struct span rest = tn_buf_span(loaded);
        struct tn_procmod mod;
        int r = 0;

        while (r == 0 && tn_procmod_next(&rest, &mod)) {
                _cleanup_(freep) char *name = tn_span_dup(mod.name);

                r = name ? look(data, name) : -ENOMEM;
        }
        return r;
}

static int check_ids(const struct tn_check *check, struct tn_document *doc)
{
        enum tn_finding_code code;

        for (size_t i = 0; i < check->ignore.n; i++)
                if (tn_finding_by_id(tn_span_of(check->ignore.v[i]), &code) < 0)
                        return tn_run_usage(doc,
                                            "there is no finding '%s': tenon-findings(7) has all of them",
                                            check->ignore.v[i]);
        return 0;
}

/* What could not be looked at leaves a yes open. */
static int check_build(struct tn_run *run, char **operands, struct tn_document *doc)
{
        struct tn_check *check = (struct tn_check *)run;
        size_t i = 0;
        int r = check_ids(check, doc);

        if (r == 0 && check->denied + !!check->kernel + !!check->initramfs > 1)
                r = tn_run_usage(
                        doc,
                        "--kernel, --initramfs and --denied are questions of their own: ask one at a time");
        while (r == 0 && !parts[i]->is_wanted(check, operands))
                i++;
        if (r == 0)
                r = parts[i]->build(check, operands, doc);
        if (r < 0)
                return r;
        if (doc->status == TN_STATUS_YES && tn_json_count(doc->incomplete))
                doc->status = TN_STATUS_UNKNOWN;
        tn_document_judge(doc, check->strict);
        return 0;
}

static void check_fini(struct tn_run *run)
{
        tn_vec_fini(&((struct tn_check *)run)->ignore);
}

static void check_text(const struct json_object *root, struct tn_text *text)
{
        for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
                parts[i]->text(root, text);
}

const struct tn_verb tn_verb_check = {
        .name = "check",
        .help = "would a module load, and is it what it should be",
        .arguments = { TN_ARGUMENTS(usage, table) },
        .size = sizeof(struct tn_check),
        .build = check_build,
        .fini = check_fini,
        .render = { [TN_FORM_TEXT] = check_text },
};
