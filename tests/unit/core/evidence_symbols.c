/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "check.h"
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

/* The only owner of a symbol: "MODULE FILE"; empty: there is none. */
static void assert_exporter(const struct room *w, const char *line, const char *expected)
{
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = evidence_of(w, line);
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        const struct tn_evidence_owner *owner;

        assert_int_equal(tn_evidence_find_exporters(&evidence, w->catalog), 0);
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
        assert_int_equal(tn_evidence_find_exporters(&evidence, w.catalog), 0);
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
                assert_int_equal(tn_evidence_find_exporters(&evidence, catalog), 0);
                if (rows[i][1])
                        assert_string_equal(evidence.base, rows[i][1]);
                else
                        assert_null(evidence.base);
        }
}

/* "CRC" of the one that was found, or "none". */
static void assert_version(const struct room *w, struct tn_evidence *evidence, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        const struct tn_evidence_version *version;

        assert_int_equal(tn_evidence_find_versions(evidence, w->catalog), 0);
        tn_vec_each (version, &evidence->versions)
                tn_buf_addf(&got, "%.*s=%x ", SPAN_FMT(version->symbol), (unsigned)version->crc);
        assert_string_equal(tn_buf_str(&got), expected);
        tn_evidence_fini(evidence);
}

CHECK(evidence_has_the_version_of_a_symbol_by_its_owner_or_by_who_needs_it)
{
        const struct tn_evidence_owner b = { .symbol = SPAN("f"), .module = "b" };
        _cleanup_(room_fini) struct room w = room_new("kernel/b.ko:\n", NULL, NULL, NULL);
        struct tn_evidence evidence = evidence_of(&w, "m: disagrees about version of symbol f");

        save_exporter(&w, "kernel/b.ko", "f", 0x12);
        save_user(&w, "kernel/m.ko", "f", 0x34); /* itself */
        save_user(&w, "kernel/n.ko", "f", 0x56);
        save_user(&w, "kernel/o.ko", "f", 0x78);
        assert_version(&w, &evidence, "f=56 ");
        evidence = evidence_of(&w, "m: disagrees about version of symbol f");
        assert_int_equal(tn_vec_add(&evidence.owners, b), 0);
        assert_version(&w, &evidence, "f=12 ");
        evidence = evidence_of(&w, "m: disagrees about version of symbol module_layout");
        assert_version(&w, &evidence, "");
        evidence = evidence_of(&w, "m: disagrees about version of symbol f");
        evidence.release = "another";
        assert_version(&w, &evidence, "");
}

CHECK(evidence_asks_who_needs_a_symbol_where_the_kernel_does_not_list_it)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        struct tn_evidence evidence = evidence_of(&w, UNKNOWN_F);

        save_user(&w, "kernel/n.ko", "f", 0x56);
        assert_version(&w, &evidence, "f=56 ");
        evidence = evidence_of(&w, UNKNOWN_F);
        evidence.parts |= TN_EVIDENCE_SYMBOLS;
        assert_version(&w, &evidence, "");
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
