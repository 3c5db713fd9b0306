/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <unistd.h>

#include "core/evidence_firmware.h"
#include "core/firmware_place.h"
#include "format/modname.h"
#include "util/cleanup.h"

/* A module may have lines for all devices of a family. */
#define FILES_MAX 16

static bool is_module(const struct tn_evidence *evidence, struct span text)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        if (tn_modname_from_alias(text, &name) < 0)
                return false;
        return tn_span_eq(tn_buf_span(&name), tn_span_of(evidence->name)) ||
               (evidence->inside && tn_span_eq(tn_buf_span(&name), tn_span_of(evidence->inside)));
}

static bool names_file(const struct tn_evidence *evidence, struct span file)
{
        const struct tn_modinfo *info;

        tn_vec_each (info, &evidence->facts.info)
                if (tn_span_eq(info->key, SPAN("firmware")) && tn_span_eq(info->value, file))
                        return true;
        return false;
}

/*
 * Who asked: a module that has a line for the file; or that of the driver, by which name the line begins: "iwlwifi
 * 0000:03:00.0". A device without a driver begins with that of its bus.
 */
static enum tn_evidence_asker asker_of(const struct tn_evidence *evidence, const struct tn_klog_event *event)
{
        _cleanup_(tn_buf_fini) struct tn_buf module = { 0 };
        struct span device = event->module, driver = tn_span_word(&device, " ");

        if (names_file(evidence, event->subject) || is_module(evidence, driver))
                return TN_EVIDENCE_ASKER_OWN;
        if (tn_kernel_driver_module(driver, &module) < 0)
                return TN_EVIDENCE_ASKER_UNKNOWN;
        return is_module(evidence, tn_buf_span(&module)) ? TN_EVIDENCE_ASKER_OWN : TN_EVIDENCE_ASKER_OTHER;
}

/* Its path; empty where it is not there. */
static int find_file(const struct tn_evidence *evidence, struct span file, struct tn_buf *path)
{
        _cleanup_(tn_buf_fini) struct tn_buf release = { 0 };
        size_t at = 0;

        if (evidence->firmware_path)
                tn_buf_addf(path, "%s/%.*s", evidence->firmware_path, SPAN_FMT(file));
        if (tn_kernel_release(&release) < 0)
                return 0;
        do {
                if (!tn_buf_str(path))
                        return -ENOMEM;
                if (path->len && access(path->ptr, F_OK) == 0)
                        return 0;
                tn_buf_reset(path);
        } while (tn_firmware_place_next(&at, SPAN(""), tn_buf_str(&release), file, path));
        return 0;
}

static int add(struct tn_evidence *evidence, struct tn_evidence_asked firmware)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        const struct tn_evidence_asked *before;
        struct span file = tn_span_of(firmware.file);
        int r;

        tn_vec_each (before, &evidence->asked)
                if (strcmp(before->file, firmware.file) == 0)
                        return 0;
        r = evidence->asked.n < FILES_MAX ? find_file(evidence, file, &path) : 0;
        if (r == 0 && path.len) {
                firmware.path = tn_arena_dup(&evidence->arena, tn_buf_span(&path));
                r = firmware.path ? 0 : -ENOMEM;
        }
        return r == 0 ? tn_vec_add(&evidence->asked, firmware) : r;
}

static int add_of_line(struct tn_evidence *evidence, struct tn_evidence_line *line)
{
        struct tn_evidence_asked firmware = {
                .asker = asker_of(evidence, &line->event),
                .err = line->event.err,
                .log = line->text,
        };

        if (firmware.asker == TN_EVIDENCE_ASKER_OTHER) {
                line->known = false;
                return 0;
        }
        firmware.file = tn_arena_dup(&evidence->arena, line->event.subject);
        return firmware.file ? add(evidence, firmware) : -ENOMEM;
}

/* Of a module that has none of its files: one with some may do without the others. */
static int add_of_facts(struct tn_evidence *evidence)
{
        const struct tn_modinfo *info;
        int r = 0;

        tn_vec_each (info, &evidence->facts.info) {
                struct tn_evidence_asked firmware = { .asker = TN_EVIDENCE_ASKER_UNKNOWN };

                if (r < 0 || !tn_span_eq(info->key, SPAN("firmware")))
                        continue;
                firmware.file = tn_arena_dup(&evidence->arena, info->value);
                r = firmware.file ? add(evidence, firmware) : -ENOMEM;
        }
        return r;
}

int tn_evidence_find_firmware(struct tn_evidence *evidence)
{
        _cleanup_(tn_buf_fini) struct tn_buf set = { 0 };
        struct tn_evidence_line *line;
        bool heard = evidence->parts & TN_EVIDENCE_LOG;
        int r = 0;

        if (heard ? !tn_evidence_find_line(evidence, TN_KLOG_FIRMWARE) : evidence->err != -ENOENT)
                return 0;
        if (tn_kernel_firmware_path(&set) == 0) {
                evidence->firmware_path = tn_arena_dup(&evidence->arena, tn_buf_span(&set));
                r = evidence->firmware_path ? 0 : -ENOMEM;
        }
        tn_vec_each (line, &evidence->log)
                if (r == 0 && line->known && line->event.kind == TN_KLOG_FIRMWARE)
                        r = add_of_line(evidence, line);
        if (r == 0 && !heard)
                r = add_of_facts(evidence);
        evidence->parts |= r == 0 ? TN_EVIDENCE_ASKED : 0;
        return r;
}
