/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/config_file.h"
#include "core/lint/run.h"
#include "format/classic_conf.h"
#include "format/cmdopts.h"
#include "format/line.h"
#include "format/modprobe_doubt.h"
#include "util/cleanup.h"
#include "util/nearest.h"

/* A logical line of a file. */
struct line {
        struct tn_lint_run *run;
        const struct tn_lint_file *file;
        unsigned number; /* of its last physical line */
        struct span raw; /* all its physical lines */
        struct span text;
};

static const char *str(const struct line *line, struct span text)
{
        return tn_lint_str(line->run, text);
}

static void add(const struct line *line, struct tn_finding finding)
{
        finding.file = line->file->name;
        finding.line = line->number;
        tn_lint_add(line->run, finding);
}

static const char *nearest_command(struct line *line, struct span word)
{
        struct tn_nearest nearest = { .word = word };

        for (enum tn_conf_kind kind = 0; kind < TN_CONF_KINDS; kind++)
                tn_nearest_look(&nearest, tn_span_of(tn_conf_kind_name(kind)));
        return str(line, nearest.best);
}

static const char *lacking(struct span command)
{
        if (tn_span_eq(command, SPAN("alias")))
                return "the name of the module";
        if (tn_span_eq(command, SPAN("options")))
                return "parameters";
        if (tn_span_ends(command, SPAN("dep")))
                return "the names of modules";
        return "a command";
}

static void add_fault(struct line *line, const struct tn_conf_record *bad)
{
        struct tn_finding finding = { .subject = bad->key.ptr };

        switch (bad->fault) {
        case TN_CONF_FAULT_NONE: return;
        case TN_CONF_FAULT_COMMAND:
                finding.code = TN_FINDING_CONFIG_COMMAND;
                finding.other = nearest_command(line, bad->key);
                break;
        case TN_CONF_FAULT_COMMENT: finding.code = TN_FINDING_CONFIG_COMMENT; break;
        case TN_CONF_FAULT_GONE: finding.code = TN_FINDING_CONFIG_GONE; break;
        case TN_CONF_FAULT_NAME: finding.code = TN_FINDING_CONFIG_NAME_MISSING; break;
        case TN_CONF_FAULT_ARGUMENT:
                finding.code = TN_FINDING_CONFIG_ARGUMENT_MISSING;
                finding.name = str(line, bad->value);
                finding.value = lacking(bad->key);
                break;
        case TN_CONF_FAULT_BRACKET:
                finding.code = TN_FINDING_CONFIG_BRACKET;
                finding.subject = str(line, bad->value);
                break;
        case TN_CONF_FAULT_MODE:
                finding.code = TN_FINDING_CONFIG_POLICY_MODE;
                finding.subject = str(line, bad->value);
                break;
        }
        add(line, finding);
}

static void add_doubt(struct line *line, const struct tn_doubt *doubt, const struct tn_conf_record *record)
{
        static const enum tn_finding_code codes[] = {
                [TN_DOUBT_NAME] = TN_FINDING_CONFIG_NAME_FORM,
                [TN_DOUBT_MORE] = TN_FINDING_CONFIG_WORD_EXTRA,
                [TN_DOUBT_PATTERN] = TN_FINDING_CONFIG_PATTERN,
                [TN_DOUBT_PART] = TN_FINDING_CONFIG_SOFTDEP_PART,
                [TN_DOUBT_BLANK] = TN_FINDING_CONFIG_SOFTDEP_BLANK,
                [TN_DOUBT_PARTS] = TN_FINDING_CONFIG_WEAKDEP_PART,
        };
        struct span other = doubt->part.len ? doubt->part : tn_buf_span(&doubt->name);

        if (doubt->kind == TN_DOUBT_MORE)
                other = record->kind == TN_CONF_POLICY ? SPAN("word") : SPAN("module");
        add(line, (struct tn_finding){
                          .code = codes[doubt->kind],
                          .subject = str(line, doubt->word),
                          .other = str(line, other),
                          .value = tn_conf_kind_name(record->kind),
                  });
}

/* A '#' behind words that are given on: what follows is no comment. */
static void look_for_comment(struct line *line, const struct tn_conf_record *record)
{
        bool options = record->kind == TN_CONF_OPTIONS;
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        struct span rest = record->value;

        if (!options && record->kind != TN_CONF_SOFTDEP && record->kind != TN_CONF_WEAKDEP)
                return;
        while (tn_cmdopts_next(&rest, &word) > 0) {
                if (!tn_span_starts(tn_buf_span(&word), SPAN("#")))
                        continue;
                add(line,
                    (struct tn_finding){
                            .code = TN_FINDING_CONFIG_COMMENT_TEXT,
                            .subject = str(line, tn_buf_span(&word)),
                            .value = options ? "is given to the module" : "is taken for names of modules",
                    });
                return;
        }
}

/* A name that is compared as it is, and can be no module's. What has other faults is doubted already. */
static bool look_at_record(struct line *line, const struct tn_conf_record *record)
{
        struct tn_doubt doubt;

        look_for_comment(line, record);
        if (!tn_doubt_find(line->text, record, &doubt))
                return false;
        add_doubt(line, &doubt, record);
        tn_doubt_fini(&doubt);
        return true;
}

/* "alias a b*": the module is a name. */
static void look_for_pattern(struct line *line, const struct tn_conf_record *record)
{
        if (record->kind == TN_CONF_ALIAS && tn_span_has_any(record->value, "*?["))
                add(line, (struct tn_finding){
                                  .code = TN_FINDING_CONFIG_PATTERN,
                                  .subject = record->value.ptr,
                                  .value = "the second word of alias",
                          });
}

/* Returns whether the record does not count in its file. */
static bool look_for_foreign(struct line *line, const struct tn_conf_record *record)
{
        const char *why = line->file->generated ? tn_config_foreign(record) : NULL;

        if (record->kind == TN_CONF_POLICY && !line->file->switches)
                why = tn_config_no_policy;
        if (why)
                add(line, (struct tn_finding){
                                  .code = TN_FINDING_CONFIG_FOREIGN,
                                  .subject = tn_conf_kind_name(record->kind),
                                  .name = record->key.ptr,
                                  .value = why,
                          });
        return why;
}

static void look_at_command(struct line *line)
{
        struct tn_conf_record record;
        int r = tn_modprobe_conf_parse(line->text, &line->run->findings->arena, &record);

        if (r == -ENOMEM) {
                line->run->err = r;
        } else if (r < 0) {
                add_fault(line, &record);
        } else if (r > 0 && !look_for_foreign(line, &record) && !line->file->generated &&
                   !look_at_record(line, &record)) {
                look_for_pattern(line, &record);
        }
}

/* What modprobe.conf and modules.conf had. True when there is nothing more to look at. */
static bool look_at_classic(struct line *line)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        enum tn_classic_conf kind = tn_classic_conf_parse(line->text, &text);

        if (kind == TN_CLASSIC_REFUSED)
                add(line, (struct tn_finding){
                                  .code = TN_FINDING_CONFIG_MODUTILS,
                                  .value = str(line, tn_buf_span(&text)),
                          });
        if (kind == TN_CLASSIC_INCLUDE && text.len == 0)
                add(line, (struct tn_finding){ TN_FINDING_CONFIG_NAME_MISSING, .subject = "include" });
        return kind != TN_CLASSIC_NONE;
}

/* A comment that ends in a backslash takes the next line with it, which may have been meant. */
static void look_at_comment(struct line *line)
{
        struct span rest = line->raw, piece;
        struct tn_conf_record record;

        tn_line_next(&rest, &piece);
        while (tn_line_next(&rest, &piece)) {
                if (tn_modprobe_conf_parse(piece, &line->run->findings->arena, &record) <= 0)
                        continue;
                add(line, (struct tn_finding){
                                  .code = TN_FINDING_CONFIG_COMMENT_JOINED,
                                  .subject = tn_conf_kind_name(record.kind),
                                  .name = record.key.ptr,
                          });
                return;
        }
}

static void look_at_line(struct line *line)
{
        size_t nul = tn_span_chr(line->text, '\0');

        if (tn_span_starts(line->text, SPAN("#"))) {
                look_at_comment(line);
                return;
        }
        if (nul < line->text.len) {
                add(line, (struct tn_finding){ TN_FINDING_CONFIG_NUL });
                line->text = tn_span_head(line->text, nul);
        }
        if (!line->file->classic || !look_at_classic(line))
                look_at_command(line);
}

/* Text of two bytes a character, as some editors of Windows write it, is bad line by line. */
static bool is_wide(struct span text)
{
        return tn_span_starts(text, SPAN("\xff\xfe")) || tn_span_starts(text, SPAN("\xfe\xff")) ||
               (text.len >= 4 && text.ptr[0] && !text.ptr[1] && text.ptr[2] && !text.ptr[3]);
}

/* A backslash at the end of all, which has nothing to join. */
static bool ends_joining(struct span text)
{
        size_t n = 0;

        while (n < text.len && text.ptr[text.len - 1 - n] == '\\')
                n++;
        return n % 2;
}

static void look_at_file(struct tn_lint_run *run, const struct tn_lint_file *file)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines = { 0 };
        struct line line = { .run = run, .file = file };

        if (is_wide(file->text)) {
                tn_lint_add(run, (struct tn_finding){ TN_FINDING_CONFIG_ENCODING, .path = file->name });
                return;
        }
        tn_lines_init(&lines, file->text);
        for (;;) {
                const char *start = lines.rest.ptr;

                if (run->err < 0 || tn_lines_next(&lines, &line.text) <= 0)
                        break;
                line.number = lines.number;
                line.raw = (struct span){ start, (size_t)(lines.rest.ptr - start) };
                look_at_line(&line);
        }
        if (run->err == 0 && ends_joining(file->text))
                add(&line, (struct tn_finding){ TN_FINDING_CONFIG_BACKSLASH });
}

void tn_lint_lines(struct tn_lint_run *run)
{
        for (size_t i = 0; run->err == 0 && i < run->lint->n_files; i++)
                if (run->lint->files[i].fate == TN_CONFIG_READ)
                        look_at_file(run, &run->lint->files[i]);
}
