/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_UNIT_DEPMOD_MODDIR_H
#define TN_TESTS_UNIT_DEPMOD_MODDIR_H

#include <dirent.h>
#include <string.h>

#include "core/world.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/file.h"

/* What is indexed: a directory, without configuration. */
#define WORLD(path)                                                                                          \
        ((struct tn_world){                                                                                  \
                .dir = tn_dir_at(path), .release = "6.1.0", .config_paths = (const char *const[]){ NULL } })

/* A module that exports one symbol and needs one; either may be NULL. */
static inline void moddir_write(const struct tmpdir *dir, const char *path, const char *export,
                                const char *need)
{
        _cleanup_(mkelf_fini) struct mkelf elf = mkelf_of(true, false);
        struct span image;

        mkelf_info(&elf, "license=GPL");
        if (export)
                mkelf_export_crc(&elf, export, 1);
        if (need)
                mkelf_need(&elf, need, false);
        image = mkelf_span(&elf);
        tmpdir_write_bytes(dir, path, image.ptr, image.len);
}

static inline void moddir_assert_file(const struct tmpdir *dir, const char *name, const char *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        assert_int_equal(tn_file_read_at(dir->fd, name, 100000, &buf), 0);
        assert_string_equal(tn_buf_str(&buf), text);
}

/* How many entries start so. */
static inline unsigned moddir_count(const struct tmpdir *dir, const char *prefix)
{
        _cleanup_(closedirp) DIR *stream = opendir(dir->path);
        struct dirent *ent;
        unsigned n = 0;

        assert_non_null(stream);
        while ((ent = readdir(stream)))
                n += strncmp(ent->d_name, prefix, strlen(prefix)) == 0;
        return n;
}

#endif
