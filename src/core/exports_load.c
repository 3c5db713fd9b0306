/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/bounds.h"
#include "core/exports_load.h"
#include "core/modfile.h"
#include "format/kernel_image.h"
#include "format/ksymtab.h"
#include "format/line.h"
#include "format/symvers.h"
#include "util/cleanup.h"

struct reading {
        tn_exports_fn *fn;
        void *data;
};

typedef int read_fn(struct tn_buf *bytes, const struct reading *reading);

void tn_exports_file_fini(struct tn_exports_file *file)
{
        tn_buf_fini(&file->path);
        tn_buf_fini(&file->unread);
}

/* In the place of compressed bytes what they are decompressed. */
static int decompress(struct tn_buf *bytes)
{
        _cleanup_(tn_buf_fini) struct tn_buf plain = { 0 };
        const struct tn_codec *codec = tn_codec_find(tn_buf_span(bytes));
        int r = codec ? tn_codec_decode(codec, tn_buf_span(bytes), TN_BOUND_SYMBOLS, &plain) : 0;

        if (r < 0 || !codec)
                return r;
        tn_buf_fini(bytes);
        *bytes = TAKE(plain);
        return 0;
}

/* A line that is none is passed over, but a file needs to have one that is. */
static int read_symvers(struct tn_buf *bytes, const struct reading *reading)
{
        struct tn_symvers symvers;
        struct span rest, line, bad;
        bool found = false;
        int r = decompress(bytes);

        rest = tn_line_text(tn_buf_span(bytes));
        while (r == 0 && tn_line_next(&rest, &line)) {
                if (tn_symvers_parse(line, &symvers, &bad) != 1 || symvers.crc > UINT32_MAX)
                        continue;
                found = true;
                r = reading->fn(reading->data, &(struct tn_exports_entry){
                                                       .name = symvers.name,
                                                       .space = symvers.space,
                                                       .owner = symvers.owner,
                                                       .crc = (uint32_t)symvers.crc,
                                                       .has_crc = symvers.crc != 0,
                                                       .gpl_only = symvers.gpl_only,
                                                       .has_rules = symvers.has_rules,
                                               });
        }
        return r < 0 ? r : found ? 0 : -EINVAL;
}

static int take_entry(void *data, const struct tn_ksymtab_entry *entry)
{
        const struct reading *reading = data;

        return reading->fn(reading->data, &(struct tn_exports_entry){
                                                  .name = entry->name,
                                                  .space = entry->namespace,
                                                  .owner = SPAN("vmlinux"),
                                                  .crc = entry->crc,
                                                  .has_crc = entry->has_crc,
                                                  .gpl_only = entry->gpl_only,
                                                  .has_rules = true,
                                          });
}

static int read_image(struct tn_buf *bytes, const struct reading *reading)
{
        _cleanup_(tn_buf_fini) struct tn_buf plain = { 0 };
        struct tn_kernel_image image;
        struct reading copy = *reading;
        struct tn_elf elf;
        int r = tn_kernel_image_parse(tn_buf_span(bytes), &image);

        if (r == 0 && image.codec)
                r = tn_codec_decode(image.codec, image.payload, tn_modfile_max(), &plain);
        if (r < 0)
                return r;
        r = tn_elf_parse(image.codec ? tn_buf_span(&plain) : image.payload, &elf);
        return r < 0 ? r : tn_ksymtab_each(&elf, take_entry, &copy);
}

/* What a path is below. */
enum place {
        IN_DIR,    /* the module directory */
        IN_SYSTEM, /* what is before /lib/modules in its path */
};

/* The path is made of a part before the release and one behind it, or of the first alone where that is NULL. */
static const struct file {
        enum tn_exports_source source;
        enum place place;
        const char *before, *behind;
        read_fn *read;
} files[] = {
        { TN_EXPORTS_SYMVERS, IN_DIR, "build/Module.symvers", NULL, read_symvers },
        { TN_EXPORTS_SYMVERS, IN_SYSTEM, "/usr/src/linux-headers-", "/Module.symvers", read_symvers },
        { TN_EXPORTS_SYMVERS, IN_DIR, "symvers.xz", NULL, read_symvers },
        { TN_EXPORTS_SYMVERS, IN_DIR, "symvers.gz", NULL, read_symvers },
        { TN_EXPORTS_SYMVERS, IN_SYSTEM, "/boot/symvers-", "", read_symvers },
        { TN_EXPORTS_SYMVERS, IN_SYSTEM, "/boot/symvers-", ".xz", read_symvers },
        { TN_EXPORTS_SYMVERS, IN_SYSTEM, "/boot/symvers-", ".gz", read_symvers },
        { TN_EXPORTS_IMAGE, IN_SYSTEM, "/boot/vmlinuz-", "", read_image },
        { TN_EXPORTS_IMAGE, IN_DIR, "vmlinuz", NULL, read_image },
        { TN_EXPORTS_IMAGE, IN_SYSTEM, "/boot/vmlinux-", "", read_image },
};

static bool add_name(const struct tn_catalog *catalog, const struct file *file, struct span release,
                     struct tn_buf *name)
{
        struct span system;

        if (file->place == IN_SYSTEM) {
                if (!tn_catalog_find_system(catalog, &system))
                        return false;
                tn_buf_add_span(name, system);
        }
        tn_buf_add_str(name, file->before);
        if (file->behind)
                tn_buf_addf(name, "%.*s%s", SPAN_FMT(release), file->behind);
        return true;
}

/* What says that there is no such file, or that it is a kernel's which lists nothing. */
static bool is_absent(int r)
{
        return r == -ENOENT || r == -ENOTDIR || r == -ENODATA;
}

/* Keeps the path: that of the first file that could not be read, or of the one that was. Returns 1 for that. */
static int keep(const struct tn_catalog *catalog, const struct file *file, struct span name, int r,
                struct tn_exports_file *found)
{
        struct tn_buf *path = r == 0 ? &found->path : &found->unread;

        if (r == -ENOMEM || is_absent(r) || (r < 0 && path->len))
                return r == -ENOMEM ? r : 0;
        tn_catalog_add_path(catalog, name, path);
        if (r == 0)
                found->source = file->source;
        else
                found->unread_err = r;
        return tn_buf_str(path) ? r == 0 : -ENOMEM;
}

static int try(const struct tn_catalog *catalog, const struct file *file, struct span release,
               const struct reading *reading, struct tn_exports_file *found)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 }, bytes = { 0 };
        const struct tn_dir *dir = tn_catalog_where(catalog);
        int r;

        if (!add_name(catalog, file, release, &name))
                return 0;
        if (!tn_buf_str(&name))
                return -ENOMEM;
        r = tn_dir_read(dir, name.ptr, TN_BOUND_SYMBOLS, &bytes);
        if (r == 0)
                r = file->read(&bytes, reading);
        return keep(catalog, file, tn_buf_span(&name), r, found);
}

int tn_exports_load(const struct tn_catalog *catalog, struct span release, tn_exports_fn *fn, void *data,
                    struct tn_exports_file *ret_file)
{
        const struct reading reading = { fn, data };
        int r = 0;

        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(files); i++)
                r = try(catalog, &files[i], release, &reading, ret_file);
        return r;
}
