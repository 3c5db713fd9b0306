/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/dirs.h"
#include "core/lint/run.h"
#include "format/line.h"
#include "util/cleanup.h"
#include "util/dir.h"

/* What depmod may leave out, a modprobe.conf that is not there, and files named by the user, who is told otherwise. */
static bool may_be_missing(const struct tn_lint_file *file)
{
        return (file->err == -ENOENT || file->err == -ENOTDIR) && (file->classic || file->generated);
}

bool tn_lint_is_forbidden(const struct tn_lint_file *file)
{
        return file->fate == TN_CONFIG_FAILED && (file->err == -EACCES || file->err == -EPERM);
}

static void look_at_failed(struct tn_lint_run *run, const struct tn_lint_file *file)
{
        struct tn_finding finding = {
                .code = TN_FINDING_FILE_UNREADABLE,
                .path = file->name,
                .value = tn_dir_strerror(file->err),
        };

        if (file->line) {
                finding.code = TN_FINDING_CONFIG_INCLUDE;
                finding.file = file->other;
                finding.line = file->line;
        } else if (may_be_missing(file) || tn_lint_is_forbidden(file)) {
                return;
        } else if (file->link && file->err == -ENOENT) {
                finding.code = TN_FINDING_LINK_BROKEN;
                finding.subject = file->link;
                finding.value = NULL;
        }
        tn_lint_add(run, finding);
}

/* Whether every line of it could be one of modprobe.d, and there is one. */
static bool is_configuration(struct tn_lint_run *run, const struct tn_lint_file *file)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        struct tn_conf_record record;
        bool found = false;
        struct span line;

        tn_lines_init(&lines, file->text);
        while (tn_lines_next(&lines, &line) > 0) {
                int r = tn_modprobe_conf_parse(line, &run->findings->arena, &record);

                if (r < 0)
                        return false;
                found |= r > 0;
        }
        return found;
}

/* Suffixes that are meant to be ".conf". Any other was given by somebody who wants the file out of the way. */
static bool is_meant(struct span name)
{
        static const char *const suffixes[] = { ".cfg", ".cnf", ".config", ".CONF", ".txt" };

        for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++)
                if (tn_span_ends(name, tn_span_of(suffixes[i])))
                        return true;
        return !tn_span_has_any(name, ".~");
}

static void look_at_suffix(struct tn_lint_run *run, const struct tn_lint_file *file)
{
        if (is_meant(tn_span_base(tn_span_of(file->name))) && is_configuration(run, file))
                tn_lint_add(run, (struct tn_finding){ TN_FINDING_CONFIG_SUFFIX, .path = file->name });
}

void tn_lint_files(struct tn_lint_run *run)
{
        for (size_t i = 0; run->err == 0 && i < run->lint->n_files; i++) {
                const struct tn_lint_file *file = &run->lint->files[i];

                switch (file->fate) {
                case TN_CONFIG_READ:
                        /* what it includes may be classic as well, and is not beside anything */
                        if (file->classic && tn_span_ends(tn_span_of(file->name), SPAN(TN_DIRS_CLASSIC)))
                                tn_lint_add(run, (struct tn_finding){ TN_FINDING_CONFIG_CLASSIC,
                                                                      .path = file->name });
                        break;
                case TN_CONFIG_FAILED: look_at_failed(run, file); break;
                case TN_CONFIG_SUFFIX: look_at_suffix(run, file); break;
                case TN_CONFIG_HIDDEN:
                        if (!file->same)
                                tn_lint_add(run,
                                            (struct tn_finding){ TN_FINDING_CONFIG_MASKED, .path = file->name,
                                                                 .subject = file->other });
                        break;
                case TN_CONFIG_DIRECTORY:
                        tn_lint_add(run,
                                    (struct tn_finding){ TN_FINDING_CONFIG_DIRECTORY, .path = file->name });
                }
        }
}
