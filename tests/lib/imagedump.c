/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * imagedump IMAGE                 what is in the image of an initramfs that is ours: a line for each file, then the segment
 *                                 where reading ended, and how
 * imagedump IMAGE ROOT RELEASE    how that differs from the system below ROOT
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>

#include "core/world.h"
#include "tenon/image/differ.h"
#include "util/cleanup.h"

static void dump(const struct tn_image_copies *copies)
{
        static const char *const kinds[] = { "module", "index", "modprobe", "depmod" };
        const struct tn_image_copy *copy;

        tn_vec_each (copy, copies) {
                printf("%s %.*s %s", kinds[copy->path.kind], SPAN_FMT(copy->path.path),
                       copy->is_link ? "link " : "");
                if (copy->gist.is_known)
                        printf("%" PRIu64 " %016" PRIx64 " ", copy->gist.size, copy->gist.sum);
                for (size_t i = 0; i < copy->gist.build_id.len; i++)
                        printf("%02x", (unsigned char)copy->gist.build_id.ptr[i]);
                putchar('\n');
        }
}

static int differ(const struct tn_image_copies *copies, const char *root, const char *release)
{
        static const char *const whys[] = { "differs", "moved", "superseded", "only-in-image",
                                            "only-on-disk" };
        _cleanup_(tn_world_close) struct tn_world world = { .root = root, .release = release };
        _cleanup_(tn_image_differences_fini) struct tn_image_differences differences = { 0 };
        struct tn_image_disk disk = { .release = release };
        const struct tn_image_difference *row;
        int r = tn_world_open(&world, TN_WORLD_DIR | TN_WORLD_ROOT | TN_WORLD_CATALOG);

        if (r < 0)
                return r;
        disk.root = tn_dir_at("/");
        disk.root.root = tn_world_root(&world);
        disk.root.inside = "/";
        disk.catalog = world.catalog;
        r = tn_image_differ(copies, &disk, &differences);
        tn_vec_each (row, &differences)
                printf("%s %.*s %.*s\n", whys[row->why], SPAN_FMT(row->path), SPAN_FMT(row->disk));
        printf("%u modules, %u of configuration, %u unknown\n", differences.n_modules, differences.n_configs,
               differences.n_unknown);
        return r;
}

int main(int argc, char **argv)
{
        _cleanup_(tn_image_copies_fini) struct tn_image_copies copies = { 0 };
        _cleanup_(closep) int fd = argc == 2 || argc == 4 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
        int r;

        if (fd < 0) {
                fprintf(stderr, "usage: imagedump IMAGE [ROOT RELEASE]\n");
                return 2;
        }
        r = tn_image_copies_load(fd, NULL, &copies);
        if (argc == 4)
                return differ(&copies, argv[2], argv[3]) < 0;
        dump(&copies);
        printf("end %" PRIu64 " %" PRIu64 " %s %s, %u segments, %" PRIu64 " entries\n",
               copies.progress.segment.offset, copies.progress.segment.size,
               tn_packed_name(copies.progress.segment.packed), strerror(-r), copies.progress.n_segments,
               copies.progress.n_entries);
        return r < 0;
}
