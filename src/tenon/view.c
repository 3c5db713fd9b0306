/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "tenon/verb.h"
#include "util/cleanup.h"
#include "util/file.h"

struct view {
        struct tn_run run;
        const char *as;
};

static const char usage[] =
        "Usage:\n"
        "\ttenon view [options] [FILE]\n"
        "Shows a document that tenon has printed with --json, here or elsewhere. - or no FILE:\n"
        "it is read from standard input.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { TN_OPTION_LONG, "as", "FORM", "text, json, dot, svg or prom", TN_OPTION_KEEPS(struct view, as) },
        TN_VERB_OPTIONS,
};

static int read_document(const char *path, struct tn_buf *text)
{
        if (!path || strcmp(path, "-") == 0)
                return tn_file_read(STDIN_FILENO, TN_DOCUMENT_BYTES, text);
        return tn_file_read_at(AT_FDCWD, path, TN_DOCUMENT_BYTES, text);
}

static int fail(struct tn_document *doc, const char *path, const char *why)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_buf_addf(&text, "cannot show %s: %s", path ? path : "-", why);
        tn_json_add_span(&doc->json, doc->json.root, "error", tn_buf_span(&text));
        doc->status = TN_STATUS_UNKNOWN;
        return tn_buf_error(&text);
}

static int view_build(struct tn_run *run, char **operands, struct tn_document *doc)
{
        struct view *view = (struct view *)run;
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct json_object *root = NULL;
        const char *why = NULL;
        int r;

        if (operands[0] && operands[1])
                return tn_run_usage(doc, "view takes one file, not also '%s'", operands[1]);
        if (view->as && tn_form_by_name(view->as, &run->form) < 0)
                return tn_run_usage(doc, "there is no form '%s': it is text, json, dot, svg or prom",
                                    view->as);
        r = read_document(operands[0], &text);
        if (r == 0)
                r = tn_document_parse(tn_buf_span(&text), &root, &why);
        if (r == 0 && !tn_json_has(root, "error") && !tn_verb_of_document(tn_json_str(root, "verb"))) {
                json_object_put(root);
                why = "it is of a verb that this version does not have";
                r = -EINVAL;
        }
        if (r < 0)
                return fail(doc, operands[0], why && r == -EINVAL ? why : strerror(-r));
        run->foreign = root;
        return 0;
}

static void view_fini(struct tn_run *run)
{
        json_object_put(run->foreign);
}

/* view has no document of its own but for what went wrong. */
static void render_nothing(const struct json_object *root, struct tn_text *text)
{
        (void)root;
        (void)text;
}

const struct tn_verb tn_verb_view = {
        .name = "view",
        .help = "show a document that was made before, or elsewhere",
        .arguments = { TN_ARGUMENTS(usage, table) },
        .size = sizeof(struct view),
        .build = view_build,
        .fini = view_fini,
        .render = { [TN_FORM_TEXT] = render_nothing },
};
