/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/evidence_load.h"
#include "fake_kernel.h"
#include "mkelf.h"
#include "util/cleanup.h"
#include "room.h"

static struct tn_evidence gather(const struct room *w, int err, const char *path)
{
        const struct tn_evidence_load from = {
                .err = err,
                .name = "mod_a",
                .path = path,
                .options = "",
                .catalog = w->catalog,
                .log_fd = tn_kernel_log_open(),
        };
        struct tn_evidence evidence;
        int fd = from.log_fd;

        assert_int_equal(tn_evidence_load(&from, &evidence), 0);
        closep(&fd);
        return evidence;
}

/* A module that needs symbols of loaded modules, of others, and of nobody. */
static char *save_module(const struct room *w)
{
        _cleanup_(mkelf_fini) struct mkelf elf = mkelf_of(true, false);
        struct span image;

        mkelf_info(&elf, "license=GPL");
        mkelf_need(&elf, "strong", false);
        mkelf_need(&elf, "weak", true);
        mkelf_need(&elf, "more", false);
        mkelf_need(&elf, "loaded", false);
        mkelf_need(&elf, "secret", false);
        mkelf_need(&elf, "nobody", false);
        image = mkelf_span(&elf);
        tmpdir_write_bytes(&w->dir, "mod_a.ko", image.ptr, image.len);
        room_save_pairs(w, "modules.symbols.bin",
                        "symbol:strong mod_b\nsymbol:more mod_b\nsymbol:weak mod_c\nsymbol:loaded "
                        "mod_d\nsymbol:secret mod_e\n");
        fake_kernel_add("mod_d", 0, "");
        fake_kernel_add("mod_e", 0, "");
        fake_kernel_find("mod_e")->coming = true; /* as far as one can see, it may be loaded */
        fake_kernel_find("mod_e")->state_err = -EACCES;
        return tmpdir_path(&w->dir, "mod_a.ko");
}

static void assert_owners(const struct tn_evidence *evidence, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const struct tn_evidence_owner *owner;

        tn_vec_each (owner, &evidence->owners)
                tn_buf_addf(&text, "%.*s=%s%s ", SPAN_FMT(owner->symbol), owner->module,
                            owner->loaded ? "+" : "");
        assert_string_equal(tn_buf_str(&text), expected);
}

CHECK(evidence_has_the_owners_of_the_symbols_that_the_kernel_names)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(freep) char *path = save_module(&w);
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };

        fake_kernel_log("mod_a: Unknown symbol more (err -2)");
        fake_kernel_log("mod_a: Unknown symbol nobody (err -2)");
        fake_kernel_export("printk");
        evidence = gather(&w, -ENOENT, path);
        assert_owners(&evidence, "more=mod_b ");
        assert_int_equal(evidence.log.n, 2);
        assert_int_equal(evidence.symbols.len, sizeof("printk"));
        assert_string_equal(evidence.symbols.ptr, "printk");
        assert_true(evidence.parts & TN_EVIDENCE_SYMBOLS && evidence.parts & TN_EVIDENCE_FACTS);
        assert_span(tn_facts_info(&evidence.facts, SPAN("license")), "GPL");
}

CHECK(evidence_without_the_log_has_the_owners_of_all_that_is_needed_and_not_weak)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(freep) char *path = save_module(&w);
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };

        fake_kernel_close_log();
        evidence = gather(&w, -ENOENT, path);
        assert_owners(&evidence, "strong=mod_b more=mod_b loaded=mod_d+ secret=mod_e+ ");
        assert_int_equal(evidence.log_err, -EPERM);
        assert_false(evidence.parts & (TN_EVIDENCE_LOG | TN_EVIDENCE_SYMBOLS));
}

CHECK(evidence_asks_the_kernel_what_it_refuses_not_its_command_line)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };

        fake_kernel_set_cmdline("module_blacklist=mod_a module_blacklist=mod_b");
        fake_kernel_set_blacklist("mod_b");
        evidence = gather(&w, -EPERM, NULL);
        assert_span(evidence.blacklist, "mod_b");
        assert_int_equal(evidence.parts, TN_EVIDENCE_LOG | TN_EVIDENCE_POLICY);
}

CHECK(evidence_has_the_keys)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };

        fake_kernel_set_keys("a key");
        evidence = gather(&w, -EKEYREJECTED, NULL);
        assert_true(evidence.parts & TN_EVIDENCE_KEYS);
        assert_span(evidence.keys, "a key");
}

CHECK(evidence_of_a_file_that_is_not_there_says_so)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = gather(&w, -ENOENT, "/nix/mod_a.ko");

        assert_int_equal(evidence.file_err, -ENOENT);
        assert_true(evidence.parts & TN_EVIDENCE_FILE);
        assert_false(evidence.parts & TN_EVIDENCE_FACTS);
}

CHECK(evidence_has_the_beginning_and_the_size_of_a_file)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(freep) char *path = tmpdir_path(&w.dir, "mod_a.ko");
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };

        tmpdir_write_bytes(&w.dir, "mod_a.ko", "<html>", 6);
        evidence = gather(&w, -ENOEXEC, path);
        assert_span(evidence.head, "<html>");
        assert_int_equal(evidence.file_size, 6);
        assert_int_equal(evidence.facts_err, -ENOEXEC);
}

CHECK(evidence_has_the_state_of_the_module)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };

        fake_kernel_add("mod_a", 0, "");
        fake_kernel_find("mod_a")->coming = true;
        evidence = gather(&w, -EBUSY, NULL);
        assert_int_equal(evidence.state, TN_KERNEL_COMING);
        assert_true(evidence.parts & TN_EVIDENCE_STATE);
}

CHECK(evidence_tells_lines_of_the_module_from_those_of_others_by_the_name_that_is_inside)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(freep) char *path = tmpdir_path(&w.dir, "mod_a.ko");
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };
        _cleanup_(mkelf_fini) struct mkelf elf = mkelf_of(true, false);
        static const char *const lines[] = {
                "mod_a: `x' invalid for parameter `p'",
                "inner: `x' invalid for parameter `p'",
                "other: `x' invalid for parameter `p'",
                "platform dev: Direct firmware load for f.bin failed with error -2",
        };
        struct span image;

        mkelf_info(&elf, "name=inner");
        image = mkelf_span(&elf);
        tmpdir_write_bytes(&w.dir, "mod_a.ko", image.ptr, image.len);
        for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
                fake_kernel_log(lines[i]);
        evidence = gather(&w, -EIO, path);
        assert_int_equal(evidence.log.n, 4);
        assert_true(evidence.log.v[0].known && evidence.log.v[1].known && evidence.log.v[3].known);
        assert_false(evidence.log.v[2].known);
        assert_string_equal(evidence.inside, "inner");
}

CHECK(evidence_does_not_look_for_another_name_where_no_line_has_one)
{
        _cleanup_(room_fini) struct room w = room_new("", NULL, NULL, NULL);
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };

        fake_kernel_log("mod_a: `x' invalid for parameter `p'");
        fake_kernel_log("execmem: unable to allocate memory");
        evidence = gather(&w, -EIO, "/nix/mod_a.ko");
        assert_null(evidence.inside);
        assert_false(tn_evidence_has_others(&evidence));
}
