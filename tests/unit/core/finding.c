/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/finding_table.h"
#include "util/cleanup.h"

static void assert_text(const struct tn_finding *finding, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_finding_text(finding, &text);
        assert_string_equal(tn_buf_str(&text), expected);
}

CHECK(finding_has_a_sentence_of_what_it_knows)
{
        struct tn_finding finding = {
                .code = TN_FINDING_VERMAGIC_RELEASE,
                .name = "minix",
                .subject = "6.1.0-40-amd64",
                .other = "6.1.0-56-amd64",
        };

        assert_text(&finding, "minix was built for kernel 6.1.0-40-amd64, and 6.1.0-56-amd64 is running");
        finding.guess = true;
        assert_text(&finding,
                    "it may be that minix was built for kernel 6.1.0-40-amd64, and 6.1.0-56-amd64 is "
                    "running");
}

CHECK(finding_tells_the_running_kernel_from_one_that_modules_were_checked_for)
{
        _cleanup_(tn_buf_fini) struct tn_buf next = { 0 };
        struct tn_finding finding = {
                .code = TN_FINDING_SYMBOL_UNEXPORTED,
                .name = "m",
                .subject = "gone",
        };

        assert_text(&finding, "m needs gone, which neither the kernel nor any loaded module exports");
        finding.kernel = "6.12.1";
        assert_text(&finding, "m needs gone, which neither the kernel nor any of its modules exports");
        tn_finding_next(&finding, &next);
        assert_string_equal(tn_buf_str(&next), "install or load what exports it, or build m for 6.12.1");
        finding = (struct tn_finding){ .code = TN_FINDING_VERMAGIC_RELEASE,
                                       .name = "m",
                                       .subject = "6.1.0",
                                       .other = "6.12.1",
                                       .kernel = "6.12.1" };
        assert_text(&finding, "m was built for kernel 6.1.0, and 6.12.1 is to load it");
}

CHECK(finding_leaves_out_what_it_does_not_know)
{
        struct tn_finding finding = {
                .code = TN_FINDING_SYMBOL_VERSION,
                .name = "minix",
                .subject = "_printk",
        };

        assert_text(&finding, "minix was built against another version of _printk");
        finding.value = "it wants CRC 0x00000001";
        assert_text(&finding, "minix was built against another version of _printk: it wants CRC 0x00000001");
        finding.other = "the kernel";
        assert_text(&finding,
                    "minix was built against another version of _printk of the kernel: it wants CRC "
                    "0x00000001");
}

CHECK(finding_names_file_and_line)
{
        struct tn_finding finding = {
                .code = TN_FINDING_BLACKLISTED,
                .name = "msdos",
                .file = "/etc/modprobe.d/a.conf",
                .line = 7,
        };

        assert_text(&finding, "msdos is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 7");
        finding.file = "/proc/cmdline";
        finding.line = 0;
        assert_text(&finding, "msdos is not loaded: it is blacklisted by the kernel command line");
}

CHECK(finding_shows_the_text_of_others_escaped_and_not_as_a_template)
{
        struct tn_finding finding = {
                .code = TN_FINDING_PARAMETER_UNKNOWN,
                .name = "{path}",
                .path = "not this",
                .subject = "a\x1b[2Jb]",
        };

        assert_text(&finding, "{path} has no parameter 'a\\x1b[2Jb]', so the kernel ignores it");
}

CHECK(finding_has_a_next_step_as_words_and_as_a_command)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, argv = { 0 };
        struct tn_finding finding = {
                .code = TN_FINDING_HOLDER_MOUNT,
                .name = "vfat",
                .subject = "/mnt/my disk",
        };

        tn_finding_next(&finding, &text);
        tn_finding_argv(&finding, &argv);
        assert_string_equal(tn_buf_str(&text), "unmount it: umount '/mnt/my disk'");
        assert_int_equal(argv.len, sizeof("umount\0/mnt/my disk"));
        assert_memory_equal(argv.ptr, "umount\0/mnt/my disk", argv.len);
}

CHECK(finding_without_a_next_step_has_none)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, argv = { 0 };
        struct tn_finding finding = { .code = TN_FINDING_NO_EXIT, .name = "x" };

        tn_finding_next(&finding, &text);
        tn_finding_argv(&finding, &argv);
        assert_int_equal(text.len + argv.len, 0);
}

CHECK(findings_keep_copies_of_their_strings)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        char name[] = "vfat";

        assert_int_equal(tn_findings_add(&findings, (struct tn_finding){ TN_FINDING_NO_EXIT, .name = name }),
                         0);
        name[0] = 'x';
        assert_string_equal(findings.list.v[0].name, "vfat");
        assert_null(findings.list.v[0].path);
}

/* What a row says of its placeholders: each is known, and brackets have their partners. */
static void check_template(const char *text)
{
        struct span rest = tn_span_of(text);
        int open = 0;

        for (; rest.len; rest = tn_span_skip(rest, 1)) {
                static const char *const keys[] = {
                        "{name}", "{path}",  "{subject}", "{other}", "{value}",
                        "{log}",  "{where}", "{kernel}",  "{role}",  "{exporters}"
                };
                bool known = rest.ptr[0] != '{';

                for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
                        known |= tn_span_starts(rest, tn_span_of(keys[i]));
                assert_true(known);
                open += (rest.ptr[0] == '[') - (rest.ptr[0] == ']');
                assert_true(open >= 0);
        }
        assert_int_equal(open, 0);
}

CHECK(finding_table_has_a_whole_row_for_each_code)
{
        for (size_t i = 0; i < TN_FINDING_CODES; i++) {
                const struct tn_finding_row *row = &tn_finding_table[i];
                enum tn_finding_code code;

                assert_non_null(row->id);
                assert_int_equal(tn_finding_by_id(tn_span_of(row->id), &code), 0);
                assert_int_equal(code, i); /* no id twice */
                assert_string_equal(tn_finding_id(code), row->id);
                assert_int_equal(strspn(row->id, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(row->id));
                assert_true(row->text && *row->text && row->text[strlen(row->text) - 1] != '.');
                assert_true(!row->argv || row->next);
                check_template(row->text);
                check_template(row->next);
                check_template(row->argv);
        }
}

CHECK(finding_of_an_unknown_id_is_none)
{
        enum tn_finding_code code;

        assert_int_equal(tn_finding_by_id(SPAN("no-such"), &code), -ENOENT);
}
