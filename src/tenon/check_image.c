/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>

#include "tenon/check.h"
#include "tenon/image/differ.h"
#include "tenon/image/rebuild.h"
#include "tenon/image_findings.h"
#include "util/cleanup.h"

/* tenon check --initramfs FILE: what of it is not as the disk has it. */

static bool image_is_wanted(const struct tn_check *check, char **operands)
{
        (void)operands;
        return check->initramfs;
}

/* An image without any configuration was made so: dracut's are, unless they are for one host. */
static int compare(struct tn_check *check, const struct tn_image_copies *copies, struct tn_document *doc,
                   struct json_object *to)
{
        struct tn_run *run = &check->run;
        const struct tn_image_disk disk = {
                .root = { .fd = AT_FDCWD, .root = tn_world_root(&run->world) },
                .release = run->kernel.ptr,
                .catalog = run->world.catalog,
        };
        _cleanup_(tn_image_differences_fini) struct tn_image_differences differences = { 0 };
        const struct tn_image_difference *difference;
        _cleanup_(tn_buf_fini) struct tn_buf rebuild = { 0 };
        struct tn_findings findings = { 0 };
        int r = tn_image_findings_differ(copies, &disk, &differences);

        tn_image_rebuild_command(&disk.root, disk.release, &rebuild);
        tn_vec_each (difference, &differences)
                if (r == 0 && (differences.n_configs || difference->why != TN_IMAGE_ONLY_ON_DISK))
                        r = tn_image_findings_add(difference, rebuild.len ? tn_buf_str(&rebuild) : NULL,
                                                  &findings);
        tn_check_add_findings(check, &findings, doc);
        tn_findings_fini(&findings);
        tn_json_add_int(&doc->json, to, "modules", differences.n_modules);
        tn_json_add_int(&doc->json, to, "configs", differences.n_configs);
        tn_json_add_int(&doc->json, to, "differences", (int64_t)differences.n);
        if (differences.n_unknown)
                tn_document_add_incomplete(doc, "some files of the initramfs, or of the disk",
                                           "they could not be read");
        if (!differences.n_modules && r == 0)
                tn_document_add_incomplete(doc, run->kernel.ptr,
                                           "the initramfs has no modules of this kernel");
        return r;
}

static int image_build(struct tn_check *check, char **operands, struct tn_document *doc)
{
        struct tn_dir here = TN_DIR_HERE;
        struct tn_image_copies copies = { 0 };
        struct json_object *to;
        _cleanup_(closep) int fd = -1;
        int r;

        if (operands[0])
                return tn_run_usage(doc, "--initramfs takes the image alone, so not '%s'", operands[0]);
        r = tn_run_open(&check->run, TN_WORLD_ROOT | TN_WORLD_CONFIG | TN_WORLD_CATALOG, doc);
        if (r < 0)
                return 0;
        to = tn_json_add_object(&doc->json, tn_document_result(doc), "initramfs");
        tn_json_add_str(&doc->json, to, "path", check->initramfs);
        fd = tn_dir_open_regular(&here, check->initramfs);
        r = fd < 0 ? fd : tn_image_findings_load(fd, &copies);
        if (r == -ENOMEM)
                return r;
        if (r < 0) {
                tn_document_add_incomplete(doc, check->initramfs, tn_image_findings_strerror(r));
                doc->status = TN_STATUS_UNKNOWN;
        }
        if (fd >= 0 && copies.n)
                r = compare(check, &copies, doc, to);
        tn_image_copies_fini(&copies);
        return r == -ENOMEM ? r : 0;
}

static void image_text(const struct json_object *root, struct tn_text *text)
{
        const struct json_object *image = tn_json_object(tn_json_object(root, "result"), "initramfs");

        if (!tn_json_has(image, "modules"))
                return;
        tn_text_style(text, TN_STYLE_BOLD, tn_json_str(image, "path"));
        tn_text_add(text, ": modules of %s: %lld, files of configuration: %lld, not as on disk: %lld\n",
                    tn_json_str(root, "kernel"), (long long)tn_json_int(image, "modules"),
                    (long long)tn_json_int(image, "configs"), (long long)tn_json_int(image, "differences"));
}

const struct tn_check_part tn_check_image = {
        .is_wanted = image_is_wanted,
        .build = image_build,
        .text = image_text,
};
