/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/diagnose.h"
#include "core/diagnose_load.h"
#include "fake_kernel.h"
#include "mkelf.h"
#include "util/cleanup.h"
#include "room.h"

#define INFO(key, value)                                                                                     \
        {                                                                                                    \
                SPAN(key), SPAN(value)                                                                       \
        }

static struct tn_diagnose_refusal refusal(int err)
{
        return (struct tn_diagnose_refusal){
                .err = -err,
                .name = "mod_a",
                .options = "",
                .release = "6.1.0-13",
                .facts_err = -EACCES,
        };
}

static void assert_says(const struct tn_diagnose_refusal *what, const char *want)
{
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };

        assert_int_equal(tn_diagnose_refusal(what, &lines), 0);
        assert_string_equal(tn_buf_str(&lines), want);
}

CHECK(diagnose_of_a_file_that_may_not_be_read_names_no_other_right)
{
        struct tn_diagnose_refusal what = refusal(EACCES);

        what.policy.no_right = true;
        assert_says(&what, "this user may not read the file\n");
        what.facts_err = -EINVAL;
        assert_says(&what, "it takes the capability CAP_SYS_MODULE, as root has it outside of containers\n");
}

CHECK(diagnose_says_nothing_of_what_the_errno_says)
{
        struct tn_diagnose_refusal what = refusal(ENODEV);

        assert_says(&what, "");
        what = refusal(EPERM);
        assert_says(&what, "");
}

CHECK(diagnose_knows_a_kernel_without_modules_and_a_codec_that_is_missing)
{
        struct tn_diagnose_refusal what = refusal(ENOSYS);

        assert_says(&what, "");
        what.facts_err = -ENOSYS;
        assert_says(&what, "neither the kernel nor an installed library can decompress it\n");
        what.policy.no_modules = true;
        assert_says(&what, "the running kernel, 6.1.0-13, was built without support for modules\n");
}

CHECK(diagnose_names_each_thing_that_stands_in_the_way)
{
        struct tn_diagnose_refusal what = refusal(EPERM);

        what.policy =
                (struct tn_kernel_policy){ .disabled = true, .no_right = true, .lockdown = "integrity" };
        what.blacklist = SPAN("x,mod_a,,y");
        assert_says(&what, "it takes the capability CAP_SYS_MODULE, as root has it outside of containers\n"
                           "kernel.modules_disabled is 1: nothing can be loaded before the next boot\n"
                           "module_blacklist= on the kernel command line names it\n"
                           "the kernel is locked down (integrity) and takes no module without a signature\n");
        what.policy = (struct tn_kernel_policy){ 0 };
        what.blacklist = SPAN("mod,mod_a_b,xmod_a,mod-a");
        assert_says(&what, "");
}

CHECK(diagnose_knows_two_parameters_in_one_argument)
{
        struct tn_modinfo info[] = { INFO("parmtype", "path:charp"), INFO("parm", "format:how") };
        const struct tn_facts facts = { .info = { .v = info, .n = 2 } };
        struct tn_diagnose_refusal what = refusal(EINVAL);

        what.facts = &facts;
        what.options = "path=\"/a b.lime format=lime x=1\"";
        assert_says(&what, "dmesg has what the kernel says of it\n"
                           "'format=lime' is part of the value of 'path': give each parameter as an argument "
                           "of its own\n");
        what.options = "path=\"a b format\" format=\"path b=1\"";
        assert_says(&what, "dmesg has what the kernel says of it\n");
        what.options = "path=/a format=lime";
        assert_says(&what, "dmesg has what the kernel says of it\n");
}

CHECK(diagnose_asks_the_kernel_what_it_refuses_not_its_command_line)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };

        /* the last word counts */
        fake_kernel_set_cmdline("module_blacklist=mod_a module_blacklist=mod_b");
        fake_kernel_set_blacklist("mod_b");
        assert_int_equal(tn_diagnose_load_refusal(-EPERM, "/nix/mod_a.ko", "", w.catalog, &lines), 0);
        assert_int_equal(lines.len, 0);
        assert_int_equal(tn_diagnose_load_refusal(-EPERM, "/nix/mod-b.ko.xz", "", w.catalog, &lines), 0);
        assert_string_equal(tn_buf_str(&lines), "module_blacklist= on the kernel command line names it\n");
}

CHECK(diagnose_compares_what_a_module_was_built_for_with_what_runs)
{
        struct tn_modinfo info[] = { INFO("name", "mod_a"), INFO("vermagic", "5.10.0-1 SMP mod_unload ") };
        const struct tn_facts facts = { .info = { .v = info, .n = 2 } };
        struct tn_diagnose_refusal what = refusal(ENOEXEC);

        what.facts = &facts;
        assert_says(&what,
                    "it was built for 5.10.0-1, and 6.1.0-13 is running: boot that kernel, or build it "
                    "for this one\n");
        info[1].value = SPAN("6.1.0-13 SMP mod_unload ");
        assert_says(&what, "its vermagic is '6.1.0-13 SMP mod_unload '; dmesg has the kernel's\n");
}

CHECK(diagnose_knows_a_file_that_is_no_module)
{
        struct tn_diagnose_refusal what = refusal(ENOEXEC);

        what.facts_err = -ENOEXEC;
        assert_says(&what, "the file is no module at all\n");
        what.facts_err = -EINVAL;
        assert_says(&what, "the file is damaged, or cut off\n");
}

CHECK(diagnose_knows_a_file_that_is_gone)
{
        struct tn_diagnose_refusal what = refusal(ENOENT);

        what.facts_err = -ENOENT;
        assert_says(&what, "its file is not there: run depmod\n");
}

CHECK(diagnose_names_the_modules_that_would_have_the_symbols)
{
        const struct tn_diagnose_export exports[] = {
                { SPAN("f1"), "fat", false }, { SPAN("l"), "loop", true },  { SPAN("m"), "mtd", false },
                { SPAN("f2"), "fat", false }, { SPAN("f3"), "fat", false }, { SPAN("f4"), "fat", false },
                { SPAN("f5"), "fat", false }, { SPAN("f6"), "fat", false }, { SPAN("f7"), "fat", false },
                { SPAN("f8"), "fat", false },
        };
        const struct tn_facts facts = { 0 };
        struct tn_diagnose_refusal what = refusal(ENOENT);

        what.facts = &facts;
        what.exports = exports;
        what.n_exports = ARRAY_SIZE(exports);
        assert_says(&what, "it needs fat, which is not loaded, for f1, f2, f3, f4, f5, f6, ...\n"
                           "it needs mtd, which is not loaded, for m\n");
        what.n_exports = 0;
        assert_says(&what, "dmesg has what the kernel says of it\n");
}

CHECK(diagnose_names_parameters_that_a_module_does_not_have)
{
        struct tn_modinfo info[] = { INFO("parm", "size:of it"), INFO("parmtype", "size:int"),
                                     INFO("parmtype", "rd_nr:int") };
        const struct tn_facts facts = { .info = { .v = info, .n = 3 } };
        struct tn_diagnose_refusal what = refusal(EINVAL);

        what.facts = &facts;
        what.options = "rd-nr=1 size=\"a b\" siz=2 dyndbg=+p sizes";
        assert_says(&what, "it has no parameter 'siz'; it has: size, rd_nr\n"
                           "it has no parameter 'sizes'; it has: size, rd_nr\n");
        what.options = "size=x";
        assert_says(&what, "dmesg has what the kernel says of it\n");
        info[0].key = info[1].key = info[2].key = SPAN("x");
        what.options = "a=1";
        assert_says(&what, "it has no parameter 'a'\n");
}

CHECK(diagnose_of_a_signature)
{
        struct tn_diagnose_refusal what = refusal(EKEYREJECTED);

        assert_says(
                &what,
                "the kernel takes only modules signed with a key that it knows; modinfo shows the signer\n");
}

static void assert_missing(const struct tn_diagnose_missing *missing, const char *want)
{
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };

        assert_int_equal(tn_diagnose_missing(missing, &lines), 0);
        assert_string_equal(lines.len ? tn_buf_str(&lines) : "", want);
}

static void assert_link(struct span text, int err, const char *want)
{
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };

        assert_int_equal(tn_diagnose_link(text, err, &lines), 0);
        assert_string_equal(lines.len ? tn_buf_str(&lines) : "", want);
}

CHECK(diagnose_of_a_link_says_where_it_leads)
{
        assert_link(SPAN("/a\033.ko"), -ELOOP,
                    "it is a symbolic link to /a\\x1b.ko, which leads back to it\n");
        assert_link(SPAN("/a.ko"), -ENOENT, "it is a symbolic link to /a.ko, which is not there\n");
        assert_link(SPAN("a.ko"), -ENOENT,
                    "it is a symbolic link to a.ko, which is not there\n"
                    "a relative path in a link counts from the directory of the link: "
                    "make it with ln -sr, or with an absolute path\n");
        assert_link(SPAN("a.ko"), -EACCES, "");
}

CHECK(diagnose_of_a_missing_module_says_what_there_is)
{
        struct tn_diagnose_missing missing = { .version = "6.1" };

        assert_missing(&missing, "");
        missing.file = SPAN("kernel/a.ko");
        assert_missing(&missing, "kernel/a.ko is there, but no index knows it: run depmod 6.1\n");
        missing.no_modules = true;
        assert_missing(&missing, "there are no modules in it\n");
        missing.no_dir = true;
        assert_missing(&missing, "there are no modules for 6.1\n");
        missing.others = SPAN("5.10 6.12");
        missing.running = true;
        assert_missing(&missing, "there are no modules for 6.1, the running kernel; there are for 5.10 6.12\n"
                                 "they may have been replaced by an update: reboot, or install them\n");
}

/* What a module can do without is no reason for a refusal. */
CHECK(diagnose_names_who_exports_what_is_missing_and_not_weak)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(mkelf_fini) struct mkelf elf = mkelf_of(true, false);
        _cleanup_(freep) char *path = tmpdir_path(&w.dir, "mod_a.ko");
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };
        struct span image;

        mkelf_need(&elf, "strong", false);
        mkelf_need(&elf, "weak", true);
        mkelf_need(&elf, "more", false);
        mkelf_need(&elf, "loaded", false);
        mkelf_need(&elf, "nobody", false);
        mkelf_need(&elf, "secret", false);
        image = mkelf_span(&elf);
        tmpdir_write_bytes(&w.dir, "mod_a.ko", image.ptr, image.len);
        room_save_pairs(&w, "modules.symbols.bin",
                        "symbol:strong mod_b\nsymbol:more mod_b\nsymbol:weak mod_c\nsymbol:loaded "
                        "mod_d\nsymbol:secret mod_e\n");
        fake_kernel_add("mod_d", 0, "");
        fake_kernel_add("mod_e", 0, "");
        fake_kernel_find("mod_e")->coming = true; /* as far as one can see, it may be loaded */
        fake_kernel_find("mod_e")->state_err = -EACCES;
        assert_int_equal(tn_diagnose_load_refusal(-ENOENT, path, "", w.catalog, &lines), 0);
        assert_string_equal(tn_buf_str(&lines), "it needs mod_b, which is not loaded, for strong, more\n");
}

static void assert_load_missing(const char *dir, const char *name, const char *want)
{
        _cleanup_(tn_catalog_closep) struct tn_catalog *cat = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };
        const struct tn_dir at = tn_dir_at(dir);

        fake_kernel_reset();
        assert_int_equal(tn_catalog_open(&at, &cat), 0);
        assert_int_equal(tn_diagnose_load_missing(name, cat, &lines), 0);
        assert_string_equal(lines.len ? tn_buf_str(&lines) : "", want);
}

CHECK(diagnose_finds_what_there_is_of_a_missing_module)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *some = tmpdir_path(&dir, "6.1"), *none = tmpdir_path(&dir, "6.2"),
                              *gone = tmpdir_path(&dir, "6.3");

        tmpdir_write(&dir, "6.1/kernel/a/mod-b.ko", "");
        tmpdir_write(&dir, "6.1/kernel/b/mod_c.ko.xz", "");
        tmpdir_write(&dir, "6.2/modules.order", "");
        tmpdir_write(&dir, "5.10/x", "");
        tmpdir_write(&dir, ".hidden/x", "");
        assert_load_missing(some, "mod_b",
                            "kernel/a/mod-b.ko is there, but no index knows it: run depmod 6.1\n");
        assert_load_missing(some, "mod-c",
                            "kernel/b/mod_c.ko.xz is there, but no index knows it: run depmod 6.1\n");
        assert_load_missing(some, "mod_d", "");
        assert_load_missing(none, "mod_b", "there are no modules in it\n");
        assert_load_missing(gone, "mod_b", "there are no modules for 6.3; there are for 5.10 6.1 6.2\n");
}
