/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "format/modname.h"
#include "kmod/modinfo_ahead.h"
#include "util/arena.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/pool.h"

struct reader {
        const struct modinfo_many *many;
        struct tn_arena arena;
        const char **paths; /* one an operand; NULL: none that is known */
};

/* Where an operand's file most likely is. What it really is will be found, and reported, when it is its turn. */
static const char *guess_path(struct reader *reader, struct tn_catalog *names, const char *operand)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 }, name = { 0 };
        int r;

        if (strcmp(operand, "-") == 0)
                return NULL;
        if (tn_modname_is_file(tn_span_of(operand), NULL)) {
                r = tn_file_absolute(operand, &path);
        } else {
                tn_modname_from_text(tn_span_of(operand), &name);
                r = !names || tn_buf_error(&name) ? -ENOENT
                                                  : tn_catalog_find_path(names, tn_buf_span(&name), &path);
        }
        return r < 0 || tn_buf_error(&path) ? NULL : tn_arena_dup(&reader->arena, tn_buf_span(&path));
}

/* Otherwise looking up a name goes through the whole tree, and is not done twice. */
static bool has_index(const struct tn_world *names)
{
        struct stat st;

        return tn_dir_stat(&names->dir, "modules.dep.bin", &st) == 0;
}

/* From indexes of their own, which log nothing: the messages of the others come with the operand that they are about. */
static int guess_paths(struct reader *reader)
{
        const struct modinfo_many *many = reader->many;
        _cleanup_(tn_world_close) struct tn_world names = {
                .base = many->world->base,
                .root = many->world->root,
                .release = many->world->release,
        };
        bool has_names = false;

        reader->paths = tn_arena_alloc(&reader->arena, many->n * sizeof(*reader->paths));
        if (!reader->paths)
                return -ENOMEM;
        if (many->parts)
                has_names = tn_world_open(&names, TN_WORLD_CATALOG) == 0 && has_index(&names);
        for (size_t i = 0; many->parts && i < many->n; i++)
                reader->paths[i] = guess_path(reader, has_names ? names.catalog : NULL, many->operands[i]);
        return 0;
}

static int load(struct tn_modroom *room, int fd, unsigned parts, struct tn_info *ret_info)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        struct stat st;
        int r;

        if (fstat(fd, &st) < 0) {
                r = -errno;
                closep(&fd);
                return r;
        }
        r = tn_modfile_take_in(room, fd, st.st_size, &file);
        return r < 0 ? r : tn_info_read(&file, parts, ret_info);
}

static size_t read_one(void *data, void *room, size_t i, void *result)
{
        const struct reader *reader = data;
        const struct modinfo_many *many = reader->many;
        struct modinfo_ahead ahead = { 0 };
        struct tn_modinfo *entry;
        size_t held = 0;
        int fd = reader->paths[i] ? tn_catalog_open_file(many->world->catalog, reader->paths[i]) : -ENOENT;

        if (fd >= 0 && load(room, fd, many->parts, &ahead.info) == 0)
                ahead.path = reader->paths[i];
        tn_vec_each (entry, &ahead.info.entries)
                held += sizeof(*entry) + entry->key.len + entry->value.len;
        *(struct modinfo_ahead *)result = ahead;
        return held;
}

static int show_one(void *data, size_t i, void *result)
{
        const struct modinfo_many *many = ((const struct reader *)data)->many;

        many->show(many->data, many->operands[i], result);
        return 0;
}

static void fini_result(void *result)
{
        tn_info_fini(&((struct modinfo_ahead *)result)->info);
}

static void fini_room(void *room)
{
        tn_modroom_fini(room);
}

int tn_modinfo_show_many(const struct modinfo_many *many)
{
        struct reader reader = { .many = many };
        const struct tn_pool_work work = {
                .n = many->n,
                .data = &reader,
                .run = read_one,
                .take = show_one,
                .fini_result = fini_result,
                .fini_room = fini_room,
                .result_size = sizeof(struct modinfo_ahead),
                .room_size = sizeof(struct tn_modroom),
        };
        int r = guess_paths(&reader);

        if (r == 0)
                r = tn_pool_run(&work);
        tn_arena_fini(&reader.arena);
        return r;
}
