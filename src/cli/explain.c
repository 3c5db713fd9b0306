/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <unistd.h>

#include "cli/explain.h"
#include "cli/say.h"
#include "core/detect.h"
#include "core/detect_name.h"
#include "core/evidence_file.h"
#include "core/evidence_load.h"
#include "core/removal.h"
#include "core/twins.h"
#include "format/modname.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/escape.h"

/* As many causes as one reads. */
#define CAUSES_MAX ((size_t)3)

bool tn_explain_asked(const struct tn_tool *tool)
{
        return !tool->quiet && !tool->use_syslog && tool->explain == TN_TOOL_EXPLAIN_ALWAYS;
}

bool tn_explain_wanted(struct tn_tool *tool)
{
        if (tool->quiet || tool->use_syslog || tool->explain == TN_TOOL_EXPLAIN_NEVER)
                return false;
        if (tool->verbose || tool->explain == TN_TOOL_EXPLAIN_ALWAYS)
                return true;
        if (!tool->looked) {
                tool->looked = true;
                tool->terminal = isatty(STDERR_FILENO);
        }
        return tool->terminal;
}

void tn_explain(struct tn_tool *tool, struct span lines)
{
        struct span line;

        if (!tn_explain_wanted(tool))
                return;
        while (tn_span_split(&lines, '\n', &line))
                if (line.len)
                        tn_say("  %.*s\n", SPAN_FMT(line));
}

void tn_explain_line(struct tn_tool *tool, const char *fmt, ...)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        va_list ap;

        if (!tn_explain_wanted(tool))
                return;
        va_start(ap, fmt);
        tn_escape_vaddf(&line, fmt, ap);
        va_end(ap);
        tn_explain(tool, tn_buf_span(&line));
}

void tn_explain_link(struct tn_tool *tool, const char *path, int err)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        struct tn_evidence_link link;

        if (tn_explain_wanted(tool) && tn_evidence_link_read(path, &findings.arena, &link) == 0 &&
            tn_detect_link(path, &link, err, &findings) == 0)
                tn_explain_findings(tool, &findings);
}

void tn_explain_name(struct tn_tool *tool, const struct tn_evidence_name_from *from)
{
        _cleanup_(tn_evidence_name_fini) struct tn_evidence_name evidence = { 0 };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        unsigned wants = 0;
        int r;

        if (!tn_explain_wanted(tool))
                return;
        r = tn_evidence_name_init(from, &evidence);
        do {
                if (r == 0)
                        r = tn_evidence_name_add(from, wants, &evidence);
                if (r == 0)
                        r = tn_detect_name(&evidence, &findings, &wants);
        } while (r == 0 && wants);
        if (r == 0)
                tn_explain_findings(tool, &findings);
}

void tn_explain_directory(struct tn_tool *tool, const struct tn_evidence_name_from *from)
{
        _cleanup_(tn_evidence_name_fini) struct tn_evidence_name evidence = { 0 };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        int r;

        if (!tn_explain_wanted(tool))
                return;
        r = tn_evidence_name_init(from, &evidence);
        if (r == 0)
                r = tn_evidence_name_add(from, TN_EVIDENCE_NAME_DIR | TN_EVIDENCE_NAME_OTHERS, &evidence);
        if (r == 0 && tn_detect_directory(&evidence, &findings) == 0)
                tn_explain_findings(tool, &findings);
}

void tn_explain_index(struct tn_tool *tool, struct tn_catalog *catalog, int err)
{
        const struct tn_evidence_name_from from = { .asked = "", .catalog = catalog };
        _cleanup_(tn_evidence_name_fini) struct tn_evidence_name evidence = { 0 };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        const char *index = tn_catalog_blame(catalog, err);
        struct stat st;

        /* what is in a directory that may not be looked into is another matter */
        if (index && tn_explain_wanted(tool) && tn_dir_stat(tn_catalog_where(catalog), index, &st) == 0 &&
            tn_evidence_name_init(&from, &evidence) == 0 &&
            tn_detect_index(&evidence, index, err, &findings) == 0)
                tn_explain_findings(tool, &findings);
}

void tn_explain_file(struct tn_tool *tool, const char *path, const struct tn_catalog *catalog)
{
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        if (!tn_explain_wanted(tool))
                return;
        tn_modname_from_path(tn_span_of(path), &name);
        if (tn_buf_str(&name) && tn_evidence_file_load(catalog, name.ptr, path, &evidence) == 0 &&
            tn_detect_unread(&evidence, &findings) == 0)
                tn_explain_findings(tool, &findings);
}

void tn_explain_file_name(struct tn_tool *tool, const char *file, struct tn_catalog *catalog)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct tn_depline line;

        tn_modname_from_path(tn_span_of(file), &name);
        if (tn_buf_str(&name) && tn_catalog_find_dep(catalog, tn_buf_span(&name), &line) == 0 &&
            tn_findings_add(&findings, (struct tn_finding){ .code = TN_FINDING_FILE_IS_NAME,
                                                            .name = name.ptr,
                                                            .path = file }) == 0)
                tn_explain_findings(tool, &findings);
}

void tn_explain_findings(struct tn_tool *tool, const struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };
        size_t n = MIN(findings->list.n, CAUSES_MAX), before;

        for (size_t i = 0; i < n; i++) {
                tn_finding_text(&findings->list.v[i], &lines);
                if (i + 1 == n && findings->list.n > n)
                        tn_buf_addf(&lines, " (and %zu more)", findings->list.n - n);
                tn_buf_add_char(&lines, '\n');
        }
        before = lines.len;
        for (size_t i = 0; i < n && lines.len == before; i++)
                tn_finding_next(&findings->list.v[i], &lines);
        tn_explain(tool, tn_buf_span(&lines));
}

int tn_explain_open_log(struct tn_tool *tool)
{
        return tn_explain_wanted(tool) ? tn_kernel_log_open() : -ENODATA;
}

/* Answers that another file of the module might not have had. */
static bool is_about_file(int err)
{
        static const int errs[] = { ENOENT, ELOOP, ENOEXEC, EINVAL, ESRCH, EKEYREJECTED, ENOKEY, EBADMSG };

        for (size_t i = 0; i < ARRAY_SIZE(errs); i++)
                if (err == -errs[i])
                        return true;
        return false;
}

static int find_twins(struct tn_catalog *catalog, const char *name, const char *path,
                      struct tn_findings *findings)
{
        _cleanup_(tn_twins_fini) struct tn_twins twins = { 0 };
        int r = tn_twins_load(catalog, name, path, &twins);

        return r < 0 ? r : tn_detect_twins(&twins, findings);
}

static int find_causes(const struct tn_evidence_load *load, struct tn_findings *findings)
{
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };
        bool may_have_twins = load->is_indexed && is_about_file(load->err);
        int r = tn_evidence_load(load, &evidence);

        /* a file that is gone may be there under another name */
        if (r == 0 && may_have_twins && evidence.file_err < 0)
                r = find_twins(load->catalog, load->name, load->path, findings);
        if (r == 0)
                r = tn_detect(&evidence, findings);
        if (r == 0 && may_have_twins && evidence.file_err == 0)
                r = find_twins(load->catalog, load->name, load->path, findings);
        return r;
}

void tn_explain_load(struct tn_tool *tool, const struct tn_evidence_load *load, const char *target)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        int r = 0;

        if (!tn_explain_wanted(tool))
                return;
        if (target)
                r = tn_findings_add(&findings, (struct tn_finding){ .code = TN_FINDING_DEPENDENCY,
                                                                    .name = target,
                                                                    .subject = load->name });
        if (r == 0)
                r = find_causes(load, &findings);
        if (r == 0)
                tn_explain_findings(tool, &findings);
}

void tn_explain_twins(struct tn_tool *tool, struct tn_catalog *catalog, const char *name, const char *path)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };

        if (tn_explain_asked(tool) && find_twins(catalog, name, path, &findings) == 0)
                tn_explain_findings(tool, &findings);
}

bool tn_explain_no_support(struct tn_tool *tool)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf release = { 0 };

        if (!tn_explain_wanted(tool) || tn_kernel_has_modules())
                return false;
        tn_kernel_release(&release);
        if (tn_findings_add(&findings, (struct tn_finding){ .code = TN_FINDING_NO_MODULE_SUPPORT,
                                                            .subject = tn_buf_str(&release) }) == 0)
                tn_explain_findings(tool, &findings);
        return true;
}

void tn_explain_removal(struct tn_tool *tool, const char *name, int err, struct tn_catalog *catalog)
{
        _cleanup_(tn_removal_fini) struct tn_removal removal = { 0 };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };

        if (tn_explain_wanted(tool) && tn_removal_load(name, err, catalog, &removal) == 0 &&
            tn_removal_detect(&removal, &findings) == 0)
                tn_explain_findings(tool, &findings);
}
