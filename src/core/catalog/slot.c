/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/catalog/slot.h"
#include "core/catalog/text.h"
#include "util/cleanup.h"

/* Bytes of an index that is read rather than mapped. */
#define SMALL 16384

static const char *path_of(const struct tn_dir *dir, const char *name, struct tn_buf *path)
{
        tn_buf_add_path(path, dir->path, name);
        return tn_buf_str(path);
}

/* Nobody keeps a catalog in a root for long. */
static int stamp(const struct tn_catalog_slot *slot, const struct tn_dir *dir, const char *name,
                 struct tn_stamp *ret_stamp)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        const char *path;

        *ret_stamp = (struct tn_stamp){ 0 };
        if (dir->root || slot->brief)
                return 0;
        path = path_of(dir, name, &buf);
        if (!path)
                return tn_buf_error(&buf);
        *ret_stamp = tn_stamp_of(path);
        return 0;
}

static bool holds(const struct tn_dir *dir, const char *name, const struct tn_stamp *stamp)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        const char *path;

        if (dir->root)
                return true;
        path = path_of(dir, name, &buf);
        return !path || tn_stamp_holds(stamp, path);
}

/* A small file is read: that is one call, and to map it and forget it are two. */
static int take_bytes(struct tn_catalog_slot *slot, int fd, const struct stat *st, struct span *ret_bytes)
{
        int r;

        if (st->st_size > 0 && st->st_size <= SMALL) {
                r = tn_file_read_known(fd, st, SMALL, &slot->small);
                *ret_bytes = tn_buf_span(&slot->small);
        } else {
                r = tn_file_map_known(fd, st, &slot->file);
                *ret_bytes = tn_file_span(&slot->file);
        }
        return r;
}

int tn_catalog_slot_open(struct tn_catalog_slot *slot, const struct tn_dir *dir, enum tn_catalog_index which)
{
        const char *name = tn_catalog_files[which].index;
        _cleanup_(closep) int fd = -1;
        struct span bytes = SPAN("");
        struct stat st;
        int r = stamp(slot, dir, name, &slot->stamp);

        if (r < 0)
                return r;
        fd = tn_dir_open_known(dir, name, &st);
        r = fd < 0 ? fd : take_bytes(slot, fd, &st, &bytes);
        slot->empty = r == 0 && bytes.len == 0;
        if (slot->empty)
                return -ENODATA;
        return r < 0 ? r : tn_index_parse(bytes, &slot->index);
}

int tn_catalog_slot_replace(struct tn_catalog_slot *slot, const struct tn_dir *dir,
                            enum tn_catalog_index which)
{
        int r = stamp(slot, dir, tn_catalog_files[which].text, &slot->text_stamp);

        if (r < 0)
                return r;
        slot->replaced = true;
        r = tn_catalog_text_load(dir, which, &slot->text);
        return r < 0 ? r : tn_index_parse(tn_buf_span(&slot->text), &slot->index);
}

bool tn_catalog_slot_is_stale(const struct tn_catalog_slot *slot, const struct tn_dir *dir,
                              enum tn_catalog_index which)
{
        const struct tn_catalog_files *files = &tn_catalog_files[which];

        if (slot->brief)
                return false;
        if (slot->tried && !holds(dir, files->index, &slot->stamp))
                return true;
        return slot->replaced && !holds(dir, files->text, &slot->text_stamp);
}

void tn_catalog_slot_close(struct tn_catalog_slot *slot)
{
        if (!slot->brief)
                tn_file_unmap(&slot->file); /* else the end of the process is near, and does it */
        tn_buf_fini(&slot->small);
        tn_buf_fini(&slot->text);
        *slot = (struct tn_catalog_slot){ 0 };
}
