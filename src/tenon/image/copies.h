/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_COPIES_H
#define TN_TENON_IMAGE_COPIES_H

#include "core/modfile.h"
#include "tenon/image/image.h"
#include "util/arena.h"
#include "util/map.h"
#include "util/vec.h"

/* All bytes of configuration that are kept of an image, and all its files that are. */
#define TN_IMAGE_CONFIGS ((size_t)64 << 20)
#define TN_IMAGE_COPIES  100000

/* What a file says, as far as it takes to tell whether another says the same. */
struct tn_image_gist {
        bool is_known;        /* else nothing here counts: it could not be read */
        uint64_t size;        /* decompressed, in bytes */
        uint64_t sum;         /* of these bytes: FNV-1a, 64 bits */
        struct span build_id; /* of a module; empty: it has none */
};

/* A file that is in an image. All spans are the arena's. */
struct tn_image_copy {
        struct tn_image_path path;
        struct tn_image_shared shared;
        bool is_link;
        struct tn_image_gist gist; /* not of an index */
        struct span contents;      /* of configuration; of a link, its target */
};

/* All such files of an image. */
struct tn_image_copies {
        TN_VEC_FIELDS(struct tn_image_copy); /* each path once, in the order of the image */
        struct tn_arena arena;
        struct tn_map paths; /* tn_image_key() -> the index of the copy and one more */
        struct tn_image_progress progress;
};

/* Hears how far it is, in bytes of the file or in files; total is the same each time. */
struct tn_image_watch {
        void (*hear)(void *data, uint64_t done, uint64_t total);
        void *data;
};

/*
 * Reads the image in fd, which stays the caller's; watch may be NULL. A link has the gist of the file that it leads to, if that is among the copies,
 * and a name of a file with several names that of the others. Returns what tn_image_read() does, but 1; *ret_copies is set also when this fails, with what was read.
 */
int tn_image_copies_load(int fd, const struct tn_image_watch *watch, struct tn_image_copies *ret_copies);

void tn_image_copies_fini(struct tn_image_copies *copies);

/* A path under the name that it has where /lib is a link to /usr/lib: "usr/lib/..." becomes "lib/...". Borrows. */
struct span tn_image_key(struct span path);

/* The copy at a path, with or without "usr/" in front; or NULL. */
const struct tn_image_copy *tn_image_copies_find(const struct tn_image_copies *copies, struct span path);

/*
 * The gist of an open module file, compressed or not. The build id is put into the arena. What is no ELF file has none.
 * Returns 0, or what tn_modfile_bytes() does.
 */
int tn_image_gist_module(struct tn_modfile *file, struct tn_arena *arena, struct tn_image_gist *ret_gist);

/* The gist of configuration. */
struct tn_image_gist tn_image_gist_bytes(struct span bytes);

/* Whether two files that are known say the same: by their build ids, where both have one. */
bool tn_image_gist_eq(const struct tn_image_gist *a, const struct tn_image_gist *b);

#endif
