/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "check.h"
#include "core/info.h"
#include "format/facts_parse.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/cleanup.h"

/* A note of the owner GNU, type 3, with an id of three bytes. */
#define NOTE "\4\0\0\0\3\0\0\0\3\0\0\0GNU\0\x01\xab\xff"

static const char twenty[] = "abcdefghijklmnopqrst";

static int parse(struct span module, struct tn_info *info)
{
        struct tn_facts facts;
        int r = tn_facts_parse(module, TN_INFO_FACTS, &facts);

        return r < 0 ? r : tn_info_take(&facts, info);
}

static void assert_entry(const struct tn_info *info, size_t i, const char *key, const char *value)
{
        assert_in_range(i + 1, 1, info->entries.n);
        assert_string_equal(info->entries.v[i].key.ptr, key);
        assert_string_equal(info->entries.v[i].value.ptr, value);
        assert_int_equal(info->entries.v[i].key.len, strlen(key));
        assert_int_equal(info->entries.v[i].value.len, strlen(value));
}

static struct mkelf module(void)
{
        struct mkelf made = mkelf_of(true, false);

        mkelf_info(&made, "license=GPL");
        mkelf_info(&made, "flag");
        mkelf_info(&made, "license=MIT=yes");
        return made;
}

/* The module, and behind it a signature by "A Sig\0er" with the key "KEY". */
static struct span sign(struct mkelf *made, struct span signature, struct tn_buf *buf)
{
        tn_buf_add_span(buf, mkelf_span(made));
        tn_buf_add_span(buf, SPAN("A Sig\0erKEY"));
        tn_buf_add_span(buf, signature);
        tn_buf_add_span(buf, SPAN("\1\4\1\10\3\0\0\0\0\0\0"));
        tn_buf_add_char(buf, (char)signature.len);
        tn_buf_add_span(buf, SPAN("~Module signature appended~\n"));
        return tn_buf_span(buf);
}

CHECK(info_is_modinfo_then_build_id_then_signature)
{
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tn_info_fini) struct tn_info info = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        mkelf_section(&made, ".note.gnu.build-id", SHT_NOTE, SPAN(NOTE));
        assert_int_equal(parse(sign(&made, SPAN("\1\2"), &buf), &info), 0);
        tn_buf_fini(&buf);
        assert_int_equal(info.entries.n, 9);
        assert_entry(&info, 0, "license", "GPL");
        assert_entry(&info, 1, "flag", "");
        assert_entry(&info, 2, "license", "MIT=yes");
        assert_entry(&info, 3, "build-id", "01:AB:FF");
        assert_entry(&info, 4, "sig_id", "X509");
        assert_entry(&info, 5, "signer", "A Sig");
        assert_entry(&info, 6, "sig_key", "4B:45:59");
        assert_entry(&info, 7, "sig_hashalgo", "sha256");
        assert_entry(&info, 8, "signature", "01:02");
}

CHECK(info_of_one_key_is_made_of_the_part_that_has_it)
{
        static const char *const keys[] = { "build-id", "sig_id",       "SIGNER",
                                            "sig_key",  "sig_hashalgo", "signature" };

        assert_int_equal(tn_info_parts(NULL), TN_INFO_FACTS);
        assert_int_equal(tn_info_parts("license"), TN_FACTS_INFO);
        assert_int_equal(tn_info_parts("sig"), TN_FACTS_INFO);
        for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
                assert_int_equal(tn_info_parts(keys[i]),
                                 TN_FACTS_INFO | (i ? TN_FACTS_SIGNATURE : TN_FACTS_BUILD_ID));
}

/* One key at a time, each is what it is among all. */
CHECK(info_of_each_key_is_in_its_part)
{
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tn_info_fini) struct tn_info all = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct span bytes;

        mkelf_section(&made, ".note.gnu.build-id", SHT_NOTE, SPAN(NOTE));
        bytes = sign(&made, SPAN("\1\2"), &buf);
        assert_int_equal(parse(bytes, &all), 0);
        for (size_t i = 0; i < all.entries.n; i++) {
                _cleanup_(tn_info_fini) struct tn_info info = { 0 };
                struct tn_facts facts;
                size_t n = 0;

                assert_int_equal(tn_facts_parse(bytes, tn_info_parts(all.entries.v[i].key.ptr), &facts), 0);
                assert_int_equal(tn_info_take(&facts, &info), 0);
                for (size_t j = 0; j < info.entries.n; j++)
                        n += strcmp(info.entries.v[j].key.ptr, all.entries.v[i].key.ptr) == 0 &&
                             strcmp(info.entries.v[j].value.ptr, all.entries.v[i].value.ptr) == 0;
                assert_int_equal(n, 1);
        }
}

CHECK(info_breaks_hex_after_twenty_bytes_but_not_at_the_end)
{
        static const char line[] = "61:62:63:64:65:66:67:68:69:6A:6B:6C:6D:6E:6F:70:71:72:73:74";
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 }, hex = { 0 };

        for (unsigned lines = 1; lines <= 3; lines++) {
                _cleanup_(tn_info_fini) struct tn_info info = { 0 };
                _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

                tn_buf_add_str(&bytes, twenty);
                tn_buf_addf(&hex, "%s%s", lines > 1 ? ":\n\t\t" : "", line);
                assert_int_equal(parse(sign(&made, tn_buf_span(&bytes), &buf), &info), 0);
                assert_entry(&info, 7, "signature", tn_buf_str(&hex));
        }
}

CHECK(info_may_be_of_modinfo_alone)
{
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tn_info_fini) struct tn_info info = { 0 };

        mkelf_section(&made, ".note.gnu.build-id", SHT_NOTE, SPAN("\4\0\0\0"));
        assert_int_equal(parse(mkelf_span(&made), &info), 0);
        assert_int_equal(info.entries.n, 3);
}

CHECK(info_of_files_is_the_same)
{
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        _cleanup_(tn_info_fini) struct tn_info info = { 0 }, read = { 0 };
        struct span bytes = mkelf_span(&made);

        tmpdir_write_bytes(&dir, "a.ko", bytes.ptr, bytes.len);
        assert_int_equal(tn_info_load(dir.fd, "a.ko", &info), 0);
        assert_int_equal(info.entries.n, 3);
        assert_entry(&info, 2, "license", "MIT=yes");
        assert_int_equal(tn_modfile_open(dir.fd, "a.ko", &file), 0);
        assert_int_equal(tn_info_read(&file, TN_FACTS_INFO, &read), 0);
        assert_int_equal(read.entries.n, 3);
        assert_entry(&read, 2, "license", "MIT=yes");
}

CHECK(info_of_what_is_no_module_is_refused)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct tn_info info;

        assert_int_equal(parse(SPAN("#!/bin/sh\n"), &info), -ENOEXEC);
        assert_int_equal(parse(SPAN(""), &info), -EINVAL);
        assert_int_equal(parse(tn_span_head(mkelf_span(&made), 100), &info), -EINVAL);
        assert_int_equal(parse(mkelf_span(&made), &info), -ENODATA);
        assert_int_equal(tn_info_load(-1, "/nonexistent/a.ko", &info), -ENOENT);
        assert_int_equal(tn_info_load(-1, "/dev", &info), -EISDIR);
}

CHECK(info_of_a_built_in_module_is_what_the_kernels_build_wrote)
{
        static const char text[] =
                "a.license=GPL\0ab.license=no\0a.parm=x:y\0a.b=c.d\0nonsense\0a.flag\0a.last=1";
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_info_fini) struct tn_info info = { 0 };
        const struct tn_dir at = tn_dir_at(dir.path);

        tmpdir_write_bytes(&dir, "modules.builtin.modinfo", text, sizeof(text) - 1);
        assert_int_equal(tn_info_load_builtin(&at, SPAN("a"), &info), 0);
        assert_int_equal(info.entries.n, 5);
        assert_entry(&info, 0, "license", "GPL");
        assert_entry(&info, 1, "parm", "x:y");
        assert_entry(&info, 2, "b", "c.d");
        assert_entry(&info, 3, "flag", "");
        assert_entry(&info, 4, "last", "1");
}

CHECK(info_of_an_unknown_built_in_module_is_empty_but_of_an_old_kernel_unknown)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_info_fini) struct tn_info info = { 0 };
        const struct tn_dir at = tn_dir_at(dir.path);

        assert_int_equal(tn_info_load_builtin(&at, SPAN("a"), &info), -ENOENT);
        tmpdir_write_bytes(&dir, "modules.builtin.modinfo", "a.x=y", 6);
        assert_int_equal(tn_info_load_builtin(&at, SPAN("b"), &info), 0);
        assert_int_equal(info.entries.n, 0);
}
