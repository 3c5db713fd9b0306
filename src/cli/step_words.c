/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/step_words.h"
#include "format/cmdopts.h"

void tn_step_words_add(const struct tn_step *step, struct tn_buf *text)
{
        if (tn_step_installs(step)) {
                tn_buf_addf(text, "install %s %s", step->command, step->options);
        } else if (tn_step_removes(step)) {
                tn_buf_add_str(text, "remove ");
                tn_cmdopts_show(tn_span_of(step->command), SPAN(""), text); /* there are none to a removal */
        } else if (step->kind == TN_STEP_INSERT) {
                tn_buf_addf(text, "insmod %s %s", step->path, step->options);
        } else if (step->kind == TN_STEP_DELETE) {
                tn_buf_addf(text, "rmmod %s", step->name);
        } else if (step->kind == TN_STEP_BARRED) {
                tn_buf_add_str(text, "install /bin/false "); /* what scanners look for */
        } else if (step->kind == TN_STEP_BUILTIN) {
                tn_buf_addf(text, "builtin %s", step->name);
        }
}
