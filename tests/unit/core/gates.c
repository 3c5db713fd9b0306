/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>
#include <unistd.h>

#include "check.h"
#include "core/gates.h"
#include "fake_kernel.h"
#include "format/index_write.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/cleanup.h"

#define RELEASE  "6.1.0-test"
#define VERMAGIC RELEASE " SMP mod_unload modversions "
#define MODULES  "lib/modules/" RELEASE "/"

/* A system whose kernel exports "known" and whose module fat exports "fat_scan". */
struct place {
        struct tmpdir dir;
        struct tn_world world;
        const char *conf[2];
        struct tn_incompletes incompletes;
        struct tn_gates *gates;
};

static struct mkelf module_of(const char *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf vermagic = { 0 };
        struct mkelf made = mkelf_of(true, false);

        made.machine = EM_X86_64;
        mkelf_name(&made, name);
        mkelf_info(&made, "vermagic=" VERMAGIC);
        mkelf_info(&made, "license=GPL");
        mkelf_version(&made, "module_layout", 1);
        return made;
}

static void need(struct mkelf *made, const char *symbol, uint32_t crc)
{
        mkelf_need(made, symbol, false);
        mkelf_version(made, symbol, crc);
}

static void save(const struct place *place, const char *path, struct mkelf *made)
{
        struct span bytes = mkelf_span(made);

        tmpdir_write_bytes(&place->dir, path, bytes.ptr, bytes.len);
        mkelf_fini(made);
}

static void save_index(const struct place *place, const char *path, const char *key, const char *value)
{
        struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };

        assert_int_equal(tn_index_writer_add(writer, tn_span_of(key), tn_span_of(value), 0), 0);
        assert_int_equal(tn_index_writer_emit(writer, &bytes), 0);
        tmpdir_write_bytes(&place->dir, path, bytes.ptr, bytes.len);
        tn_index_writer_free(writer);
}

/* vfat needs fat; ext has nothing to do with them. */
static struct place place_new(void)
{
        struct place place = { .dir = tmpdir_new() };
        struct mkelf fat = module_of("fat"), vfat = module_of("vfat"), ext = module_of("ext");

        need(&fat, "known", 0x11);
        mkelf_export_crc(&fat, "fat_scan", 0x22);
        save(&place, MODULES "kernel/fat.ko", &fat);
        need(&vfat, "fat_scan", 0x22);
        save(&place, MODULES "kernel/vfat.ko", &vfat);
        save(&place, MODULES "kernel/ext.ko", &ext);
        tmpdir_write(&place.dir, MODULES "modules.dep",
                     "kernel/vfat.ko: kernel/fat.ko\nkernel/fat.ko:\nkernel/ext.ko:\n");
        tmpdir_write(&place.dir, MODULES "modules.alias", "alias fs-vfat vfat\n");
        tmpdir_write(&place.dir, MODULES "modules.builtin", "kernel/core.ko\n");
        save_index(&place, MODULES "modules.symbols.bin", "symbol:fat_scan", "fat");
        tmpdir_write(&place.dir, MODULES "build/Module.symvers",
                     "0x00000001\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\t\n"
                     "0x00000011\tknown\tvmlinux\tEXPORT_SYMBOL\t\n"
                     "0x00000022\tfat_scan\tfs/fat/fat\tEXPORT_SYMBOL_GPL\t\n");
        tmpdir_write(&place.dir, "a.conf", "");
        fake_kernel_reset();
        return place;
}

static void place_fini(struct place *place)
{
        tn_gates_close(place->gates);
        tn_incompletes_fini(&place->incompletes);
        tn_world_close(&place->world);
        free((char *)(uintptr_t)place->conf[0]);
        tmpdir_fini(&place->dir);
}

static void place_open(struct place *place, bool running)
{
        static const struct tn_evidence_tool tool = { "tenon check", "--root", "-k", "tenon check" };
        const struct tn_gates_from from = { &place->world, running, &tool };

        place->conf[0] = tmpdir_path(&place->dir, "a.conf");
        place->world.base = place->dir.path;
        place->world.release = RELEASE;
        place->world.config_paths = place->conf;
        assert_int_equal(tn_world_open(&place->world, TN_WORLD_CONFIG | TN_WORLD_CATALOG), 0);
        assert_int_equal(tn_gates_open(&from, &place->gates, &place->incompletes), 0);
}

/* The directory of the test is "@". */
static void add_text(const struct place *place, struct span text, struct tn_buf *out)
{
        struct span dir = tn_span_of(place->dir.path);

        while (text.len) {
                bool here = tn_span_starts(text, dir);

                tn_buf_add_char(out, here ? '@' : text.ptr[0]);
                text = tn_span_skip(text, here ? dir.len : 1);
        }
        tn_buf_add_char(out, '\n');
}

/* "NAME: verdict", the findings and what is incomplete, a line each. */
static void assert_check(struct place *place, struct tn_gates_object object, const char *expected)
{
        _cleanup_(tn_gates_report_fini) struct tn_gates_report report = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 }, line = { 0 };
        const struct tn_incomplete *incomplete;
        const struct tn_gates_module *module;
        const struct tn_finding *finding;

        assert_int_equal(tn_gates_check(place->gates, &object, &report), 0);
        tn_vec_each (module, &report.modules)
                tn_buf_addf(&out, "%s: %s\n", module->name, tn_gates_verdict_name(module->verdict));
        tn_vec_each (finding, &report.findings.list) {
                tn_buf_reset(&line);
                tn_buf_addf(&line, "%s: ", tn_finding_id(finding->code));
                tn_finding_text(finding, &line);
                add_text(place, tn_buf_span(&line), &out);
        }
        tn_vec_each (incomplete, &report.incompletes.list) {
                tn_buf_reset(&line);
                tn_buf_addf(&line, "not seen: %s: %s", incomplete->what, incomplete->why);
                add_text(place, tn_buf_span(&line), &out);
        }
        assert_string_equal(tn_buf_str(&out), expected);
}

#define TEXT(word) ((struct tn_gates_object){ .text = (word) })

CHECK(gates_let_good_modules_through)
{
        _cleanup_(place_fini) struct place place = place_new();

        place_open(&place, false);
        assert_int_equal(place.incompletes.list.n, 0);
        assert_check(&place, TEXT("vfat"), "vfat: loads\n");
        assert_check(&place, TEXT("fs-vfat"), "vfat: loads\n");
        assert_check(&place, TEXT("core"), "core: builtin\n");
}

CHECK(gates_tell_which_dependency_stops_a_module)
{
        _cleanup_(place_fini) struct place place = place_new();
        struct mkelf fat = module_of("fat");

        need(&fat, "gone", 0x11);
        mkelf_export_crc(&fat, "fat_scan", 0x22);
        save(&place, MODULES "kernel/fat.ko", &fat);
        place_open(&place, false);
        for (int i = 0; i < 2; i++)
                assert_check(&place, TEXT("vfat"),
                             "vfat: stopped\n"
                             "dependency: vfat needs fat, and that fails\n"
                             "symbol-unexported: fat needs gone, which neither the kernel nor any of its "
                             "modules exports\n");
        assert_check(&place, TEXT("ext"), "ext: loads\n");
}

/* What is loaded is not loaded again. */
CHECK(gates_let_no_loaded_dependency_stop_a_module)
{
        _cleanup_(place_fini) struct place place = place_new();

        tmpdir_write(&place.dir, MODULES "kernel/fat.ko", "");
        fake_kernel_add("fat", 0, "");
        place_open(&place, true);
        assert_check(&place, TEXT("vfat"), "vfat: loads\n");
        assert_check(&place, TEXT("fat"),
                     "fat: stopped\n"
                     "file-empty: @/" MODULES "kernel/fat.ko is empty\n");
}

CHECK(gates_read_ahead_what_they_will_look_at)
{
        static const struct tn_gates_object objects[] = { TEXT("vfat"), TEXT("nothing"), TEXT("core") };
        _cleanup_(place_fini) struct place place = place_new();
        int dirfd = place.dir.fd;

        place_open(&place, false);
        assert_int_equal(tn_gates_expect(place.gates, objects, ARRAY_SIZE(objects)), 0);
        assert_int_equal(unlinkat(dirfd, MODULES "kernel/vfat.ko", 0), 0);
        assert_int_equal(unlinkat(dirfd, MODULES "kernel/fat.ko", 0), 0);
        assert_int_equal(unlinkat(dirfd, MODULES "kernel/ext.ko", 0), 0);
        assert_check(&place, TEXT("vfat"), "vfat: loads\n");
        assert_check(&place, TEXT("ext"),
                     "ext: stopped\n"
                     "file-missing: @/" MODULES "kernel/ext.ko is not there, although the index has it\n");
}

CHECK(gates_know_files_that_are_gone)
{
        _cleanup_(place_fini) struct place place = place_new();

        tmpdir_write(&place.dir, MODULES "modules.dep",
                     "kernel/vfat.ko: kernel/fat.ko\nkernel/fat.ko:\nkernel/nix.ko:\n");
        place_open(&place, false);
        assert_check(&place, TEXT("nix"),
                     "nix: stopped\n"
                     "file-missing: @/" MODULES "kernel/nix.ko is not there, although the index has it\n");
        assert_check(&place, (struct tn_gates_object){ .path = "/nowhere/m.ko" },
                     "/nowhere/m.ko: unknown\n"
                     "file-unreadable: /nowhere/m.ko cannot be read: No such file or directory\n");
}

CHECK(gates_take_a_file_as_modprobe_does)
{
        _cleanup_(place_fini) struct place place = place_new();
        struct mkelf own = module_of("own");
        _cleanup_(freep) char *own_path = tmpdir_path(&place.dir, "own.ko");
        _cleanup_(freep) char *vfat_path = tmpdir_path(&place.dir, "vfat.ko");
        struct mkelf vfat = module_of("vfat");

        need(&own, "fat_scan", 0x22);
        save(&place, "own.ko", &own);
        need(&vfat, "fat_scan", 0x23);
        save(&place, "vfat.ko", &vfat);
        place_open(&place, false);
        assert_check(&place, (struct tn_gates_object){ .path = own_path },
                     "own: stopped\n"
                     "symbol-not-loaded: own needs fat_scan of fat, which is not loaded\n");
        assert_check(&place, (struct tn_gates_object){ .path = vfat_path },
                     "vfat: stopped\n"
                     "symbol-version: vfat was built against another version of fat_scan of fat: it wants "
                     "CRC 0x00000023, and there is 0x00000022\n");
}

CHECK(gates_heed_the_configuration)
{
        _cleanup_(place_fini) struct place place = place_new();
        _cleanup_(tn_buf_fini) struct tn_buf expected = { 0 };

        tmpdir_write(&place.dir, "a.conf",
                     "install fat /bin/false\nblacklist vfat\ninstall ext modprobe -i ext\nalias gone nix\n");
        place_open(&place, false);
        assert_check(&place, TEXT("vfat"),
                     "vfat: stopped\n"
                     "dependency: vfat needs fat, and that fails\n"
                     "command-noop: @/a.conf line 1 says that fat is never loaded: install /bin/false\n");
        assert_check(&place, TEXT("fs-vfat"),
                     "vfat: stopped\n"
                     "blacklisted: vfat is not loaded: it is blacklisted by @/a.conf line 2\n");
        assert_check(&place, TEXT("ext"),
                     "ext: command\n"
                     "not seen: what the command of ext in @/a.conf line 3 loads: only running it would "
                     "tell\n");
        assert_check(&place, TEXT("gone"),
                     "nix: stopped\n"
                     "alias-target: @/a.conf line 4 leads to nix, and there is no such module in "
                     "@/lib/modules/" RELEASE "\n");
}

CHECK(gates_ask_the_running_kernel)
{
        _cleanup_(place_fini) struct place place = place_new();
        static const struct tn_kernel_policy policy = { .disabled = true };

        fake_kernel_set_policy(&policy);
        fake_kernel_set_blacklist("fat");
        fake_kernel_add("live", 0, "");
        place_open(&place, true);
        assert_check(&place, TEXT("vfat"),
                     "vfat: stopped\n"
                     "dependency: vfat needs fat, and that fails\n"
                     "kernel-blacklist: the kernel refuses fat: module_blacklist= on its command line names "
                     "it\n"
                     "modules-disabled: kernel.modules_disabled is 1: no module can be loaded or unloaded "
                     "before the next boot\n");
        assert_check(&place, TEXT("live"),
                     "live: live\n"
                     "not seen: live: it is loaded, and there is no file of it in the module directory\n");
}

CHECK(gates_ask_the_running_kernel_nothing_about_another)
{
        _cleanup_(place_fini) struct place place = place_new();
        static const struct tn_kernel_policy policy = { .disabled = true };

        fake_kernel_set_policy(&policy);
        fake_kernel_set_blacklist("fat");
        fake_kernel_add("live", 0, "");
        place_open(&place, false);
        assert_check(&place, TEXT("vfat"), "vfat: loads\n");
        assert_check(&place, TEXT("live"),
                     "live: unknown\n"
                     "name-unknown: there is no live in @/lib/modules/" RELEASE "\n");
}

CHECK(gates_name_keys_that_cannot_be_seen)
{
        _cleanup_(place_fini) struct place place = place_new();
        static const struct tn_kernel_policy policy = { .signatures = TN_KERNEL_ENFORCES };

        fake_kernel_set_policy(&policy);
        fake_kernel_set_keys("");
        place_open(&place, true);
        assert_int_equal(place.incompletes.list.n, 1);
        assert_string_equal(place.incompletes.list.v[0].what, "the keys that the kernel knows");
        assert_check(&place, TEXT("ext"),
                     "ext: stopped\n"
                     "signature-missing: ext has no signature, and the kernel takes signed modules only\n");
}

CHECK(gates_say_what_they_could_not_look_at)
{
        _cleanup_(place_fini) struct place place = place_new();

        tmpdir_write(&place.dir, MODULES "build/Module.symvers", "");
        place_open(&place, false);
        assert_check(&place, TEXT("fat"),
                     "fat: loads\n"
                     "not seen: what the kernel exports: @/" MODULES
                     "build/Module.symvers: Invalid argument\n");
}

/* Two of three modules agree on what the kernel is like. */
CHECK(gates_believe_no_single_module)
{
        _cleanup_(place_fini) struct place place = place_new();
        struct mkelf odd = mkelf_of(true, false);

        odd.machine = EM_X86_64;
        mkelf_info(&odd, "vermagic=5.0 SMP ");
        save(&place, MODULES "kernel/vfat.ko", &odd);
        place_open(&place, false);
        assert_check(&place, TEXT("ext"), "ext: loads\n");
        assert_check(&place, TEXT("vfat"),
                     "vfat: stopped\n"
                     "vermagic-release: vfat was built for kernel 5.0, and " RELEASE " is to load it\n");
}

CHECK(gates_need_a_module_of_the_kernel_to_know_its_vermagic)
{
        _cleanup_(place_fini) struct place place = place_new();

        tmpdir_write(&place.dir, MODULES "modules.dep", "extra/ext.ko:\n");
        place_open(&place, false);
        assert_int_equal(place.incompletes.list.n, 1);
        assert_string_equal(place.incompletes.list.v[0].what, "the version magic of the kernel");
}

CHECK(gates_take_parameters_for_the_module_that_is_named)
{
        _cleanup_(place_fini) struct place place = place_new();

        place_open(&place, false);
        assert_check(&place, (struct tn_gates_object){ .text = "vfat", .options = "nix=1" },
                     "vfat: loads\n"
                     "parameter-unknown: vfat has no parameter 'nix', so the kernel ignores it\n");
        assert_check(&place, TEXT("vfat"), "vfat: loads\n");
}

CHECK(gates_look_for_firmware_in_the_system_of_the_kernel)
{
        _cleanup_(place_fini) struct place place = place_new();
        struct mkelf ext = module_of("ext");

        mkelf_info(&ext, "firmware=there.bin");
        mkelf_info(&ext, "firmware=packed.bin");
        mkelf_info(&ext, "firmware=own.bin");
        mkelf_info(&ext, "firmware=gone.bin");
        mkelf_info(&ext, "firmware=any*.bin");
        save(&place, MODULES "kernel/ext.ko", &ext);
        tmpdir_write(&place.dir, "lib/firmware/there.bin", "");
        tmpdir_write(&place.dir, "lib/firmware/updates/packed.bin.zst", "");
        tmpdir_write(&place.dir, "lib/firmware/" RELEASE "/own.bin.xz", "");
        place_open(&place, false);
        assert_check(&place, TEXT("ext"),
                     "ext: loads\n"
                     "firmware-missing: it may be that ext asks for firmware gone.bin, which is not in "
                     "/lib/firmware\n");
}

CHECK(gates_find_what_came_after_depmod)
{
        _cleanup_(place_fini) struct place place = place_new();
        struct mkelf ext = module_of("ext"), fat = module_of("fat"), late = module_of("late");

        need(&ext, "late_symbol", 0);
        need(&fat, "late_symbol", 0);
        save(&place, MODULES "kernel/ext.ko", &ext);
        save(&place, MODULES "kernel/fat.ko", &fat);
        mkelf_export(&late, "late_symbol");
        save(&place, MODULES "kernel/late.ko", &late);
        place_open(&place, false);
        assert_check(&place, TEXT("ext"),
                     "ext: stopped\n"
                     "symbol-stale: ext needs late_symbol of @/" MODULES
                     "kernel/late.ko, and the indexes do not have it\n");
        assert_int_equal(unlinkat(place.dir.fd, MODULES "kernel/late.ko", 0), 0); /* it is known by now */
        assert_check(&place, TEXT("fat"),
                     "fat: stopped\n"
                     "symbol-stale: fat needs late_symbol of @/" MODULES
                     "kernel/late.ko, and the indexes do not have it\n");
}

/* The build of the kernel made more modules than are installed. */
CHECK(gates_know_that_an_exporter_is_not_installed)
{
        _cleanup_(place_fini) struct place place = place_new();
        struct mkelf ext = module_of("ext");

        need(&ext, "extra_symbol", 0x33);
        save(&place, MODULES "kernel/ext.ko", &ext);
        tmpdir_write(&place.dir, MODULES "build/Module.symvers",
                     "0x00000001\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\t\n"
                     "0x00000033\textra_symbol\tdrivers/extra\tEXPORT_SYMBOL\t\n");
        place_open(&place, false);
        assert_check(&place, TEXT("ext"),
                     "ext: stopped\n"
                     "symbol-unexported: ext needs extra_symbol, which neither the kernel "
                     "nor any of its modules exports\n");
}
