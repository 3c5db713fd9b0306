/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "format/modname.h"
#include "tenon/image/age.h"
#include "tenon/image/differ.h"
#include "tenon/image/newest.h"
#include "tenon/image/rebuild.h"
#include "tenon/image_findings.h"
#include "tenon/why.h"
#include "util/cleanup.h"

/* What the newest initramfs has of a plan. At boot, it decides. */
struct comparing {
        struct tn_run *run;
        const struct tn_plan *plan;
        struct tn_document *doc;
        struct tn_image_disk disk;
        struct tn_image_copies copies;
        struct tn_image_differences differences;
        struct tn_findings findings;
};

static void comparing_fini(struct comparing *comparing)
{
        tn_image_copies_fini(&comparing->copies);
        tn_image_differences_fini(&comparing->differences);
        tn_findings_fini(&comparing->findings);
}

static bool is_called(struct span path, const char *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf found = { 0 };

        tn_modname_from_path(path, &found);
        return tn_span_eq(tn_buf_span(&found), tn_span_of(name));
}

/* Whether a difference is about the configuration, or about a module of the plan. */
static bool is_ours(const struct comparing *comparing, const struct tn_image_difference *difference)
{
        const struct tn_step *step;

        if (difference->kind != TN_IMAGE_MODULE)
                return true;
        tn_vec_each (step, &comparing->plan->steps)
                if (is_called(difference->path, step->name))
                        return true;
        return false;
}

static int add_differences(struct comparing *comparing)
{
        _cleanup_(tn_buf_fini) struct tn_buf rebuild = { 0 };
        const struct tn_image_difference *difference;
        int r = tn_image_findings_differ(&comparing->copies, &comparing->disk, &comparing->differences);

        tn_image_rebuild_command(&comparing->disk.root, comparing->disk.release, &rebuild);
        tn_vec_each (difference, &comparing->differences)
                if (r == 0 && is_ours(comparing, difference))
                        r = tn_image_findings_add(difference, rebuild.len ? tn_buf_str(&rebuild) : NULL,
                                                  &comparing->findings);
        tn_document_add_findings(comparing->doc, &comparing->findings);
        if (comparing->differences.n_unknown)
                tn_document_add_incomplete(comparing->doc, "some files of the initramfs, or of the disk",
                                           "they could not be read");
        return r;
}

/* "modules": which modules of the plan it has. */
static void add_modules(const struct comparing *comparing, struct json_object *to)
{
        struct tn_json *json = &comparing->doc->json;
        struct json_object *list = tn_json_add_array(json, to, "modules"), *module;
        const struct tn_step *step;

        tn_vec_each (step, &comparing->plan->steps) {
                if (step->kind != TN_STEP_INSERT && step->kind != TN_STEP_LOADED)
                        continue;
                module = tn_json_add_object(json, list, NULL);
                tn_json_add_str(json, module, "name", step->name);
                tn_json_add_bool(json, module, "there",
                                 tn_image_findings_has_module(&comparing->copies, comparing->disk.release,
                                                              step->name));
        }
}

static int compare(struct comparing *comparing, const char *path, struct json_object *to)
{
        _cleanup_(closep) int fd = tn_dir_open_regular(&comparing->disk.root, path);
        int r = fd < 0 ? fd : tn_image_findings_load(fd, &comparing->copies);

        if (r == -ENOMEM)
                return r;
        if (r < 0)
                tn_document_add_incomplete(comparing->doc, path, tn_image_findings_strerror(r));
        if (fd < 0 || !comparing->copies.n)
                return 0;
        add_modules(comparing, to);
        return add_differences(comparing);
}

static int add_image(struct comparing *comparing, const struct tn_image_file *file, bool compares)
{
        _cleanup_(tn_image_sources_fini) struct tn_image_sources sources = { 0 };
        struct tn_json *json = &comparing->doc->json;
        struct json_object *to;
        const struct tn_image_source *newer;
        int r = tn_image_sources_load(&comparing->disk.root, &comparing->run->world.dir, &sources);

        if (r < 0)
                return r;
        to = tn_json_add_object(json, tn_document_result(comparing->doc), "image");
        newer = tn_image_age(&file->st.st_mtim, &sources);
        tn_json_add_str(json, to, "path", file->path);
        tn_json_add_str(json, to, "older_than", newer ? newer->path : NULL);
        return compares ? compare(comparing, file->path, to) : 0;
}

int tn_why_add_image(struct tn_run *run, const struct tn_plan *plan, bool compares, struct tn_document *doc)
{
        _cleanup_(comparing_fini) struct comparing comparing = {
                .run = run,
                .plan = plan,
                .doc = doc,
                .disk = { .root = { .fd = AT_FDCWD, .root = tn_world_root(&run->world) },
                          .release = run->kernel.ptr,
                          .catalog = run->world.catalog },
        };
        _cleanup_(tn_image_files_fini) struct tn_image_files files = { 0 };
        int r = tn_image_newest(&comparing.disk.root, run->kernel.ptr, &files);

        if (r < 0)
                return r;
        if (files.hidden_err)
                tn_document_add_incomplete(doc, files.hidden_path, strerror(-files.hidden_err));
        if (files.n)
                return add_image(&comparing, &files.v[0], compares);
        tn_json_add_null(&doc->json, tn_document_result(doc), "image");
        if (compares)
                tn_document_add_incomplete(doc, "the initramfs", "none was found");
        return 0;
}
