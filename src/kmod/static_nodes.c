/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* kmod static-nodes: the device nodes that load a module when they are opened, for who makes them at boot. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "cli/arguments.h"
#include "cli/out.h"
#include "cli/say.h"
#include "core/bounds.h"
#include "core/dirs.h"
#include "core/world.h"
#include "format/devname.h"
#include "format/line.h"
#include "kmod/tools.h"
#include "util/brief.h"
#include "util/cleanup.h"
#include "util/newfile.h"

static const char usage[] = "Usage:\n"
                            "\tkmod static-nodes [options]\n"
                            "Lists the device nodes that load a module when they are opened.\n";

enum {
        ROOT = TN_OPTION_LONG,
};

static void add_human(const struct tn_devname *dev, struct tn_buf *out)
{
        tn_buf_addf(out,
                    "Module: %.*s\n\tDevice node: /dev/%.*s\n\t\tType: %s device\n\t\tMajor: %u\n"
                    "\t\tMinor: %u\n",
                    SPAN_FMT(dev->module), SPAN_FMT(dev->node), dev->type == 'c' ? "character" : "block",
                    dev->major, dev->minor);
}

static void add_tmpfiles(const struct tn_devname *dev, struct tn_buf *out)
{
        struct span dir = tn_span_head(dev->node, tn_span_rchr(dev->node, '/'));

        if (dir.len < dev->node.len)
                tn_buf_addf(out, "d /dev/%.*s 0755 - - -\n", SPAN_FMT(dir));
        tn_buf_addf(out, "%c! /dev/%.*s 0600 - - - %u:%u\n", dev->type, SPAN_FMT(dev->node), dev->major,
                    dev->minor);
}

static void add_devname(const struct tn_devname *dev, struct tn_buf *out)
{
        tn_buf_addf(out, "%.*s %.*s %c%u:%u\n", SPAN_FMT(dev->module), SPAN_FMT(dev->node), dev->type,
                    dev->major, dev->minor);
}

static const struct format {
        const char *name;
        const char *help;
        void (*add)(const struct tn_devname *dev, struct tn_buf *out);
} formats[] = {
        { "human", "for people; not to be parsed. The default", add_human },
        { "tmpfiles", "of tmpfiles.d(5), for systemd-tmpfiles", add_tmpfiles },
        { "devname", "of modules.devname", add_devname },
};

struct static_nodes {
        const struct format *format;
        const char *output;
        struct tn_world world;
};

static void print_formats(void)
{
        puts("\nFormats:");
        for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
                printf("  %-25s %s\n", formats[i].name, formats[i].help);
}

static int take_format(void *run, const char *arg);

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { 'f', "format", "FORMAT", "how to list them, see below", TN_OPTION_TAKES(take_format) },
        { 'o', "output", "FILE", "write to FILE; directories above it are made",
          TN_OPTION_KEEPS(struct static_nodes, output) },
        { ROOT, "root", "DIR", "modules are in DIR" TN_DIRS_MODULES "/VERSION",
          TN_OPTION_KEEPS(struct static_nodes, world.root) },
        { 'S', "set-version", "VERSION", "instead of the running kernel's",
          TN_OPTION_KEEPS(struct static_nodes, world.release) },
        { TN_OPTION_ROW_HELP },
};

static const struct tn_arguments arguments = {
        TN_ARGUMENTS(usage, table),
        .more_help = print_formats,
};

static int take_format(void *run, const char *arg)
{
        struct static_nodes *sn = run;

        for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
                if (strcmp(formats[i].name, arg) == 0) {
                        sn->format = &formats[i];
                        return 0;
                }
        }
        tn_say("Unknown format: '%s'.\n", arg);
        tn_arguments_help(&arguments);
        return -EINVAL;
}

/* Its messages never had a program's name in front, nor its level in capitals. */
static int fail(const char *what, const char *path, int r)
{
        tn_say("Error: %s %s - %s\n", what, path, tn_dir_strerror(r));
        return 1;
}

/* Returns the status: a bad line does not keep the others from being listed. */
static int convert(struct span text, const struct format *format, struct tn_buf *out)
{
        struct span line;
        int status = 0;

        text = tn_line_text(text);
        while (tn_line_next(&text, &line)) {
                struct tn_devname dev;

                if (tn_span_starts(line, SPAN("#")))
                        continue;
                if (tn_devname_parse(line, &dev) == 0) {
                        format->add(&dev, out);
                        continue;
                }
                tn_say("Error: invalid devname entry: %s\n", TN_BRIEF(line));
                status = 1;
        }
        return status;
}

static int write_file(const char *path, struct span text)
{
        _cleanup_(tn_buf_fini) struct tn_buf dir = { 0 };
        size_t name = tn_span_rchr(tn_span_of(path), '/');
        int r;

        if (path[name] && name > 0) {
                tn_buf_add(&dir, path, name);
                r = tn_buf_str(&dir) ? tn_newfile_make_dirs(dir.ptr) : tn_buf_error(&dir);
                if (r < 0)
                        return fail("could not create parent directory for", path, r);
        }
        r = tn_newfile_write(path, text);
        return r < 0 ? fail("could not create", path, r) : 0;
}

static int write_stdout(struct span text)
{
        tn_out_text(text);
        return fflush(stdout) == 0 && !ferror(stdout) ? 0
                                                      : fail("could not write", "to standard output", -errno);
}

static int list(const struct static_nodes *sn, const char *source)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, out = { 0 };
        int r = tn_dir_read(&sn->world.dir, "modules.devname", TN_BOUND_LIST, &text), status;

        if (r == -ENOENT) {
                tn_say("Warning: %s not found - ignoring\n", source);
                return 0;
        }
        if (r < 0)
                return fail("could not read", source, r);
        status = convert(tn_buf_span(&text), sn->format, &out);
        if (tn_buf_error(&out) < 0)
                return fail("could not list", source, tn_buf_error(&out));
        r = sn->output ? write_file(sn->output, tn_buf_span(&out)) : write_stdout(tn_buf_span(&out));
        return r ? r : status;
}

static void static_nodes_fini(struct static_nodes *sn)
{
        tn_world_close(&sn->world);
}

int tn_static_nodes_main(int argc, char **argv)
{
        _cleanup_(static_nodes_fini) struct static_nodes sn = { .format = &formats[0] };
        _cleanup_(tn_buf_fini) struct tn_buf source = { 0 };
        struct tn_tool tool;
        int r, status;

        tn_tool_init(&tool, "kmod", TN_LOG_ERR);
        if (!tn_arguments_take(&arguments, argc, argv, &tool, &sn, &status))
                return status;
        r = tn_world_open(&sn.world, TN_WORLD_DIR);
        if (r == 0) {
                tn_buf_addf(&source, "%s/modules.devname", sn.world.dir.path);
                r = tn_buf_str(&source) ? 0 : tn_buf_error(&source);
        }
        return r < 0 ? fail("could not find", "the directory of the modules", r) : list(&sn, source.ptr);
}
