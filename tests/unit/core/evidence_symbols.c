/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "check.h"
#include "core/evidence_exports.h"
#include "core/evidence_symbols.h"
#include "fake_kernel.h"
#include "mkelf.h"
#include "util/cleanup.h"
#include "room.h"

/* What is known of a module "m" of the room, whose directory is that of the running kernel. */
static struct tn_evidence evidence_of(const struct room *w, const char *line)
{
        _cleanup_(tn_buf_fini) struct tn_buf record = { 0 };
        struct tn_evidence evidence = { .err = -ENOENT, .name = "m", .options = "" };

        evidence.release = strrchr(w->dir.path, '/') + 1;
        tn_buf_addf(&record, "6,1,2,-;%s", line);
        assert_int_equal(tn_evidence_take_log(&evidence, tn_buf_span(&record)), 0);
        return evidence;
}

static void save(const struct tmpdir *dir, const char *path, struct mkelf *elf)
{
        struct span image = mkelf_span(elf);

        tmpdir_write_bytes(dir, path, image.ptr, image.len);
        mkelf_fini(elf);
}

static void save_exporter(const struct room *w, const char *path, const char *symbol, uint32_t crc)
{
        struct mkelf elf = mkelf_of(true, false);

        mkelf_export_crc(&elf, symbol, crc);
        save(&w->dir, path, &elf);
}

static void save_user(const struct room *w, const char *path, const char *symbol, uint32_t crc)
{
        struct mkelf elf = mkelf_of(true, false);

        mkelf_need(&elf, symbol, false);
        mkelf_version(&elf, symbol, crc);
        save(&w->dir, path, &elf);
}

static int find_exporters(struct tn_evidence *evidence, struct tn_catalog *catalog)
{
        struct tn_newcomers newcomers = { .running = true };
        int r = tn_evidence_find_exporters(evidence, catalog, &newcomers);

        tn_newcomers_fini(&newcomers);
        return r;
}

/* The only owner of a symbol: "MODULE FILE"; empty: there is none. */
static void assert_exporter(const struct room *w, const char *line, const char *expected)
{
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = evidence_of(w, line);
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        const struct tn_evidence_owner *owner;

        assert_int_equal(find_exporters(&evidence, w->catalog), 0);
        tn_vec_each (owner, &evidence.owners) {
                assert_true(tn_span_starts(tn_span_of(owner->path), tn_span_of(w->dir.path)));
                assert_span(owner->symbol, "f");
                assert_false(owner->loaded);
                tn_buf_addf(&got, "%s %s\n", owner->module, owner->path + strlen(w->dir.path));
        }
        assert_string_equal(tn_buf_str(&got), expected);
}

#define UNKNOWN_F "m: Unknown symbol f (err -2)"

CHECK(evidence_finds_a_module_that_came_after_depmod)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);

        room_save_pairs(&w, "modules.symbols.bin", "");
        save_exporter(&w, "kernel/a.ko", "g", 1);
        save_exporter(&w, "kernel/x-b.ko", "f", 1);
        assert_exporter(&w, UNKNOWN_F, "x_b /kernel/x-b.ko\n");
        assert_exporter(&w, "m: Unknown symbol f (err -22)", "");
        assert_exporter(&w, "m: disagrees about version of symbol f", "");
        fake_kernel_add("x_b", 0, "");
        assert_exporter(&w, UNKNOWN_F, "");
}

CHECK(evidence_does_not_look_for_what_the_kernel_exports)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = evidence_of(&w, UNKNOWN_F);

        save_exporter(&w, "kernel/b.ko", "f", 1);
        evidence.symbols = SPAN("e\0f\0");
        assert_int_equal(find_exporters(&evidence, w.catalog), 0);
        assert_int_equal(evidence.owners.n, 0);
}

static void set_time(const struct room *w, const char *name, time_t sec)
{
        const struct timespec times[] = { { .tv_sec = sec }, { .tv_sec = sec } };

        assert_int_equal(utimensat(w->dir.fd, name, times, 0), 0);
}

CHECK(evidence_reads_a_module_that_the_indexes_have_only_when_it_is_newer)
{
        _cleanup_(room_fini) struct room w = room_new("kernel/b.ko:\n", NULL, NULL, NULL);

        room_save_pairs(&w, "modules.symbols.bin", "");
        save_exporter(&w, "kernel/b.ko", "f", 1);
        set_time(&w, "modules.symbols.bin", 1000);
        set_time(&w, "kernel/b.ko", 1000);
        assert_exporter(&w, UNKNOWN_F, "");
        set_time(&w, "kernel/b.ko", 1001);
        assert_exporter(&w, UNKNOWN_F, "b /kernel/b.ko\n");
}

CHECK(evidence_names_the_base_of_a_directory_that_depmod_would_not_take_by_itself)
{
        static const char *const rows[][2] = {
                { "/r/s/lib/modules/6.1", "--basedir=/r/s" },
                { "/lib/modules/6.1", NULL },
                { "/r/modules/6.1", NULL },
        };
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);

        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                _cleanup_(tn_evidence_fini) struct tn_evidence evidence = evidence_of(&w, UNKNOWN_F);
                _cleanup_(tn_catalog_closep) struct tn_catalog *catalog = NULL;
                const struct tn_dir dir = tn_dir_at(rows[i][0]);

                assert_int_equal(tn_catalog_open(&dir, &catalog), 0);
                assert_int_equal(find_exporters(&evidence, catalog), 0);
                if (rows[i][1])
                        assert_string_equal(evidence.base, rows[i][1]);
                else
                        assert_null(evidence.base);
        }
}

/* "SYMBOL=OWNER CRC" of each that was asked for, or that nobody exports it. */
static void assert_exports(const struct room *w, struct tn_evidence *evidence, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        const struct tn_evidence_export *export;

        assert_int_equal(tn_evidence_find_exports(evidence, w->catalog), 0);
        tn_vec_each (export, &evidence->exports) {
                tn_buf_addf(&got, "%.*s=", SPAN_FMT(export->symbol));
                if (export->err < 0)
                        tn_buf_add_str(&got, "nobody ");
                else
                        tn_buf_addf(&got, "%s %x ", export->export.owner, export->export.crc);
        }
        assert_string_equal(tn_buf_str(&got), expected);
        tn_evidence_fini(evidence);
}

static struct room room_with_modules(void)
{
        struct room w = room_new("kernel/b.ko:\n", NULL, NULL, NULL);

        room_save_pairs(&w, "modules.symbols.bin", "symbol:g b\n");
        save_exporter(&w, "kernel/b.ko", "g", 0x12);
        save_user(&w, "kernel/m.ko", "f", 0x34); /* itself */
        save_user(&w, "kernel/n.ko", "f", 0x56);
        save_user(&w, "kernel/o.ko", "f", 0x78);
        tmpdir_write(&w.dir, "modules.dep", "kernel/b.ko:\nkernel/m.ko:\nkernel/n.ko:\nkernel/o.ko:\n");
        return w;
}

CHECK(evidence_has_what_files_say_of_symbols_whose_version_differs)
{
        _cleanup_(room_fini) struct room w = room_with_modules();
        struct tn_evidence evidence = evidence_of(&w, "m: disagrees about version of symbol f");

        assert_exports(&w, &evidence, "f=vmlinux 56 ");
        evidence = evidence_of(&w, "m: disagrees about version of symbol g");
        assert_exports(&w, &evidence, "g=b 12 ");
        evidence = evidence_of(&w, "m: disagrees about version of symbol h");
        assert_exports(&w, &evidence, "");
        evidence = evidence_of(&w, "m: disagrees about version of symbol module_layout");
        assert_exports(&w, &evidence, "");
        evidence = evidence_of(&w, "m: disagrees about version of symbol f");
        evidence.release = "another";
        assert_exports(&w, &evidence, "");
}

CHECK(evidence_has_what_files_say_of_unknown_symbols_where_the_kernel_does_not_list_them)
{
        _cleanup_(room_fini) struct room w = room_with_modules();
        struct tn_evidence evidence = evidence_of(&w, UNKNOWN_F);

        assert_exports(&w, &evidence, "f=vmlinux 56 ");
        evidence = evidence_of(&w, UNKNOWN_F);
        evidence.parts |= TN_EVIDENCE_SYMBOLS;
        assert_exports(&w, &evidence, "");
        evidence = evidence_of(&w, "m: Unknown symbol f (err -22)");
        assert_exports(&w, &evidence, "");
}

/* "SYMBOL=WHAT" of each that the module needs. */
static void assert_needs(const struct room *w, struct tn_evidence *evidence, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        const struct tn_evidence_need *need;

        assert_int_equal(tn_evidence_find_exports(evidence, w->catalog), 0);
        tn_vec_each (need, &evidence->needs) {
                tn_buf_addf(&got, "%.*s=", SPAN_FMT(need->symbol));
                if (need->err < 0)
                        tn_buf_add_str(&got, need->err == -ENOENT ? "nobody" : "unknown");
                else
                        tn_buf_addf(&got, "%s %x", need->export.owner, need->export.crc);
                tn_buf_addf(&got, "%s%s, ", need->weak ? " weak" : "", need->there ? " there" : "");
        }
        assert_string_equal(tn_buf_str(&got), expected);
        tn_evidence_fini(evidence);
}

static struct tn_evidence evidence_of_needs(const struct room *w)
{
        struct tn_evidence evidence = evidence_of(w, "m: nothing");
        static const struct tn_modsym needs[] = {
                { .name = SPAN("g"), .bind = 'U' },
                { .name = SPAN("f"), .bind = 'W' },
                { .name = SPAN("h"), .bind = 'U' },
                { .name = SPAN("k"), .bind = 'U' },
        };

        evidence.parts = 0;
        for (size_t i = 0; i < ARRAY_SIZE(needs); i++)
                assert_int_equal(tn_vec_add(&evidence.facts.needs, needs[i]), 0);
        return evidence;
}

CHECK(evidence_has_what_files_say_of_all_needs_where_the_kernel_cannot_be_heard)
{
        _cleanup_(room_fini) struct room w = room_with_modules();
        struct tn_evidence evidence = evidence_of_needs(&w);

        evidence.parts = TN_EVIDENCE_LOG;
        assert_needs(&w, &evidence, "");
        tmpdir_write(&w.dir, "build/Module.symvers", "0x99\tk\tvmlinux\tEXPORT_SYMBOL\n");
        evidence = evidence_of_needs(&w);
        assert_needs(&w, &evidence, "g=b 12, f=nobody weak, h=nobody, k=vmlinux 99 there, ");
        fake_kernel_add("b", 0, "");
        evidence = evidence_of_needs(&w);
        assert_needs(&w, &evidence, "g=b 12 there, f=nobody weak, h=nobody, k=vmlinux 99 there, ");
}

CHECK(evidence_of_needs_goes_by_what_the_kernel_lists)
{
        _cleanup_(room_fini) struct room w = room_with_modules();
        struct tn_evidence evidence = evidence_of_needs(&w);

        tmpdir_write(&w.dir, "build/Module.symvers", "0x99\tk\tvmlinux\tEXPORT_SYMBOL\n");
        evidence.parts = TN_EVIDENCE_SYMBOLS;
        evidence.symbols = SPAN("h\0");
        assert_needs(&w, &evidence, "g=b 12, f=nobody weak, h=unknown there, k=nobody, ");
        evidence = evidence_of_needs(&w);
        evidence.parts = TN_EVIDENCE_SYMBOLS;
        evidence.symbols = SPAN("f\0g\0k\0");
        assert_needs(&w, &evidence, "g=b 12 there, f=unknown weak there, h=nobody, k=vmlinux 99 there, ");
}

static bool is_installed(const struct room *w, const char *release)
{
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = evidence_of(w, "x");
        const struct tn_modinfo info = { SPAN("vermagic"), tn_span_of(release) };

        assert_int_equal(tn_vec_add(&evidence.facts.info, info), 0);
        assert_int_equal(tn_evidence_find_release(&evidence, w->catalog), 0);
        return evidence.parts & TN_EVIDENCE_RELEASE && evidence.release_installed;
}

CHECK(evidence_of_a_kernel_that_is_installed_is_a_module_of_it)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(tmpdir_fini) struct tmpdir other = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf vermagic = { 0 };

        tn_buf_addf(&vermagic, "%s SMP ", strrchr(other.path, '/') + 1);
        assert_false(is_installed(&w, tn_buf_str(&vermagic)));
        tmpdir_write(&other, "build", "");
        assert_false(is_installed(&w, tn_buf_str(&vermagic)));
        tmpdir_write(&other, "modules.dep", "kernel/a.ko:\n");
        assert_false(is_installed(&w, tn_buf_str(&vermagic)));
        tmpdir_write(&other, "kernel/a.ko", "");
        assert_true(is_installed(&w, tn_buf_str(&vermagic)));
        assert_false(is_installed(&w, ""));
        assert_false(is_installed(&w, ".. SMP"));
        assert_false(is_installed(&w, strrchr(w.dir.path, '/') + 1));
}
