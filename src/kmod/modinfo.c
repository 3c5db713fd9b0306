/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/arguments.h"
#include "cli/explain.h"
#include "core/dirs.h"
#include "core/lookup.h"
#include "core/world.h"
#include "format/modname.h"
#include "kmod/modinfo.h"
#include "kmod/tools.h"
#include "util/brief.h"
#include "util/cleanup.h"
#include "util/file.h"

static const char usage[] = "Usage:\n"
                            "\tmodinfo [options] modulename|filename ...\n"
                            "Shows what modules say of themselves.\n"
                            "The filename - stands for standard input.\n";

enum {
        ROOT = TN_OPTION_LONG,
};

/* One run of modinfo: what its options said, and what it works with. */
struct modinfo {
        struct tn_tool tool;
        struct modinfo_style style;
        bool only_names;
        struct tn_world world;
};

static int end_with_nul(void *run, const char *arg)
{
        struct modinfo *mi = run;

        mi->style.end = '\0';
        return 0;
}

#define FIELD_IS(name) TN_OPTION_NAMES(struct modinfo, style.field, name)

/* Of several options that name a field, the last one counts. */
static const struct tn_option table[] = {
        { 0, NULL, NULL, "What to show instead of everything:" },
        { 'a', "author", NULL, "the field 'author'", FIELD_IS("author") },
        { 'd', "description", NULL, "the field 'description'", FIELD_IS("description") },
        { 'l', "license", NULL, "the field 'license'", FIELD_IS("license") },
        { 'p', "parameters", NULL, "the field 'parm': the parameters", FIELD_IS("parm") },
        { 'n', "filename", NULL, "the field 'filename'", FIELD_IS("filename") },
        { 'F', "field", "FIELD", "the field FIELD", TN_OPTION_KEEPS(struct modinfo, style.field) },
        { 0, NULL, NULL, "How:" },
        { '0', "null", NULL, "end each value with a NUL, not with a newline", TN_OPTION_TAKES(end_with_nul) },
        { 'm', "modname", NULL, "operands are module names: no aliases, no files",
          TN_OPTION_SETS(struct modinfo, only_names) },
        { 0, NULL, NULL, "Where:" },
        { 'b', "basedir", "DIR", "modules are in DIR" TN_DIRS_MODULES "/VERSION",
          TN_OPTION_KEEPS(struct modinfo, world.base) },
        { ROOT, "root", "DIR", "the same, and no link leads out of DIR",
          TN_OPTION_KEEPS(struct modinfo, world.root) },
        { 'k', "set-version", "VERSION", "instead of the running kernel's",
          TN_OPTION_KEEPS(struct modinfo, world.release) },
        { 0, NULL, NULL, "General:" },
        { TN_OPTION_ROW_EXPLAIN },
        { TN_OPTION_ROW_VERSION },
        { TN_OPTION_ROW_HELP },
};

static const struct tn_arguments arguments = { TN_ARGUMENTS(usage, table), .level = TN_LOG_WARNING };

static void modinfo_fini(struct modinfo *mi)
{
        tn_world_close(&mi->world);
}

static int load(struct modinfo *mi, const struct modinfo_subject *subject, struct tn_info *ret_info)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        int fd, r;

        if (!subject->path) {
                r = tn_info_load_builtin(tn_catalog_where(mi->world.catalog), tn_span_of(subject->name),
                                         ret_info);
                return r == -ENOENT ? 0 : r; /* kernels before 5.2 do not tell */
        }
        if (strcmp(subject->name, "-") == 0) { /* which is no module's name */
                r = tn_modfile_drain(STDIN_FILENO, &file);
        } else {
                fd = tn_catalog_open_file(mi->world.catalog, subject->path);
                r = fd < 0 ? fd : tn_modfile_take(fd, &file);
        }
        return r < 0 ? r : tn_info_read(&file, tn_info_parts(mi->style.field), ret_info);
}

static int show(struct modinfo *mi, const struct modinfo_subject *subject)
{
        _cleanup_(tn_info_fini) struct tn_info info = { 0 };
        int r;

        if (tn_modinfo_print_head(&mi->style, subject))
                return 0;
        r = load(mi, subject, &info);
        if (r == 0)
                r = tn_modinfo_print(&mi->style, &info, &mi->tool);
        if (r < 0)
                tn_tool_error(&mi->tool, "could not get modinfo from '%s': %s", subject->name, strerror(-r));
        if (r < 0 && subject->path && strcmp(subject->name, "-") != 0)
                tn_explain_file(&mi->tool, subject->path, mi->world.catalog);
        return r;
}

static int show_stdin(struct modinfo *mi)
{
        if (isatty(STDIN_FILENO)) {
                tn_tool_error(&mi->tool, "could not get modinfo from '-': standard input is a terminal");
                return -EINVAL;
        }
        return show(mi, &(struct modinfo_subject){ .name = "-", .path = "(standard input)" });
}

static int show_file(struct modinfo *mi, const char *operand)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 }, name = { 0 };
        int r = tn_file_absolute(operand, &path);

        tn_modname_from_path(tn_span_of(operand), &name);
        if (r < 0 || !tn_buf_str(&path) || !tn_buf_str(&name)) {
                tn_tool_error(&mi->tool, "Module file %s not found.", TN_BRIEF_STR(operand));
                return r < 0 ? r : -ENOMEM;
        }
        return show(mi, &(struct modinfo_subject){ .name = name.ptr, .path = path.ptr });
}

/* A module that was looked up: the file that modules.dep has of it, or else it must be built in. */
static int show_match(struct modinfo *mi, const struct tn_match *match)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct modinfo_subject subject = { .name = match->name };
        struct span name = tn_span_of(match->name);
        int r = tn_catalog_find_path(mi->world.catalog, name, &path);

        if (r == 0)
                subject.path = tn_buf_str(&path);
        else if (tn_catalog_is_builtin(mi->world.catalog, name))
                r = 0;
        if (r == 0) {
                r = show(mi, &subject);
                if (r == 0 && subject.path)
                        tn_explain_twins(&mi->tool, mi->world.catalog, match->name, subject.path);
                return r;
        }
        tn_tool_error(&mi->tool, "could not get modinfo from '%s': %s", match->name, strerror(-r));
        return r;
}

static const struct tn_evidence_tool me = { "modinfo", "-b", "-k", "modinfo" };

static int show_lookup(struct modinfo *mi, const char *operand)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        struct span text = tn_span_of(operand);
        int r;

        if (mi->only_names)
                r = tn_lookup_name(mi->world.catalog, text, &arena, &matches);
        else
                r = tn_lookup(mi->world.catalog, NULL, text, &arena, &matches);
        if (r < 0 || matches.n == 0) {
                const char *what = mi->only_names ? " name" : r < 0 ? " alias" : "";

                tn_tool_error(&mi->tool, "Module%s %s not found.", what, TN_BRIEF_STR(operand));
                if (r == 0)
                        tn_explain_name(&mi->tool, &(struct tn_evidence_name_from){
                                                           .asked = operand,
                                                           .catalog = mi->world.catalog,
                                                           .tool = &me,
                                                   });
                else
                        tn_explain_index(&mi->tool, mi->world.catalog, r);
                return r < 0 ? r : -ENOENT;
        }
        for (size_t i = 0; i < matches.n; i++)
                if (show_match(mi, &matches.v[i]) < 0)
                        r = -EINVAL;
        return r;
}

static int show_operand(struct modinfo *mi, const char *operand)
{
        struct stat st;

        if (mi->only_names)
                return show_lookup(mi, operand);
        if (strcmp(operand, "-") == 0)
                return show_stdin(mi);
        if (tn_modname_is_file(tn_span_of(operand), NULL) && stat(operand, &st) == 0 && S_ISREG(st.st_mode))
                return show_file(mi, operand);
        return show_lookup(mi, operand);
}

static int open_catalog(struct modinfo *mi)
{
        if (mi->world.root && *mi->world.root)
                mi->world.base = NULL; /* of the two, the root counts */
        mi->world.log = &mi->tool.log;
        return tn_world_open(&mi->world, TN_WORLD_CATALOG);
}

int tn_modinfo_main(int argc, char **argv)
{
        _cleanup_(modinfo_fini) struct modinfo mi = { .style.end = '\n' };
        int r, status = 0;

        if (!tn_arguments_begin(&arguments, argc, argv, &mi.tool, &mi, &status))
                return status;
        if (optind >= argc) {
                tn_tool_error(&mi.tool, "missing module or filename.");
                return 1;
        }
        r = open_catalog(&mi);
        if (r < 0) {
                tn_tool_error(&mi.tool, "could not find the module directory: %s", strerror(-r));
                return 1;
        }
        for (int i = optind; i < argc; i++)
                if (show_operand(&mi, argv[i]) < 0)
                        status = 1;
        return tn_tool_end(&mi.tool, status);
}
