/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "tenon/image/differ_run.h"

void tn_image_differences_fini(struct tn_image_differences *differences)
{
        tn_vec_fini(differences);
        tn_arena_fini(&differences->arena);
        *differences = (struct tn_image_differences){ 0 };
}

void tn_image_pair_fini(struct tn_image_pair *pair)
{
        tn_buf_fini(&pair->path);
}

static int keep(struct tn_image_run *run, struct span text, struct span *ret_kept)
{
        char *kept = tn_arena_dup(&run->out->arena, text);

        if (!kept)
                return -ENOMEM;
        *ret_kept = (struct span){ kept, text.len };
        return 0;
}

/* "/" and the path in the image. */
static int keep_path(struct tn_image_run *run, struct span path, struct span *ret_kept)
{
        char *kept = tn_arena_alloc(&run->out->arena, path.len + 2);

        if (!kept)
                return -ENOMEM;
        kept[0] = '/';
        tn_span_write(path, kept + 1);
        *ret_kept = (struct span){ kept, path.len + 1 };
        return 0;
}

int tn_image_report(struct tn_image_run *run, const struct tn_image_pair *pair, enum tn_image_why why)
{
        struct tn_image_difference row = { .why = why, .disk_build_id = pair->gist.build_id };
        int r = keep(run, tn_buf_span(&pair->path), &row.disk);

        row.kind = pair->copy ? pair->copy->path.kind : TN_IMAGE_MODPROBE;
        row.path = row.disk;
        if (r == 0 && pair->copy)
                r = keep_path(run, pair->copy->path.path, &row.path);
        if (r == 0 && pair->copy)
                r = keep(run, pair->copy->gist.build_id, &row.image_build_id);
        return r < 0 ? r : tn_vec_add(run->out, row);
}

int tn_image_judge(struct tn_image_run *run, const struct tn_image_pair *pair, enum tn_image_why why)
{
        if (!pair->copy->gist.is_known || !pair->gist.is_known) {
                run->out->n_unknown++;
                return 0;
        }
        return tn_image_gist_eq(&pair->copy->gist, &pair->gist) ? 0 : tn_image_report(run, pair, why);
}

static int differ_copy(struct tn_image_run *run, const struct tn_image_copy *copy)
{
        bool is_ours = tn_span_eq(copy->path.release, tn_span_of(run->disk->release));

        if (copy->path.kind == TN_IMAGE_MODULE && is_ours) {
                run->out->n_modules++;
                return tn_image_differ_module(run, copy);
        }
        if (copy->path.kind == TN_IMAGE_MODPROBE) {
                run->out->n_configs++;
                return tn_image_differ_config(run, copy);
        }
        return 0;
}

int tn_image_differ(const struct tn_image_copies *copies, const struct tn_image_disk *disk,
                    struct tn_image_differences *ret_differences)
{
        struct tn_image_differences out = { 0 };
        struct tn_image_run run = { copies, disk, &out };
        const struct tn_image_copy *copy;
        int r = 0;

        tn_vec_each (copy, copies) {
                if (disk->watch)
                        disk->watch->hear(disk->watch->data, (uint64_t)(copy - copies->v), copies->n);
                if (r == 0)
                        r = differ_copy(&run, copy);
        }
        if (r == 0)
                r = tn_image_differ_disk(&run);
        if (r == 0)
                *ret_differences = out;
        else
                tn_image_differences_fini(&out);
        return r;
}
