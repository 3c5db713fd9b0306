/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdarg.h>

#include "format/cmdline.h"
#include "kernel/kernel.h"
#include "tenon/verb.h"
#include "util/cleanup.h"

static const char *name_of_part(enum tn_world_part part)
{
        switch (part) {
        case TN_WORLD_ROOT: return "the root directory";
        case TN_WORLD_CONFIG: return "the configuration";
        case TN_WORLD_CATALOG: return "the module indexes";
        default: return "the module directory";
        }
}

/* A file of the configuration that cannot be read may say anything. Lines that are wrong are for who asks for them. */
static void hear_config(void *data, enum tn_log_level level, const char *text)
{
        (void)level;
        if (strstr(text, "could not "))
                tn_document_add_incomplete(data, name_of_part(TN_WORLD_CONFIG), text);
}

int tn_run_open(struct tn_run *run, unsigned parts, struct tn_document *doc)
{
        struct tn_log log = { .emit = hear_config, .data = doc, .max = TN_LOG_WARNING };
        int r;

        run->world.root = run->root;
        run->world.release = tn_buf_str(&run->kernel); /* found before */
        run->world.config_log = &log;
        run->world.brief = true;
        r = tn_world_open(&run->world, parts);
        run->world.config_log = NULL;
        if (r < 0) {
                tn_document_add_incomplete(doc, name_of_part(run->world.failed), strerror(-r));
                doc->status = TN_STATUS_UNKNOWN;
        }
        return r;
}

/* Who may not read the kernel's list has the command line that it is made of. */
int tn_run_refused(const struct tn_run *run, struct tn_document *doc, struct tn_buf *names)
{
        _cleanup_(tn_buf_fini) struct tn_buf cmdline = { 0 };
        int r;

        if (!run->live)
                return 0;
        r = tn_kernel_blacklist(names);
        if (r != -EACCES && r != -EPERM)
                return r == -ENOMEM ? r : 0;
        r = tn_kernel_cmdline(&cmdline);
        if (r == 0)
                tn_buf_add_span(names, tn_cmdline_value(tn_buf_span(&cmdline), SPAN("module_blacklist")));
        else if (r != -ENOMEM)
                tn_document_add_incomplete(doc, "which modules the kernel refuses", strerror(-r));
        return r == -ENOMEM ? r : tn_buf_error(names);
}

int tn_run_usage(struct tn_document *doc, const char *fmt, ...)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        va_list ap;

        va_start(ap, fmt);
        tn_buf_vaddf(&text, fmt, ap);
        va_end(ap);
        tn_json_add_span(&doc->json, doc->json.root, "error", tn_buf_span(&text));
        doc->status = TN_STATUS_USAGE;
        return -EINVAL;
}
