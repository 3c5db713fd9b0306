/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/audit.h"
#include "format/modname.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/escape.h"

/* The directory and the one above it. Others may look whether there is one. */
static int open_marks(const char *dir)
{
        size_t up = tn_span_rchr(tn_span_of(dir), '/');
        _cleanup_(freep) char *parent = tn_span_dup(tn_span_head(tn_span_of(dir), up));
        int fd;

        if (parent)
                mkdir(parent, 0755);
        mkdir(dir, 0700);
        fd = open(dir, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        return fd < 0 ? -errno : fd;
}

/* Whether it is the first time. Where that cannot be kept it always is. */
static bool mark(const char *dir, const char *name)
{
        _cleanup_(closep) int at = open_marks(dir), fd = -1;

        if (at < 0 || !tn_modname_is_sane(tn_span_of(name)))
                return true;
        fd = openat(at, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        return fd >= 0 || errno != EEXIST;
}

void tn_audit_step(const struct tn_step *step, const char *dir)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };

        if (step->spared == TN_SPARED_NONE || (step->kind != TN_STEP_INSERT && step->kind != TN_STEP_INSTALL))
                return;
        if (step->spared == TN_SPARED_AUDIT && !mark(dir, step->name))
                return;
        if (step->spared == TN_SPARED_AUDIT)
                tn_escape_addf(&line, "tenon: module %s would be denied by %s line %u", step->name,
                               step->denial->file, step->denial->line);
        else
                tn_escape_addf(
                        &line,
                        "tenon: module %s is denied by %s line %u, and loaded by --ignore-deny, uid %u",
                        step->name, step->denial->file, step->denial->line, (unsigned)getuid());
        if (tn_buf_error(&line) == 0)
                tn_kernel_log_write(tn_buf_span(&line));
}
