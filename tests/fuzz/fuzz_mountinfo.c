/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are the text of /proc/PID/mountinfo. */
#include <stdint.h>
#include <stdlib.h>

#include "format/mountinfo.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span text = { (const char *)data, size };
        struct tn_mount mount;
        size_t left = size;

        while (tn_mount_next(&text, &mount)) {
                _cleanup_(tn_buf_fini) struct tn_buf point = { 0 };

                must(text.len < left);
                left = text.len;
                must(tn_span_chr(mount.type, ' ') == mount.type.len &&
                     tn_span_chr(mount.type, '\n') == mount.type.len);
                must(mount.source.ptr > mount.point.ptr + mount.point.len);
                tn_mount_unescape(mount.point, &point);
                must(tn_buf_error(&point) < 0 || point.len <= mount.point.len);
        }
        return 0;
}
