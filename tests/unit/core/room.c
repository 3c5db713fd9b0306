/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "fake_kernel.h"
#include "format/index_write.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"
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

static void say_step(struct tn_buf *text, const struct tn_step *step)
{
        static const char *const kinds[] = {
                [TN_STEP_INSERT] = "insert", [TN_STEP_INSTALL] = "install", [TN_STEP_BUILTIN] = "builtin",
                [TN_STEP_LOADED] = "loaded", [TN_STEP_MISSING] = "missing", [TN_STEP_DELETE] = "delete",
                [TN_STEP_REMOVE] = "remove",
        };

        tn_buf_addf(text, "%s %s", kinds[step->kind], step->name);
        if (step->command)
                tn_buf_addf(text, " %s", step->command);
        if (step->options && *step->options)
                tn_buf_addf(text, " %s", step->options);
        tn_buf_add_str(text, step->required ? "\n" : "?\n");
}

static char *say_plan(struct tn_plan *plan)
{
        static const char *const verdicts[] = {
                [TN_VERDICT_GO] = "go",           [TN_VERDICT_IN_KERNEL] = "in kernel",
                [TN_VERDICT_EXISTS] = "exists",   [TN_VERDICT_BLACKLISTED] = "blacklisted",
                [TN_VERDICT_ABSENT] = "absent",   [TN_VERDICT_NOT_LOADED] = "not loaded",
                [TN_VERDICT_BUILTIN] = "builtin", [TN_VERDICT_IN_USE] = "in use",
        };
        struct tn_buf text = { 0 };
        char *str;

        for (size_t i = 0; i < plan->targets.n; i++) {
                const struct tn_target *target = &plan->targets.v[i];

                if (target->verdict != TN_VERDICT_GO)
                        tn_buf_addf(&text, "[%s %s]\n", verdicts[target->verdict],
                                    target->kept ? target->kept : target->match.name);
                for (size_t j = 0; j < target->n_steps; j++)
                        say_step(&text, &plan->steps.v[target->first_step + j]);
        }
        str = tn_buf_take(&text);
        assert_non_null(str);
        tn_plan_fini(plan);
        return str;
}

static struct tn_plan_request request(struct room *room, const char *operand, unsigned flags)
{
        tn_live_fini(&room->live);
        return (struct tn_plan_request){
                .catalog = room->catalog,
                .config = room->config,
                .live = &room->live,
                .subject = *operand == '/' ? tn_plan_of_file(operand) : tn_plan_of_text(tn_span_of(operand)),
                .flags = flags,
                .blacklist = room->blacklist,
        };
}

char *room_load(struct room *room, const char *operand, unsigned flags, const char *options)
{
        struct tn_plan_request req = request(room, operand, flags);
        struct tn_plan plan;

        if (room->match)
                req.subject = tn_plan_of_match(room->match);
        req.options = options;
        assert_int_equal(tn_plan_load(&req, &plan), 0);
        return say_plan(&plan);
}

char *room_remove(struct room *room, const char *operand, unsigned flags)
{
        struct tn_plan_request req = request(room, operand, flags);
        struct tn_plan plan;

        assert_int_equal(tn_plan_remove(&req, &plan), 0);
        return say_plan(&plan);
}
