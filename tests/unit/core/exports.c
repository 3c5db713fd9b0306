/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>
#include <unistd.h>

#include "check.h"
#include "core/catalog_facts.h"
#include "core/exports.h"
#include "format/index_write.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/cleanup.h"

/* A system with the module directory of one kernel, and what that exports. */
struct system {
        struct tmpdir dir;
        struct tn_catalog *catalog;
        struct tn_exports *exports;
};

#define MODULES "lib/modules/6.1/"

static void system_fini(struct system *system)
{
        tn_exports_close(system->exports);
        tn_catalog_close(system->catalog);
        tmpdir_fini(&system->dir);
}

static void save_elf(const struct system *system, const char *path, struct mkelf *elf)
{
        struct span image = mkelf_span(elf);

        tmpdir_write_bytes(&system->dir, path, image.ptr, image.len);
        mkelf_fini(elf);
}

static void save_exporter(const struct system *system, const char *path, const char *symbol, uint32_t crc)
{
        struct mkelf elf = mkelf_of(true, false);

        mkelf_export_crc(&elf, symbol, crc);
        save_elf(system, path, &elf);
}

static void save_user(const struct system *system, const char *path, const char *symbol, uint32_t crc)
{
        struct mkelf elf = mkelf_of(true, false);

        mkelf_need(&elf, symbol, false);
        mkelf_need(&elf, "weak", true);
        mkelf_version(&elf, symbol, crc);
        save_elf(system, path, &elf);
}

/* A linked kernel that exports "one" with a CRC of 0x21, to GPL modules that import CRYPTO. */
static void save_image(const struct system *system, const char *path)
{
        static const char strings[] = "one\0CRYPTO";
        const uint64_t table[] = { 0x1000, 0x2000, 0x2004 };
        const uint32_t crcs[] = { 0x21 };
        struct mkelf elf = mkelf_of(true, __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);

        mkelf_section_at(&elf, "__ksymtab_strings", 0x2000, (struct span){ strings, sizeof(strings) });
        mkelf_section_at(&elf, "__ksymtab_gpl", 0x3000, (struct span){ (const char *)table, sizeof(table) });
        mkelf_section_at(&elf, "__kcrctab_gpl", 0x4000, (struct span){ (const char *)crcs, sizeof(crcs) });
        save_elf(system, path, &elf);
}

static void save_index(const struct system *system, const char *path, const char *key, const char *value)
{
        struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };

        if (key)
                assert_int_equal(tn_index_writer_add(writer, tn_span_of(key), tn_span_of(value), 0), 0);
        assert_int_equal(tn_index_writer_emit(writer, &bytes), 0);
        tmpdir_write_bytes(&system->dir, path, bytes.ptr, bytes.len);
        tn_index_writer_free(writer);
}

/* Its module a exports "two" by the index, with a CRC of 0x32. */
static struct system system_new(void)
{
        struct system system = { .dir = tmpdir_new() };

        save_exporter(&system, MODULES "kernel/a.ko", "two", 0x32);
        save_index(&system, MODULES "modules.dep.bin", "a", "kernel/a.ko:");
        save_index(&system, MODULES "modules.symbols.bin", "symbol:two", "a");
        return system;
}

static void open_from(struct system *system, struct tn_exports_from from)
{
        _cleanup_(freep) char *path = tmpdir_path(&system->dir, "lib/modules/6.1");
        const struct tn_dir at = tn_dir_at(path);

        tn_exports_close(system->exports);
        tn_catalog_close(system->catalog);
        assert_int_equal(tn_catalog_open(&at, &system->catalog), 0);
        from.catalog = system->catalog;
        from.release = "6.1";
        assert_int_equal(tn_exports_open(&from, &system->exports), 0);
}

/* "OWNER CRC RULES NAMESPACE", or the error. */
static void assert_export(struct system *system, const char *name, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_export export;
        int r = tn_exports_find(system->exports, tn_span_of(name), &export);

        if (r < 0) {
                tn_buf_add_str(&got, r == -ENOENT ? "nobody" : r == -ENODATA ? "unknown" : "error");
        } else {
                assert_span(export.name, name);
                tn_buf_addf(&got, "%s ", export.owner);
                tn_buf_addf(&got, export.has_crc ? "%x " : "none ", export.crc);
                tn_buf_add_str(&got, !export.has_rules ? "unknown" : export.gpl_only ? "gpl" : "any");
                tn_buf_addf(&got, "%s%.*s", export.space.len ? " " : "", SPAN_FMT(export.space));
        }
        assert_string_equal(tn_buf_str(&got), expected);
}

/* The file that the exports are from, below the system; NULL: none. */
static void assert_source(const struct system *system, enum tn_exports_source source, const char *path)
{
        const char *got = tn_exports_path(system->exports);

        assert_int_equal(tn_exports_source(system->exports), source);
        if (!path) {
                assert_null(got);
                return;
        }
        assert_true(tn_span_starts(tn_span_of(got), tn_span_of(system->dir.path)));
        assert_string_equal(got + strlen(system->dir.path) + 1, path);
}

#define SYMVERS(crc) "0x" crc "\tone\tvmlinux\tEXPORT_SYMBOL\t\n"

CHECK(exports_are_from_the_best_source)
{
        static const struct {
                const char *path;
                enum tn_exports_source source;
                const char *one;
        } files[] = {
                { "boot/vmlinux-6.1", TN_EXPORTS_IMAGE, "vmlinux 21 gpl CRYPTO" },
                { MODULES "vmlinuz", TN_EXPORTS_IMAGE, "vmlinux 21 gpl CRYPTO" },
                { "boot/vmlinuz-6.1", TN_EXPORTS_IMAGE, "vmlinux 21 gpl CRYPTO" },
                { "boot/symvers-6.1", TN_EXPORTS_SYMVERS, "vmlinux 11 any" },
                { MODULES "symvers.gz", TN_EXPORTS_SYMVERS, "vmlinux 12 any" },
                { "usr/src/linux-headers-6.1/Module.symvers", TN_EXPORTS_SYMVERS, "vmlinux 13 any" },
                { MODULES "build/Module.symvers", TN_EXPORTS_SYMVERS, "vmlinux 14 any" },
        };
        static const char *const texts[] = { SYMVERS("11"), SYMVERS("12"), SYMVERS("13"), SYMVERS("14") };
        _cleanup_(system_fini) struct system system = system_new();

        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                if (files[i].source == TN_EXPORTS_IMAGE)
                        save_image(&system, files[i].path);
                else
                        tmpdir_write(&system.dir, files[i].path, texts[i - 3]);
                open_from(&system, (struct tn_exports_from){ 0 });
                assert_source(&system, files[i].source, files[i].path);
                assert_export(&system, "one", files[i].one);
        }
}

CHECK(exports_of_the_kernel_and_of_its_modules_are_all_there_are)
{
        _cleanup_(system_fini) struct system system = system_new();

        save_user(&system, MODULES "kernel/u.ko", "three", 0x43);
        save_image(&system, "boot/vmlinuz-6.1");
        open_from(&system, (struct tn_exports_from){ 0 });
        assert_export(&system, "two", "a 32 unknown");
        assert_export(&system, "two", "a 32 unknown");
        assert_export(&system, "three", "nobody");
}

CHECK(exports_are_unknown_where_no_index_tells)
{
        _cleanup_(system_fini) struct system system = { .dir = tmpdir_new() };

        save_exporter(&system, MODULES "kernel/a.ko", "two", 0x32);
        save_image(&system, "boot/vmlinuz-6.1");
        open_from(&system, (struct tn_exports_from){ 0 });
        assert_export(&system, "one", "vmlinux 21 gpl CRYPTO");
        assert_export(&system, "two", "unknown");
}

CHECK(exports_of_a_module_that_lacks_its_file_are_unknown)
{
        _cleanup_(system_fini) struct system system = system_new();

        save_index(&system, MODULES "modules.dep.bin", NULL, NULL);
        save_image(&system, "boot/vmlinuz-6.1");
        open_from(&system, (struct tn_exports_from){ 0 });
        assert_export(&system, "two", "unknown");
}

CHECK(exports_of_a_kernel_without_versions_have_none)
{
        _cleanup_(system_fini) struct system system = system_new();

        tmpdir_write(&system.dir, "boot/symvers-6.1", SYMVERS("00000000") "0x1\ttwo\tvmlinux\n");
        open_from(&system, (struct tn_exports_from){ 0 });
        assert_export(&system, "one", "vmlinux none any");
        assert_export(&system, "two", "vmlinux 1 unknown");
}

#define IN_A(rest) "0x31\ttwo\tdrivers/a\tEXPORT_SYMBOL_GPL\tNS\n" rest

CHECK(exports_of_a_module_are_as_they_were_built_unless_it_was_replaced)
{
        _cleanup_(system_fini) struct system system = system_new();

        tmpdir_write(&system.dir, "boot/symvers-6.1", IN_A("0x32\tgone\tdrivers/a\tEXPORT_SYMBOL\n"));
        open_from(&system, (struct tn_exports_from){ 0 });
        assert_export(&system, "two", "a 31 gpl NS");
        assert_export(&system, "gone", "a 32 any");
        save_exporter(&system, MODULES "updates/a.ko", "two", 0x51);
        save_index(&system, MODULES "modules.dep.bin", "a", "updates/a.ko:");
        open_from(&system, (struct tn_exports_from){ 0 });
        assert_export(&system, "two", "a 51 unknown");
        assert_export(&system, "gone", "nobody");
}

CHECK(exports_of_the_kernel_stay_when_a_module_exports_the_same)
{
        _cleanup_(system_fini) struct system system = system_new();
        struct mkelf elf = mkelf_of(true, false);

        mkelf_export_crc(&elf, "two", 0x32);
        mkelf_export_crc(&elf, "one", 0x99);
        save_elf(&system, MODULES "kernel/a.ko", &elf);
        tmpdir_write(&system.dir, "boot/symvers-6.1", SYMVERS("11"));
        open_from(&system, (struct tn_exports_from){ 0 });
        assert_export(&system, "two", "a 32 unknown");
        assert_export(&system, "one", "vmlinux 11 any");
}

CHECK(exports_of_a_module_are_as_offered_and_its_file_is_not_read)
{
        _cleanup_(system_fini) struct system system = system_new();
        _cleanup_(freep) char *path = tmpdir_path(&system.dir, MODULES "kernel/a.ko");
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct mkelf elf = mkelf_of(true, false);

        mkelf_export_crc(&elf, "two", 0x32);
        mkelf_export_crc(&elf, "unindexed", 0x33);
        save_elf(&system, MODULES "kernel/a.ko", &elf);
        save_image(&system, "boot/vmlinuz-6.1");
        open_from(&system, (struct tn_exports_from){ 0 });
        assert_int_equal(tn_catalog_facts_of(system.catalog, SPAN("a"), TN_EXPORTS_FACTS, &facts), 0);
        assert_int_equal(tn_exports_offer(system.exports, SPAN("a"), &facts), 0);
        assert_int_equal(unlink(path), 0);
        assert_export(&system, "unindexed", "nobody");
        assert_export(&system, "two", "a 32 unknown");
}

CHECK(exports_by_those_that_need_them_are_never_known_to_be_missing)
{
        _cleanup_(system_fini) struct system system = system_new();

        save_user(&system, MODULES "kernel/u.ko", "three", 0x43);
        save_user(&system, MODULES "kernel/v.ko", "four", 0x44);
        save_user(&system, MODULES "kernel/w.ko", "two", 0x45);
        save_index(&system, MODULES "modules.dep.bin", "a", "kernel/a.ko:");
        open_from(&system, (struct tn_exports_from){ 0 });
        assert_source(&system, TN_EXPORTS_MODULES, NULL);
        assert_export(&system, "four", "vmlinux 44 unknown");
        assert_export(&system, "three", "vmlinux 43 unknown");
        assert_export(&system, "five", "unknown");
        assert_export(&system, "weak", "unknown");
        assert_export(&system, "two", "a 32 unknown");
}

CHECK(exports_are_looked_for_in_so_many_modules_and_not_in_the_one_that_is_asked_about)
{
        _cleanup_(system_fini) struct system system = system_new();

        save_user(&system, MODULES "kernel/u.ko", "three", 0x43);
        save_user(&system, MODULES "kernel/v-v.ko", "four", 0x44);
        open_from(&system, (struct tn_exports_from){ .except = "v_v" });
        assert_export(&system, "four", "unknown");
        assert_export(&system, "three", "vmlinux 43 unknown");
        open_from(&system, (struct tn_exports_from){ .reads_max = 2 }); /* a.ko and u.ko */
        assert_export(&system, "four", "unknown");
        assert_export(&system, "three", "vmlinux 43 unknown");
}

CHECK(exports_say_what_could_not_be_read)
{
        _cleanup_(system_fini) struct system system = system_new();
        _cleanup_(freep) char *path = tmpdir_path(&system.dir, "boot/symvers-6.1");
        int err;

        open_from(&system, (struct tn_exports_from){ 0 });
        assert_null(tn_exports_unread(system.exports, &err));
        tmpdir_write(&system.dir, "boot/symvers-6.1", "nothing\n");
        tmpdir_write(&system.dir, "boot/vmlinuz-6.1", "MZ");
        open_from(&system, (struct tn_exports_from){ 0 });
        assert_source(&system, TN_EXPORTS_MODULES, NULL);
        assert_string_equal(tn_exports_unread(system.exports, &err), path);
        assert_int_equal(err, -EINVAL);
}

CHECK(exports_in_a_root_are_from_inside_of_it)
{
        _cleanup_(system_fini) struct system system = { .dir = tmpdir_new() },
                                             outside = { .dir = tmpdir_new() };
        _cleanup_(freep) char *path = tmpdir_path(&system.dir, "usr/lib/modules/6.1");
        _cleanup_(freep) char *link = tmpdir_path(&system.dir, "usr/lib/modules/6.1/build");
        _cleanup_(freep) char *headers = tmpdir_path(&outside.dir, "headers");
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };
        struct tn_dir at = { .path = path, .fd = -1, .root = &root, .inside = "/usr/lib/modules/6.1" };

        tmpdir_write(&outside.dir, "headers/Module.symvers", SYMVERS("11"));
        save_image(&system, "boot/vmlinuz-6.1");
        tmpdir_write(&system.dir, "usr/lib/modules/6.1/modules.order", "");
        assert_int_equal(symlink(headers, link), 0);
        assert_int_equal(tn_inroot_init(system.dir.path, &root), 0);
        assert_int_equal(tn_catalog_open(&at, &system.catalog), 0);
        assert_int_equal(
                tn_exports_open(&(struct tn_exports_from){ .catalog = system.catalog, .release = "6.1" },
                                &system.exports),
                0);
        assert_source(&system, TN_EXPORTS_IMAGE, "boot/vmlinuz-6.1");
        assert_export(&system, "one", "vmlinux 21 gpl CRYPTO");
}
