/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/step_words.h"
#include "format/cmdopts.h"

static void add(struct tn_buf *text, const char *word, const char *subject, const char *options)
{
        tn_buf_add_str(text, word);
        tn_buf_add_char(text, ' ');
        tn_buf_add_str(text, subject);
        if (!options)
                return;
        tn_buf_add_char(text, ' ');
        tn_buf_add_str(text, options);
}

void tn_step_words_add(const struct tn_step *step, struct tn_buf *text)
{
        if (tn_step_installs(step)) {
                add(text, "install", step->command, step->options);
        } else if (tn_step_removes(step)) {
                tn_buf_add_str(text, "remove ");
                tn_cmdopts_show(tn_span_of(step->command), SPAN(""), text); /* there are none to a removal */
        } else if (step->kind == TN_STEP_INSERT) {
                add(text, "insmod", step->path, step->options);
        } else if (step->kind == TN_STEP_DELETE) {
                add(text, "rmmod", step->name, NULL);
        } else if (step->kind == TN_STEP_BARRED) {
                tn_buf_add_str(text, "install /bin/false "); /* what scanners look for */
        } else if (step->kind == TN_STEP_BUILTIN) {
                add(text, "builtin", step->name, NULL);
        }
}
