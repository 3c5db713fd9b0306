/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "cli/progress.h"
#include "format/modname.h"
#include "tenon/image/unpack.h"
#include "tenon/image_findings.h"
#include "util/cleanup.h"

static void hear_files(void *data, uint64_t done, uint64_t total)
{
        tn_progress_tell(data, (uint32_t)done, (uint32_t)total);
}

static void hear_bytes(void *data, uint64_t done, uint64_t size)
{
        hear_files(data, done >> 10, size >> 10);
}

int tn_image_findings_load(int fd, struct tn_image_copies *ret_copies)
{
        struct tn_progress progress;
        const struct tn_image_watch watch = { hear_bytes, &progress };
        int r;

        tn_progress_begin(&progress, "tenon", "kB of the initramfs");
        r = tn_image_copies_load(fd, &watch, ret_copies);
        tn_progress_clear(&progress);
        return r;
}

int tn_image_findings_differ(const struct tn_image_copies *copies, const struct tn_image_disk *disk,
                             struct tn_image_differences *ret_differences)
{
        struct tn_progress progress;
        const struct tn_image_watch watch = { hear_files, &progress };
        struct tn_image_disk watched = *disk;
        int r;

        watched.watch = &watch;
        tn_progress_begin(&progress, "tenon", "files of the initramfs");
        r = tn_image_differ(copies, &watched, ret_differences);
        tn_progress_clear(&progress);
        return r;
}

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
