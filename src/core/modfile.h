/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_MODFILE_H
#define TN_CORE_MODFILE_H

#include "format/codec.h"
#include "format/elf.h"
#include "util/buf.h"
#include "util/file.h"

/* A module file, opened; decompressed when asked. Zero-initialised with fd -1 is closed. */
struct tn_modfile {
        int fd;
        struct tn_file raw;           /* its bytes as they are on disk, mapped */
        const struct tn_codec *codec; /* NULL: not compressed */
        struct tn_buf plain; /* decompressed, once tn_modfile_bytes was called on a compressed file */
};

/* Opens and maps; path as for tn_file_open. Returns 0 or -errno; -EINVAL when it is no regular file. */
int tn_modfile_open(int dirfd, const char *path, struct tn_modfile *ret_file);

/* The module's ELF bytes, borrowed until close. Returns 0 or what the codec returned. */
int tn_modfile_bytes(struct tn_modfile *file, struct span *ret_bytes);

void tn_modfile_close(struct tn_modfile *file);

#endif
