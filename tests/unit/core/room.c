/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "fake_kernel.h"
#include "format/index_write.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "room.h"

static void save(const struct room *room, const char *name, struct tn_index_writer *writer)
{
        _cleanup_(freep) char *path = tmpdir_path(&room->dir, name);
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        _cleanup_(fclosep) FILE *f = fopen(path, "w");

        assert_int_equal(tn_index_writer_emit(writer, &bytes), 0);
        assert_non_null(f);
        assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
        tn_index_writer_free(writer);
}

static void save_deps(const struct room *room, struct span text)
{
        struct tn_index_writer *writer = tn_index_writer_new();
        struct span line;
        uint32_t priority = 0;

        while (tn_span_split(&text, '\n', &line)) {
                _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

                tn_modname_from_path(tn_span_head(line, tn_span_chr(line, ':')), &name);
                assert_int_equal(tn_index_writer_add(writer, tn_buf_span(&name), line, priority++), 0);
        }
        save(room, "modules.dep.bin", writer);
}

void room_save_pairs(const struct room *room, const char *file, const char *pairs)
{
        struct span text = tn_span_of(pairs);
        struct tn_index_writer *writer = tn_index_writer_new();
        struct span line;
        uint32_t priority = 0;

        while (tn_span_split(&text, '\n', &line)) {
                _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };

                assert_int_equal(tn_modname_from_alias(tn_span_word(&line, " "), &key), 0);
                assert_int_equal(
                        tn_index_writer_add(writer, tn_buf_span(&key), tn_span_trim(line), priority++), 0);
        }
        save(room, file, writer);
}

struct room room_new(const char *deps, const char *aliases, const char *builtins, const char *conf)
{
        struct room room = { .dir = tmpdir_new() };
        _cleanup_(freep) char *path = tmpdir_path(&room.dir, "test.conf");
        const char *paths[] = { path, NULL };
        const struct tn_config_sources sources = { .paths = paths };
        const struct tn_dir at = tn_dir_at(room.dir.path);

        fake_kernel_reset();
        tmpdir_write(&room.dir, "test.conf", conf ? conf : "");
        save_deps(&room, tn_span_of(deps));
        room_save_pairs(&room, "modules.alias.bin", aliases);
        room_save_pairs(&room, "modules.builtin.bin", builtins);
        assert_int_equal(tn_config_load(&sources, NULL, &room.config), 0);
        assert_int_equal(tn_catalog_open(&at, &room.catalog), 0);
        return room;
}

void room_fini(struct room *room)
{
        tn_live_fini(&room->live);
        tn_config_free(room->config);
        tn_catalog_close(room->catalog);
        tmpdir_fini(&room->dir);
}
