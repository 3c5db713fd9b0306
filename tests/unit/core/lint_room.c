/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "core/lint_load.h"
#include "fake_kernel.h"
#include "lint_room.h"
#include "mkelf.h"
#include "util/cleanup.h"

#define MODULES "lib/modules/1/"

static void write_loop(const struct tmpdir *dir)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        static const char *const types[] = { "max_loop:int", "on:bool", "ports:array of ushort", "mode:bool",
                                             "name:charp" };
        static const char params[7 * 40]; /* two more than it describes */
        struct span bytes;

        for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf entry = { 0 };

                tn_buf_addf(&entry, "parmtype=%s", types[i]);
                mkelf_info(&made, tn_buf_str(&entry));
        }
        mkelf_need(&made, "param_ops_int", false);
        mkelf_need(&made, "param_ops_bool", false);
        mkelf_need(&made, "param_ops_ushort", false);
        mkelf_section(&made, ".rodata.str1.1", SHT_PROGBITS, SPAN("one\0auto\0force\0undescribed\0"));
        mkelf_section(&made, "__param", SHT_PROGBITS, (struct span){ params, sizeof(params) });
        bytes = mkelf_span(&made);
        tmpdir_write_bytes(dir, MODULES "kernel/loop.ko", bytes.ptr, bytes.len);
}

struct tmpdir lint_room_new(void)
{
        struct tmpdir dir = tmpdir_new();

        fake_kernel_reset();
        tmpdir_write(&dir, MODULES "modules.dep",
                     "kernel/fat.ko:\n"
                     "kernel/vfat.ko: kernel/fat.ko\n"
                     "kernel/msdos.ko: kernel/fat.ko\n"
                     "kernel/loop.ko:\n"
                     "kernel/brd.ko:\n"
                     "kernel/lonely.ko: kernel/brd.ko\n"
                     "kernel/nouveau.ko:\n");
        tmpdir_write(&dir, MODULES "modules.alias",
                     "alias fs-vfat vfat\n"
                     "alias fs-msdos msdos\n"
                     "alias block-major-7-* loop\n"
                     "alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau\n");
        tmpdir_write(&dir, MODULES "modules.symbols", "");
        tmpdir_write(&dir, MODULES "modules.builtin", "kernel/ext4.ko\n");
        write_loop(&dir);
        return dir;
}

/* Without the root in front of paths. */
static void add_plain(const struct tmpdir *dir, const char *text, struct tn_buf *out)
{
        const char *found;

        while ((found = strstr(text, dir->path))) {
                tn_buf_add(out, text, (size_t)(found - text));
                text = found + strlen(dir->path);
        }
        tn_buf_add_str(out, text);
}

static void add_finding(const struct tmpdir *dir, const struct tn_finding *finding, bool full,
                        struct tn_buf *out)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        add_plain(dir, finding->file ? finding->file : finding->path, out);
        if (finding->line)
                tn_buf_addf(out, " %u", finding->line);
        tn_buf_addf(out, " %s", tn_finding_id(finding->code));
        if (full) {
                tn_finding_text(finding, &text);
                tn_buf_add_str(out, ": ");
                add_plain(dir, tn_buf_str(&text), out);
        }
        tn_buf_add_char(out, '\n');
}

static void lint(const struct tmpdir *dir, bool full, struct tn_buf *out)
{
        struct tn_world world = { .root = dir->path, .release = "1" };
        _cleanup_(tn_lint_world_freep) struct tn_lint_world *loaded = NULL;
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        const struct tn_finding *finding;

        assert_int_equal(tn_world_open(&world, TN_WORLD_ROOT | TN_WORLD_CATALOG), 0);
        assert_int_equal(tn_lint_load(&world, &loaded), 0);
        assert_int_equal(tn_lint(tn_lint_world_get(loaded), &findings), 0);
        tn_vec_each (finding, &findings.list)
                add_finding(dir, finding, full, out);
        tn_lint_world_free(TAKE(loaded));
        tn_world_close(&world);
}

static void assert_said(const struct tmpdir *dir, bool full, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf said = { 0 };

        lint(dir, full, &said);
        assert_string_equal(tn_buf_str(&said), expected);
}

void assert_lint(const struct tmpdir *dir, const char *expected)
{
        assert_said(dir, false, expected);
}

void assert_lint_full(const struct tmpdir *dir, const char *expected)
{
        assert_said(dir, true, expected);
}

void lint_add_lines(const char *conf, struct tn_buf *out)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();
        const struct span file = SPAN("/etc/modprobe.d/a.conf ");
        _cleanup_(tn_buf_fini) struct tn_buf said = { 0 };
        struct span rest, line;

        tmpdir_write(&dir, "etc/modprobe.d/a.conf", conf);
        lint(&dir, false, &said);
        for (rest = tn_buf_span(&said); tn_span_split(&rest, '\n', &line);)
                tn_buf_addf(out, "%.*s\n",
                            SPAN_FMT(tn_span_skip(line, tn_span_starts(line, file) ? file.len : 0)));
}
