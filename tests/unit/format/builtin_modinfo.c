/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/builtin_modinfo.h"
#include "util/buf.h"
#include "util/cleanup.h"

static void assert_entries(struct span text, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_builtin_modinfo entry;

        while (tn_builtin_modinfo_next(&text, &entry))
                tn_buf_addf(&got, "%.*s|%.*s|%.*s\n", SPAN_FMT(entry.module), SPAN_FMT(entry.info.key),
                            SPAN_FMT(entry.info.value));
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(builtin_modinfo_has_module_key_and_value)
{
        assert_entries(
                SPAN("crc32.license=GPL\0crc32.author=A. B. <a=b@c>\0dm_mod.alias=devname:mapper/control\0"),
                "crc32|license|GPL\ncrc32|author|A. B. <a=b@c>\ndm_mod|alias|devname:mapper/control\n");
}

CHECK(builtin_modinfo_value_may_be_empty_or_missing)
{
        assert_entries(SPAN("a.k=\0a.k2\0a.=v\0"), "a|k|\na|k2|\na||v\n");
}

CHECK(builtin_modinfo_last_may_lack_its_nul)
{
        assert_entries(SPAN("a.b=c\0d.e=f"), "a|b|c\nd|e|f\n");
}

CHECK(builtin_modinfo_passes_over_what_names_no_module)
{
        assert_entries(SPAN("\0\0.k=v\0nodot\0a.\0b.c=d\0\0"), "b|c|d\n");
        assert_entries(SPAN(""), "");
}
