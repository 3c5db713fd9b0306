/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "format/modname.h"
#include "tenon/image/unpack.h"
#include "tenon/image_findings.h"
#include "util/cleanup.h"

const char *tn_image_findings_strerror(int r)
{
        switch (r) {
        case -ENOEXEC: return "it is no initramfs";
        case -EINVAL: return "it is damaged";
        case -EOPNOTSUPP: return "it is compressed in a way that libarchive cannot decompress";
        case -ENOSYS:
                return "it is compressed in a way that takes the library libarchive (" TN_UNPACK_PACKAGE ")";
        default: return strerror(-r);
        }
}

static enum tn_finding_code code_of(const struct tn_image_difference *difference)
{
        if (difference->why == TN_IMAGE_ONLY_ON_DISK)
                return TN_FINDING_IMAGE_LACKS;
        return difference->kind == TN_IMAGE_MODULE ? TN_FINDING_IMAGE_MODULE : TN_FINDING_IMAGE_CONFIG;
}

int tn_image_findings_add(const struct tn_image_difference *difference, const char *rebuild,
                          struct tn_findings *findings)
{
        struct tn_finding finding = {
                .code = code_of(difference),
                .path = tn_arena_dup(&findings->arena, difference->path),
                .value = rebuild,
        };

        if (difference->disk.len)
                finding.other = tn_arena_dup(&findings->arena, difference->disk);
        if (!finding.path || (difference->disk.len && !finding.other))
                return -ENOMEM;
        return tn_findings_add(findings, finding);
}

bool tn_image_findings_has_module(const struct tn_image_copies *copies, const char *release, const char *name)
{
        const struct tn_image_copy *copy;

        tn_vec_each (copy, copies) {
                _cleanup_(tn_buf_fini) struct tn_buf found = { 0 };

                if (copy->path.kind != TN_IMAGE_MODULE ||
                    !tn_span_eq(copy->path.release, tn_span_of(release)))
                        continue;
                tn_modname_from_path(copy->path.rest, &found);
                if (tn_span_eq(tn_buf_span(&found), tn_span_of(name)))
                        return true;
        }
        return false;
}
