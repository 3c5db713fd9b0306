/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/modprobe_doubt.h"
#include "util/cleanup.h"

/* What is doubted of a line; NULL: nothing. */
static void assert_doubt(const char *line, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_conf_record record;

        assert_int_equal(tn_modprobe_conf_parse(tn_span_of(line), &arena, &record), 1);
        assert_int_equal(tn_modprobe_doubt(tn_span_of(line), &record, &text), expected != NULL);
        assert_string_equal(tn_buf_str(&text), expected ?: "");
}

CHECK(modprobe_doubt_a_second_name_is_ignored)
{
        assert_doubt("blacklist a b", "ignoring 'b': blacklist takes one module a line");
        assert_doubt(" blacklist\ta\tb c", "ignoring 'b': blacklist takes one module a line");
        assert_doubt("alias a b c", "ignoring 'c': alias takes one module a line");
        assert_doubt("blacklist a # why", NULL);
        assert_doubt("alias a b #why", NULL);
        assert_doubt("blacklist a ", NULL);
}

CHECK(modprobe_doubt_a_policy_has_one_word_and_names_are_modules)
{
        assert_doubt("policy off audit", "ignoring 'audit': policy takes one word a line");
        assert_doubt("policy off # for now", NULL);
        assert_doubt("deny a b c*", NULL);
        assert_doubt("deny a b.ko", "'b.ko' is not the name of a module; write 'b'");
        assert_doubt("deny a.ko b", "'a.ko' is not the name of a module; write 'a'");
        assert_doubt("allow a, b", "'a,' is not the name of a module");
        assert_doubt("allow a # b.ko", NULL);
}

CHECK(modprobe_doubt_a_file_is_no_module)
{
        assert_doubt("blacklist x.ko", "'x.ko' is not the name of a module; write 'x'");
        assert_doubt("blacklist /p/x-y.ko.xz", "'/p/x-y.ko.xz' is not the name of a module; write 'x_y'");
        assert_doubt("blacklist p/x", "'p/x' is not the name of a module; write 'x'");
        assert_doubt("blacklist p/", "'p/' is not the name of a module");
        assert_doubt("options x.ko a=1", "'x.ko' is not the name of a module; write 'x'");
        assert_doubt("install x.ko /bin/true", "'x.ko' is not the name of a module; write 'x'");
        assert_doubt("softdep x.ko pre: y", "'x.ko' is not the name of a module; write 'x'");
        assert_doubt("softdep x pre: y.ko", "'y.ko' is not the name of a module; write 'y'");
        assert_doubt("alias a y.ko", "'y.ko' is not the name of a module; write 'y'");
}

CHECK(modprobe_doubt_a_name_for_a_softdep_stands_behind_its_part)
{
        assert_doubt("softdep x pre:y", "ignoring 'pre:y': no blank behind 'pre:'");
        assert_doubt("softdep x y", "ignoring 'y': neither 'pre:' nor 'post:' stands before it");
        assert_doubt("softdep x pre: y post:z", "'post:z' is taken for a module: no blank behind 'post:'");
        assert_doubt("softdep x y pre: z", "ignoring 'y': neither 'pre:' nor 'post:' stands before it");
        assert_doubt("softdep x pre: y # z.ko", NULL);
        assert_doubt("softdep x pre: post: y pci:v0000/1", NULL);
}

CHECK(modprobe_doubt_a_blacklist_has_no_patterns)
{
        assert_doubt("blacklist snd*", "blacklist knows no patterns: 'snd*' is taken for a name");
        assert_doubt("install snd* /bin/true", NULL);
        assert_doubt("alias snd* snd", NULL);
}

CHECK(modprobe_doubt_other_text_is_the_commands)
{
        assert_doubt("options a b.ko /c", NULL);
        assert_doubt("install a /bin/sh -c 'x' # y", NULL);
        assert_doubt("options devname:net/tun a=1", NULL);
        assert_doubt("alias /dev/ppp ppp_generic", NULL);
        assert_doubt("weakdep a b c", NULL);
}

CHECK(modprobe_doubt_marks_are_in_no_name)
{
        assert_doubt("blacklist \"a\"", "'\"a\"' is not the name of a module");
        assert_doubt("blacklist a; blacklist b", "'a;' is not the name of a module");
        assert_doubt("install 'a' /bin/true", "''a'' is not the name of a module");
        assert_doubt("softdep a pre: b,c", "'b,c' is not the name of a module");
        assert_doubt("softdep a post: b;", "'b;' is not the name of a module");
        assert_doubt("alias x \"a\"", "'\"a\"' is not the name of a module");
        assert_doubt("alias \"x\" a", NULL);
        assert_doubt("options of:NaTbCc,d a=1", NULL);
        assert_doubt("softdep a pre: of:NaTbCc,d", NULL);
        assert_doubt("install a x; y", NULL);
        assert_doubt("options a b='c';", NULL);
}

CHECK(modprobe_doubt_a_weakdep_has_no_parts)
{
        assert_doubt("weakdep a pre: b", "'pre:' is taken for a module: weakdep has no parts");
        assert_doubt("weakdep a b post:c", "'post:c' is taken for a module: weakdep has no parts");
        assert_doubt("weakdep a b c.ko", "'c.ko' is not the name of a module; write 'c'");
        assert_doubt("weakdep a b # pre:", NULL);
}
