/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/modname.h"
#include "util/cleanup.h"

static void assert_text(const char *text, const char *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tn_modname_from_text(tn_span_of(text), &buf);
        assert_span(tn_buf_span(&buf), name);
}

static void assert_path(const char *path, const char *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tn_modname_from_path(tn_span_of(path), &buf);
        assert_span(tn_buf_span(&buf), name);
}

static void assert_alias(const char *text, const char *alias)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        assert_int_equal(tn_modname_from_alias(tn_span_of(text), &buf), 0);
        assert_span(tn_buf_span(&buf), alias);
}

CHECK(modname_has_underscores_for_dashes)
{
        assert_text("snd-hda-intel", "snd_hda_intel");
        assert_text("vfat", "vfat");
        assert_text("-", "_");
        assert_text("", "");
}

CHECK(modname_ends_at_the_first_dot)
{
        assert_text("foo-bar.ko", "foo_bar");
        assert_text("foo.bar.ko.xz", "foo");
        assert_text(".ko", "");
}

CHECK(modname_of_a_path_is_of_its_base_name)
{
        assert_path("kernel/fs/fat/vfat.ko.xz", "vfat");
        assert_path("a.b/c-d.ko", "c_d");
        assert_path("vfat.ko", "vfat");
        assert_path("kernel/", "");
}

CHECK(modname_is_appended)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tn_buf_add_str(&buf, "alias ");
        tn_modname_from_text(SPAN("a-b"), &buf);
        tn_buf_add_char(&buf, ' ');
        assert_int_equal(tn_modname_from_alias(SPAN("c-d"), &buf), 0);
        assert_span(tn_buf_span(&buf), "alias a_b c_d");
}

CHECK(modname_alias_keeps_what_is_in_brackets)
{
        assert_alias("usb-[a-z]-x", "usb_[a-z]_x");
        assert_alias("[-][-]-", "[-][-]_");
        assert_alias("[[-]", "[[-]");
        assert_alias("a-b.c-d", "a_b.c_d");
        assert_alias("", "");
}

CHECK(modname_alias_with_a_bracket_without_partner_is_rejected)
{
        const char *bad[] = { "[", "]", "a[b", "a]b", "[]]", "[a-z]-]", "a-[b][" };
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tn_buf_add_str(&buf, "before");
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_int_equal(tn_modname_from_alias(tn_span_of(bad[i]), &buf), -EINVAL);
        assert_span(tn_buf_span(&buf), "before");
}

CHECK(modname_keeps_any_byte)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };

        tn_modname_from_text(SPAN("a\0-\xff/"), &buf);
        assert_int_equal(buf.len, 5);
        assert_memory_equal(buf.ptr, "a\0_\xff/", 5);
}

CHECK(modname_knows_module_files)
{
        struct span plain = { 0 };

        assert_true(tn_modname_is_file(SPAN("kernel/vfat.ko"), &plain));
        assert_span(plain, "kernel/vfat.ko");
        assert_true(tn_modname_is_file(SPAN("vfat.ko.xz"), &plain));
        assert_span(plain, "vfat.ko");
        assert_true(tn_modname_is_file(SPAN("vfat.ko.zst"), &plain));
        assert_true(tn_modname_is_file(SPAN("vfat.ko.gz"), NULL));
}

CHECK(modname_knows_what_is_no_module_file)
{
        const char *bad[] = { "",        "ko",       "vfat",     "vfat.ko.xz.gz", "vfat.o",
                              "vfat.xz", "vfat.ko.", "vfat.kox", "vfat.ko.bz2",   "vfat.KO",
                              ".ko",     "a/.ko",    "a/.ko.xz" };
        struct span plain = SPAN("untouched");

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_false(tn_modname_is_file(tn_span_of(bad[i]), &plain));
        assert_span(plain, "untouched");
}

CHECK(modname_of_a_module_is_sane)
{
        static const char *const good[] = {
                "vfat", "nls_iso8859_1", "a",
                ".",    "a.b",           "8021q",
                "x:y",  "a b",           "a23456789_b23456789_c23456789_d23456789_e23456789_f2345"
        };

        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                assert_true(tn_modname_is_sane(tn_span_of(good[i])));
}

CHECK(modname_that_no_module_can_have_is_not_sane)
{
        static const char *const bad[] = { "",
                                           "/",
                                           "a/b",
                                           "../a",
                                           "..",
                                           "a..b",
                                           "a\tb",
                                           "a\nb",
                                           "\033[2J",
                                           "\177",
                                           "a23456789_b23456789_c23456789_d23456789_e23456789_f23456" };

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_false(tn_modname_is_sane(tn_span_of(bad[i])));
        assert_false(tn_modname_is_sane((struct span){ "a\0b", 3 }));
}

CHECK(modname_that_a_file_is_found_by)
{
        static const char *const good[] = { "vfat", "a b", " ", "_lead", "a,b", "a[b]c", "a*", "#", "a=b" };
        static const char *const bad[] = { "",     "a:b", ":",    "a[b",      "a]b", "[a]]",
                                           "a..b", "a/b", "a\tb", "\303\244", "\177" };
        char name[TN_MODNAME_FILE + 1];

        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                assert_true(tn_modname_is_found(tn_span_of(good[i])));
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_false(tn_modname_is_found(tn_span_of(bad[i])));
        memset(name, 'a', sizeof(name));
        assert_true(tn_modname_is_found((struct span){ name, TN_MODNAME_FILE }));
        assert_false(tn_modname_is_found((struct span){ name, TN_MODNAME_FILE + 1 }));
}

CHECK(modname_of_a_request_may_be_an_alias)
{
        static const char *const good[] = { "vfat",
                                            "fs-vfat",
                                            "pci:v00008086d000010D3sv*",
                                            "devname:net/tun",
                                            "dmi:bvnX:pn300V3Z/300V4Z:v1..0",
                                            "net-pf-16-proto-9",
                                            "a b",
                                            "a.b" };
        char page[TN_MODNAME_TEXT + 1];

        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                assert_true(tn_modname_is_request(tn_span_of(good[i])));
        memset(page, 'a', sizeof(page));
        assert_true(tn_modname_is_request((struct span){ page, TN_MODNAME_TEXT }));
        assert_false(tn_modname_is_request((struct span){ page, TN_MODNAME_TEXT + 1 }));
}

/* As read from a file "modalias" below /sys, which lspci does not cut. */
CHECK(modname_of_a_request_may_end_with_one_newline)
{
        assert_true(tn_modname_is_request(SPAN("pci:v00008086d1\n")));
        assert_false(tn_modname_is_request(SPAN("pci:v00008086d1\n\n")));
        assert_false(tn_modname_is_request(SPAN("pci:v00008086d1\nx")));
        assert_false(tn_modname_is_request(SPAN("../x\n")));
}

CHECK(modname_of_a_request_is_no_path)
{
        static const char *const bad[] = { "",      "/",      "/usbserial",
                                           "../x",  "a/../b", "kernel/fs/vfat.ko",
                                           "a/b:c", "a\nb",   "x:\033[2J" };

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_false(tn_modname_is_request(tn_span_of(bad[i])));
}

/* Of any length, with a dash or a set anywhere, so that whole words and what is left of them have their turn. */
CHECK(modname_of_an_alias_changes_each_dash_outside_of_sets)
{
        for (size_t len = 1; len < 30; len++)
                for (size_t at = 0; at + 4 <= len; at++) {
                        char text[32] = "", alias[32] = "";

                        for (size_t i = 0; i < len; i++) {
                                text[i] = i % 3 ? (char)('a' + i) : '-';
                                alias[i] = i % 3 ? (char)('a' + i) : '_';
                        }
                        assert_alias(text, alias);
                        memcpy(text + at, "[-z]", 4);
                        memcpy(alias + at, "[-z]", 4);
                        assert_alias(text, alias);
                }
}
