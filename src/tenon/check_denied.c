/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>

#include "core/denied.h"
#include "format/line.h"
#include "format/modname.h"
#include "format/noop.h"
#include "tenon/check.h"
#include "tenon/image/copies.h"
#include "tenon/image/newest.h"
#include "tenon/image_findings.h"
#include "tenon/table.h"
#include "util/cleanup.h"
#include "util/file.h"

/* tenon check --denied NAME...: is each of these modules kept out, in one word. */

struct denied {
        struct tn_check *check;
        struct tn_document *doc;
        struct json_object *list;
        struct tn_arena arena;
        struct tn_live live;
        struct tn_buf blacklist; /* the kernel's own */
        struct tn_denied_users users;
        bool image_asked;
        const char *image; /* the newest one; NULL: none, or none that can be read */
        struct tn_image_copies copies;
};

static bool denied_is_wanted(const struct tn_check *check, char **operands)
{
        (void)operands;
        return check->denied;
}

/* The newest initramfs of the kernel, read when a verdict depends on it. */
static int load_image(struct denied *denied)
{
        struct tn_run *run = &denied->check->run;
        const struct tn_dir root = { .fd = AT_FDCWD, .root = tn_world_root(&run->world) };
        _cleanup_(tn_image_files_fini) struct tn_image_files files = { 0 };
        _cleanup_(closep) int fd = -1;
        int r;

        if (denied->image_asked)
                return 0;
        denied->image_asked = true;
        r = tn_image_newest(&root, run->kernel.ptr, &files);
        if (r < 0)
                return r;
        if (files.hidden_err)
                tn_document_add_incomplete(denied->doc, files.hidden_path, strerror(-files.hidden_err));
        if (!files.n)
                return 0;
        fd = tn_dir_open_regular(&root, files.v[0].path);
        r = fd < 0 ? fd : tn_image_findings_load(fd, &denied->copies);
        if (r == -ENOMEM)
                return r;
        if (r < 0) {
                tn_document_add_incomplete(denied->doc, files.v[0].path, tn_image_findings_strerror(r));
                return 0;
        }
        denied->image = tn_arena_dup(&denied->arena, tn_span_of(files.v[0].path));
        return denied->image ? 0 : -ENOMEM;
}

/* Whether the text of a file of configuration refuses the module. */
static int text_refuses(struct span text, const char *name, bool *ret_refuses)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        struct tn_conf_record record;
        struct span line;
        int r;

        tn_lines_init(&lines, text);
        while ((r = tn_lines_next(&lines, &line)) > 0) {
                r = tn_modprobe_conf_parse(line, &arena, &record);
                if (r == -ENOMEM)
                        return r;
                if (r == 1 && record.kind == TN_CONF_INSTALL && tn_noop_parse(record.value) != TN_NOOP_NONE &&
                    fnmatch(record.key.ptr, name, 0) == 0)
                        *ret_refuses = true;
        }
        return r;
}

static int image_refuses(const struct denied *denied, const char *name, bool *ret_refuses)
{
        const struct tn_image_copy *copy;
        int r = 0;

        *ret_refuses = false;
        tn_vec_each (copy, &denied->copies)
                if (r == 0 && copy->path.kind == TN_IMAGE_MODPROBE && !copy->is_link)
                        r = text_refuses(copy->contents, name, ret_refuses);
        return r;
}

/* A module that the disk denies may still come in with the initramfs. */
static int look_into_image(struct denied *denied, struct tn_denied_answer *answer, const char **ret_image)
{
        bool refuses;
        int r;

        *ret_image = NULL;
        if (answer->verdict != TN_DENIED_YES || answer->by_kernel)
                return 0;
        r = load_image(denied);
        if (r < 0 || !denied->image ||
            !tn_image_findings_has_module(&denied->copies, denied->check->run.kernel.ptr, answer->name))
                return r;
        r = image_refuses(denied, answer->name, &refuses);
        if (r < 0 || refuses)
                return r;
        answer->verdict = TN_DENIED_BUT_IN_IMAGE;
        *ret_image = denied->image;
        return 0;
}

static void add_answer(struct denied *denied, const struct tn_denied_answer *answer, const char *image)
{
        struct tn_document *doc = denied->doc;
        struct json_object *to = tn_json_add_object(&doc->json, denied->list, NULL);

        tn_json_add_str(&doc->json, to, "name", answer->name);
        tn_json_add_str(&doc->json, to, "verdict", tn_denied_name(answer->verdict));
        tn_json_add_bool(&doc->json, to, "holds", tn_denied_holds(answer->verdict));
        tn_json_add_bool(&doc->json, to, "by_kernel", answer->by_kernel);
        tn_json_add_place(&doc->json, to, "where", answer->record ? answer->record->file : NULL,
                          answer->record ? answer->record->line : 0);
        tn_json_add_str(&doc->json, to, "dependency", answer->dependency);
        tn_json_add_str(&doc->json, to, "needed_by", answer->needed_by);
        tn_json_add_str(&doc->json, to, "image", image);
        if (!tn_denied_holds(answer->verdict))
                doc->status = TN_STATUS_NO;
}

static int judge(struct denied *denied, const char *word)
{
        struct tn_run *run = &denied->check->run;
        struct tn_denied_question question = {
                .catalog = run->world.catalog,
                .config = run->world.config,
                .live = run->live ? &denied->live : NULL,
                .blacklist = tn_buf_span(&denied->blacklist),
                .users = &denied->users,
                .name = tn_span_of(word),
        };
        struct tn_denied_answer answer;
        const char *image;
        int r = tn_denied_judge(&question, &denied->arena, &answer);

        if (r == -EINVAL && !tn_catalog_blame(run->world.catalog, r))
                return tn_run_usage(denied->doc, "'%s' is no name of a module", word);
        if (r == 0)
                r = look_into_image(denied, &answer, &image);
        if (r == 0)
                add_answer(denied, &answer, image);
        return r;
}

static int denied_build(struct tn_check *check, char **operands, struct tn_document *doc)
{
        struct denied denied = { .check = check, .doc = doc };
        int r;

        if (!operands[0])
                return tn_run_usage(doc, "--denied wants the names of modules");
        r = tn_run_open(&check->run, TN_WORLD_ROOT | TN_WORLD_CONFIG | TN_WORLD_CATALOG, doc);
        if (r < 0)
                return 0;
        if (check->run.live)
                tn_kernel_blacklist(&denied.blacklist);
        denied.list = tn_json_add_array(&doc->json, tn_document_result(doc), "denied");
        for (size_t i = 0; r == 0 && operands[i]; i++)
                r = judge(&denied, operands[i]);
        tn_image_copies_fini(&denied.copies);
        tn_live_fini(&denied.live);
        tn_buf_fini(&denied.blacklist);
        tn_denied_users_fini(&denied.users);
        tn_arena_fini(&denied.arena);
        return r;
}

/* Why, in words. */
static void add_reason(const struct json_object *answer, struct tn_buf *out)
{
        const struct json_object *where = tn_json_object(answer, "where");

        if (tn_json_bool(answer, "by_kernel"))
                tn_buf_add_str(out, "module_blacklist= of the kernel");
        if (where)
                tn_buf_addf(out, "%s line %lld", tn_json_str(where, "file"),
                            (long long)tn_json_int(where, "line"));
        if (tn_json_has(answer, "dependency"))
                tn_buf_addf(out, " denies %s, which it needs", tn_json_str(answer, "dependency"));
        if (tn_json_has(answer, "needed_by"))
                tn_buf_addf(out, "; it is loaded with %s", tn_json_str(answer, "needed_by"));
        if (tn_json_has(answer, "image"))
                tn_buf_addf(out, "; %s has it, and no such line", tn_json_str(answer, "image"));
}

static void denied_text(const struct json_object *root, struct tn_text *text)
{
        static const struct tn_column columns[] = {
                { .name = "MODULE" },
                { .name = "VERDICT" },
                { .name = "BECAUSE", .wrap = true },
        };
        const struct json_object *list = tn_json_array(tn_json_object(root, "result"), "denied");
        _cleanup_(tn_table_fini) struct tn_table table = { 0 };

        if (!tn_json_count(list))
                return;
        tn_table_init(&table, text, columns, ARRAY_SIZE(columns), false);
        for (size_t i = 0; i < tn_json_count(list); i++) {
                const struct json_object *answer = tn_json_at(list, i);
                struct tn_row *row = tn_table_row(&table, NULL);
                _cleanup_(tn_buf_fini) struct tn_buf reason = { 0 };

                add_reason(answer, &reason);
                tn_table_cell(&table, row, 0, tn_json_str(answer, "name"), TN_STYLE_BOLD);
                tn_table_cell(&table, row, 1, tn_json_str(answer, "verdict"),
                              tn_json_bool(answer, "holds") ? TN_STYLE_GOOD : TN_STYLE_BAD);
                tn_table_cell(&table, row, 2, tn_buf_str(&reason), TN_STYLE_PLAIN);
        }
        tn_table_print(&table);
}

const struct tn_check_part tn_check_denied = {
        .is_wanted = denied_is_wanted,
        .build = denied_build,
        .text = denied_text,
};
