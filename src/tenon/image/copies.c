/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "tenon/image/copies.h"
#include "util/cleanup.h"
#include "util/file.h"

struct span tn_image_key(struct span path)
{
        return tn_span_starts(path, SPAN("usr/lib/")) ? tn_span_skip(path, 4) : path;
}

void tn_image_copies_fini(struct tn_image_copies *copies)
{
        tn_vec_fini(copies);
        tn_map_fini(&copies->paths);
        tn_arena_fini(&copies->arena);
        *copies = (struct tn_image_copies){ 0 };
}

const struct tn_image_copy *tn_image_copies_find(const struct tn_image_copies *copies, struct span path)
{
        uintptr_t index = (uintptr_t)tn_map_find(&copies->paths, tn_image_key(path));

        return index ? &copies->v[index - 1] : NULL;
}

/* While an image is read. */
struct load {
        struct tn_image_copies *copies;
        struct tn_buf bytes; /* of the entry */
        size_t configs;      /* bytes that are kept */
        uint64_t left;       /* bytes that modules may still be decompressed to */
};

static int keep(struct tn_arena *arena, struct span bytes, struct span *ret_kept)
{
        char *kept = tn_arena_dup(arena, bytes);

        if (!kept)
                return -ENOMEM;
        *ret_kept = (struct span){ kept, bytes.len };
        return 0;
}

/* The path in memory that stays. */
static int keep_path(struct tn_arena *arena, const struct tn_image_path *path, struct tn_image_path *ret_path)
{
        struct span kept;
        int r = keep(arena, path->path, &kept);

        if (r < 0)
                return r;
        return tn_image_path_parse(kept, ret_path) ? 0 : -EINVAL;
}

/* Puts it in the place of one that had the path, or behind the others. */
static int add(struct tn_image_copies *copies, const struct tn_image_copy *copy)
{
        struct span key = tn_image_key(copy->path.path);
        uintptr_t index = (uintptr_t)tn_map_find(&copies->paths, key);
        int r;

        if (index) {
                copies->v[index - 1] = *copy;
                return 0;
        }
        if (copies->n == TN_IMAGE_COPIES)
                return -EFBIG;
        r = tn_vec_add(copies, *copy);
        return r < 0 ? r : tn_map_add(&copies->paths, key, (void *)(uintptr_t)copies->n);
}

/* The bytes of a module file, decompressed; they are taken over. */
static int unpack_module(struct load *load, struct tn_buf *ret_bytes)
{
        const struct tn_codec *codec = tn_codec_find(tn_buf_span(&load->bytes));
        size_t max = (size_t)MIN((uint64_t)tn_modfile_max(), load->left);
        int r;

        if (!codec) {
                *ret_bytes = TAKE(load->bytes);
                return 0;
        }
        r = tn_codec_decode(codec, tn_buf_span(&load->bytes), max, ret_bytes);
        load->left -= r == -EFBIG ? max : ret_bytes->len;
        return r;
}

/* A module that does not decompress stays unknown. */
static int take_module(struct load *load, struct tn_image_copy *copy)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1, .loaded = true };
        int r = unpack_module(load, &file.bytes);

        if (r == 0)
                r = tn_image_gist_module(&file, &load->copies->arena, &copy->gist);
        return r == -ENOMEM ? r : 0;
}

static int take_config(struct load *load, struct tn_image_copy *copy)
{
        load->configs += load->bytes.len;
        if (load->configs > TN_IMAGE_CONFIGS)
                return -EFBIG;
        if (!copy->is_link)
                copy->gist = tn_image_gist_bytes(tn_buf_span(&load->bytes));
        return keep(&load->copies->arena, tn_buf_span(&load->bytes), &copy->contents);
}

static int take(void *data, const struct tn_image_entry *entry, struct tn_image_contents *contents)
{
        struct load *load = data;
        struct tn_image_copy copy = { .shared = entry->shared, .is_link = entry->is_link };
        bool is_module = entry->path.kind == TN_IMAGE_MODULE && !entry->is_link;
        bool is_read =
                (entry->path.kind != TN_IMAGE_INDEX || entry->is_link) && entry->size <= tn_modfile_max();
        int r = keep_path(&load->copies->arena, &entry->path, &copy.path);

        tn_buf_reset(&load->bytes);
        if (r == 0 && is_read)
                r = tn_image_contents_read(contents, &load->bytes);
        if (r == 0 && is_read)
                r = is_module ? take_module(load, &copy) : take_config(load, &copy);
        return r < 0 ? r : add(load->copies, &copy);
}

static struct span key_of_shared(const struct tn_image_shared *shared)
{
        return (struct span){ (const char *)shared, sizeof(*shared) };
}

/* Which copy has the contents of each file with several names. */
static int find_owners(const struct tn_image_copies *copies, struct tn_map *owners)
{
        struct tn_image_copy *copy;
        int r = 0;

        tn_vec_each (copy, copies) {
                if (r == 0 && copy->shared.archive && copy->gist.size > 0)
                        r = tn_map_add(owners, key_of_shared(&copy->shared), copy);
        }
        return r;
}

/*
 * Names of a file whose contents are at another of its names get them from there. Where none of its names that we know
 * has any, the contents may be at one that we do not know.
 */
static int share(struct tn_image_copies *copies)
{
        _cleanup_(tn_map_fini) struct tn_map owners = { 0 };
        struct tn_image_copy *copy;
        int r = find_owners(copies, &owners);

        tn_vec_each (copy, copies) {
                const struct tn_image_copy *owner;

                if (r < 0 || !copy->shared.archive || copy->gist.size > 0)
                        continue;
                owner = tn_map_find(&owners, key_of_shared(&copy->shared));
                copy->gist = owner ? owner->gist : (struct tn_image_gist){ 0 };
                copy->contents = owner ? owner->contents : SPAN("");
        }
        return r;
}

/* Appends the path that a link's target is, from the root of the image; "" when it leads out of it. */
static void resolve(struct span path, struct span target, struct tn_buf *out)
{
        struct span rest = target, piece;

        if (!tn_span_starts(target, SPAN("/")))
                tn_buf_add_span(out, tn_span_head(path, path.len - tn_span_base(path).len));
        while (out->len > 0 && out->ptr[out->len - 1] == '/')
                out->len--;
        while (tn_span_split(&rest, '/', &piece)) {
                if (piece.len == 0 || tn_span_eq(piece, SPAN(".")))
                        continue;
                if (tn_span_eq(piece, SPAN(".."))) {
                        size_t slash = tn_span_rchr(tn_buf_span(out), '/');

                        out->len = slash < out->len ? slash : 0;
                        continue;
                }
                if (out->len > 0)
                        tn_buf_add_char(out, '/');
                tn_buf_add_span(out, piece);
        }
}

static int follow(struct tn_image_copies *copies)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct tn_image_copy *copy;

        tn_vec_each (copy, copies) {
                const struct tn_image_copy *target;

                if (!copy->is_link)
                        continue;
                tn_buf_reset(&path);
                resolve(copy->path.path, copy->contents, &path);
                target = tn_image_copies_find(copies, tn_buf_span(&path));
                if (target && !target->is_link)
                        copy->gist = target->gist;
                else if (tn_span_eq(tn_buf_span(&path), SPAN("dev/null")))
                        copy->gist = tn_image_gist_bytes(SPAN(""));
                if (tn_buf_error(&path) < 0)
                        return -ENOMEM;
        }
        return 0;
}

int tn_image_copies_load(int fd, const struct tn_image_watch *watch, struct tn_image_copies *ret_copies)
{
        struct load load = { .copies = ret_copies, .left = TN_IMAGE_UNPACKED };
        const struct tn_image_reader reader = {
                .entry = take,
                .data = &load,
                .read = watch ? watch->hear : NULL,
                .read_data = watch ? watch->data : NULL,
        };
        int r;

        *ret_copies = (struct tn_image_copies){ 0 };
        r = tn_image_read(fd, &reader, &ret_copies->progress);
        tn_buf_fini(&load.bytes);
        if (share(ret_copies) < 0 || follow(ret_copies) < 0)
                return -ENOMEM;
        return r;
}
