/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "core/lint_load.h"
#include "tenon/table.h"
#include "tenon/verb.h"
#include "util/cleanup.h"

struct config {
        struct tn_run run;
        bool check, strict;
        struct tn_option_list paths, ignored;
        struct tn_lint_world *loaded;
};

static const char usage[] = "Usage:\n"
                            "\ttenon config [options]\n"
                            "Shows the configuration of modprobe as it is in force, or checks it.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { 'c', "check", NULL, "look for what is wrong or without effect",
          TN_OPTION_SETS(struct config, check) },
        { TN_OPTION_LONG, "strict", NULL, "warnings count, too: the status is 1",
          TN_OPTION_SETS(struct config, strict) },
        { TN_OPTION_LONG + 1, "ignore", "ID", "leave out findings of that code",
          TN_OPTION_LISTS(struct config, ignored) },
        { 'C', "config", "PATH", "read that file or directory instead",
          TN_OPTION_LISTS(struct config, paths) },
        TN_VERB_OPTIONS,
};

static const char *fate_name(enum tn_config_fate fate)
{
        switch (fate) {
        case TN_CONFIG_READ: return "read";
        case TN_CONFIG_FAILED: return "failed";
        case TN_CONFIG_SUFFIX: return "suffix";
        case TN_CONFIG_HIDDEN: return "hidden";
        case TN_CONFIG_DIRECTORY: return "directory";
        }
        return "";
}

/* What may be missing is no file. */
static bool is_there(const struct tn_lint_file *file)
{
        return file->fate != TN_CONFIG_FAILED || (file->err != -ENOENT && file->err != -ENOTDIR) ||
               file->link;
}

static void add_files(struct tn_document *doc, const struct tn_lint *lint)
{
        struct json_object *files = tn_json_add_array(&doc->json, tn_document_result(doc), "files"), *to;

        for (size_t i = 0; i < lint->n_files; i++) {
                const struct tn_lint_file *file = &lint->files[i];

                if (!is_there(file))
                        continue;
                to = tn_json_add_object(&doc->json, files, NULL);
                tn_json_add_str(&doc->json, to, "path", file->name);
                tn_json_add_str(&doc->json, to, "state", fate_name(file->fate));
                tn_json_add_bool(&doc->json, to, "shipped", file->shipped);
        }
}

static void add_line(struct tn_document *doc, struct json_object *lines, const struct tn_conf_record *record)
{
        struct json_object *to = tn_json_add_object(&doc->json, lines, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf value = { 0 };

        tn_modprobe_conf_format_value(record, &value);
        if (tn_buf_error(&value) < 0)
                doc->json.err = -ENOMEM;
        tn_json_add_str(&doc->json, to, "command", tn_conf_kind_name(record->kind));
        tn_json_add_span(&doc->json, to, "name", record->key);
        if (record->kind == TN_CONF_BLACKLIST)
                tn_json_add_null(&doc->json, to, "value");
        else
                tn_json_add_span(&doc->json, to, "value", tn_buf_span(&value));
        tn_json_add_str(&doc->json, to, "file", record->file);
        tn_json_add_int(&doc->json, to, "line", record->line);
}

static void add_lines(struct tn_document *doc, const struct tn_config *config)
{
        struct json_object *lines = tn_json_add_array(&doc->json, tn_document_result(doc), "lines");

        for (enum tn_conf_kind kind = 0; kind < TN_CONF_KINDS; kind++) {
                struct tn_config_iter iter = tn_config_each(config, kind);
                const struct tn_conf_record *record;

                while ((record = tn_config_next(&iter)))
                        add_line(doc, lines, record);
        }
}

/* Paths that the user names and that are not there; modprobe passes them over. */
static void add_missing(const struct tn_option_list *paths, struct tn_document *doc)
{
        struct stat st;

        for (size_t i = 0; i < paths->n; i++)
                if (stat(paths->v[i], &st) < 0) {
                        tn_document_add_incomplete(doc, paths->v[i], strerror(errno));
                        doc->status = TN_STATUS_UNKNOWN;
                }
}

/* What keeps the answer from being whole. */
static void add_unseen(struct tn_document *doc, const struct tn_lint *lint, bool names)
{
        for (size_t i = 0; i < lint->n_files; i++)
                if (tn_lint_is_forbidden(&lint->files[i])) {
                        tn_document_add_incomplete(doc, lint->files[i].name, strerror(-lint->files[i].err));
                        doc->status = TN_STATUS_UNKNOWN;
                }
        if (names && !lint->catalog) {
                tn_document_add_incomplete(doc, "the names of modules",
                                           "there are none in the module directory");
                doc->status = TN_STATUS_UNKNOWN;
        }
}

static bool is_ignored(const struct config *config, enum tn_finding_code code)
{
        for (size_t i = 0; i < config->ignored.n; i++)
                if (strcmp(config->ignored.v[i], tn_finding_id(code)) == 0)
                        return true;
        return false;
}

static int check(const struct config *config, const struct tn_lint *lint, struct tn_document *doc)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        const struct tn_finding *finding;
        int r = tn_lint(lint, &findings);

        tn_vec_each (finding, &findings.list)
                if (!is_ignored(config, finding->code))
                        tn_document_add_finding(doc, finding, NULL);
        tn_document_judge(doc, config->strict);
        if (r > 0)
                tn_document_add_incomplete(doc, "the rest of the configuration",
                                           "there are too many findings");
        return MIN(r, 0);
}

static int check_arguments(struct config *config, char **operands, struct tn_document *doc)
{
        enum tn_finding_code unused;

        if (operands[0])
                return tn_run_usage(doc, "config takes no object, so not '%s'", operands[0]);
        for (size_t i = 0; i < config->ignored.n; i++)
                if (tn_finding_by_id(tn_span_of(config->ignored.v[i]), &unused) < 0)
                        return tn_run_usage(doc, "there is no finding '%s' (tenon-findings(7) has all)",
                                            config->ignored.v[i]);
        return 0;
}

static int config_build(struct tn_run *run, char **operands, struct tn_document *doc)
{
        struct config *config = (struct config *)run;
        const struct tn_lint *lint;
        int r = check_arguments(config, operands, doc);

        if (r < 0)
                return r;
        if (config->paths.n)
                run->world.config_paths = config->paths.v;
        add_missing(&config->paths, doc);
        if (tn_run_open(run, TN_WORLD_ROOT | TN_WORLD_CATALOG, doc) < 0)
                return 0;
        r = tn_lint_load(&run->world, &config->loaded);
        if (r < 0)
                return r;
        lint = tn_lint_world_get(config->loaded);
        tn_json_add_bool(&doc->json, tn_document_result(doc), "checked", config->check);
        add_files(doc, lint);
        add_lines(doc, lint->config);
        add_unseen(doc, lint, config->check);
        return config->check ? check(config, lint, doc) : 0;
}

static void config_fini(struct tn_run *run)
{
        struct config *config = (struct config *)run;

        tn_lint_world_free(config->loaded);
        tn_vec_fini(&config->paths);
        tn_vec_fini(&config->ignored);
}

static void render_line(struct tn_table *out, const struct json_object *line)
{
        struct tn_row *row = tn_table_row(out, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf place = { 0 };
        const char *const cells[] = { "command", "name", "value" };

        for (size_t i = 0; i < ARRAY_SIZE(cells); i++)
                tn_table_cell(out, row, i, tn_json_str(line, cells[i]),
                              i == 1 ? TN_STYLE_BOLD : TN_STYLE_PLAIN);
        tn_buf_add_str(&place, tn_json_str(line, "file"));
        if (tn_json_int(line, "line"))
                tn_buf_addf(&place, " line %lld", (long long)tn_json_int(line, "line"));
        tn_table_cell(out, row, ARRAY_SIZE(cells), tn_buf_str(&place), TN_STYLE_DIM);
}

static void render_lines(const struct json_object *lines, struct tn_text *text)
{
        static const struct tn_column columns[] = {
                { .name = "COMMAND" },
                { .name = "NAME" },
                { .name = "VALUE" },
                { .name = "FROM" },
        };
        _cleanup_(tn_table_fini) struct tn_table out;

        tn_table_init(&out, text, columns, ARRAY_SIZE(columns), false);
        for (size_t i = 0; i < tn_json_count(lines); i++)
                render_line(&out, tn_json_at(lines, i));
        tn_table_print(&out);
}

static size_t count_read(const struct json_object *files)
{
        size_t n = 0;

        for (size_t i = 0; i < tn_json_count(files); i++)
                n += strcmp(tn_json_str(tn_json_at(files, i), "state"), "read") == 0;
        return n;
}

static void config_text(const struct json_object *root, struct tn_text *text)
{
        const struct json_object *result = tn_json_object(root, "result");
        const struct json_object *lines = tn_json_array(result, "lines");
        size_t n = count_read(tn_json_array(result, "files"));
        bool clean = !tn_json_count(tn_json_array(root, "findings")) &&
                     !tn_json_count(tn_json_array(root, "incomplete"));

        if (tn_json_bool(result, "checked"))
                tn_text_add(text, "%zu line%s in %zu file%s%s\n", tn_json_count(lines),
                            tn_json_count(lines) == 1 ? "" : "s", n, n == 1 ? "" : "s",
                            clean ? ": nothing is wrong with them" : "");
        else
                render_lines(lines, text);
}

const struct tn_verb tn_verb_config = {
        .name = "config",
        .help = "the configuration as it is in force, and what is wrong with it",
        .arguments = { TN_ARGUMENTS(usage, table) },
        .size = sizeof(struct config),
        .build = config_build,
        .fini = config_fini,
        .render = { [TN_FORM_TEXT] = config_text },
};
