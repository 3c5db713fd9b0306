/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/bounds.h"
#include "core/dirs.h"
#include "tenon/image/differ_run.h"
#include "util/cleanup.h"
#include "util/confd.h"

/* Reads a file of configuration; path is absolute. Returns 1, 0 when there is none, -ENOMEM. */
static int read_config(struct tn_image_run *run, const char *path, struct tn_image_gist *gist)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        int r = tn_dir_read(&run->disk->root, path, TN_BOUND_CONFIG, &bytes);

        if (r == -ENOMEM || r == -ENOENT || r == -ENOTDIR)
                return r == -ENOMEM ? r : 0;
        if (r == 0)
                *gist = tn_image_gist_bytes(tn_buf_span(&bytes));
        return 1;
}

int tn_image_differ_config(struct tn_image_run *run, const struct tn_image_copy *copy)
{
        _cleanup_(tn_image_pair_fini) struct tn_image_pair pair = { .copy = copy };
        int r;

        tn_buf_add_char(&pair.path, '/');
        tn_buf_add_span(&pair.path, copy->path.path);
        if (!tn_buf_str(&pair.path))
                return -ENOMEM;
        r = read_config(run, pair.path.ptr, &pair.gist);
        if (r < 0)
                return r;
        if (r > 0)
                return tn_image_judge(run, &pair, TN_IMAGE_DIFFERS);
        tn_buf_reset(&pair.path);
        return tn_image_report(run, &pair, TN_IMAGE_ONLY_IN_IMAGE);
}

static int report_missing(struct tn_image_run *run, const char *path)
{
        _cleanup_(tn_image_pair_fini) struct tn_image_pair pair = { 0 };
        struct span inside = tn_span_of(path);

        while (tn_span_starts(inside, SPAN("/")))
                inside = tn_span_skip(inside, 1);
        if (tn_span_starts(inside, SPAN("run/")) || tn_image_copies_find(run->copies, inside))
                return 0;
        tn_buf_add_str(&pair.path, path);
        return tn_buf_error(&pair.path) < 0 ? -ENOMEM : tn_image_report(run, &pair, TN_IMAGE_ONLY_ON_DISK);
}

/* Configuration that is read on the system: a file that another one hides does not count. */
int tn_image_differ_disk(struct tn_image_run *run)
{
        static const char *const dirs[] = TN_DIRS_CONF("modprobe.d");
        _cleanup_(tn_confd_fini) struct tn_confd confd = { .root = run->disk->root.root };
        int r = 0;

        for (size_t i = 0; r == 0 && dirs[i]; i++)
                r = tn_confd_scan(&confd, dirs[i], NULL);
        for (size_t i = 0; r == 0 && i < confd.files.n; i++)
                r = report_missing(run, confd.files.v[i].path);
        return r;
}
