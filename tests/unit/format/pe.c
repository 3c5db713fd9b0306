/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/pe.h"
#include "mkpe.h"
#include "util/cleanup.h"

CHECK(pe_section_has_its_place_without_padding)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct tn_pe_section section;

        mkpe(&bytes, ".initrd", SPAN("1234567"));
        assert_int_equal(tn_pe_find(tn_buf_span(&bytes), SPAN(".initrd"), &section), 0);
        assert_int_equal(section.offset, 1024);
        assert_int_equal(section.size, 7);
        assert_int_equal(tn_pe_find(tn_buf_span(&bytes), SPAN(".linux"), &section), 0);
        assert_int_equal(section.size, 0);
        assert_int_equal(tn_pe_find(tn_buf_span(&bytes), SPAN(".init"), &section), -ENODATA);
}

CHECK(pe_section_may_have_a_name_of_eight_bytes)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct tn_pe_section section;

        mkpe(&bytes, ".cmdline", SPAN("x"));
        assert_int_equal(tn_pe_find(tn_buf_span(&bytes), SPAN(".cmdline"), &section), 0);
        assert_int_equal(section.size, 1);
}

CHECK(pe_headers_must_be_there)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct tn_pe_section section;

        mkpe(&bytes, ".initrd", SPAN("1"));
        for (size_t len = 0; len < 248; len++)
                assert_int_equal(
                        tn_pe_find(tn_span_head(tn_buf_span(&bytes), len), SPAN(".initrd"), &section),
                        len < 64 ? -ENOEXEC : -EINVAL);
        assert_int_equal(tn_pe_find(tn_span_head(tn_buf_span(&bytes), 248), SPAN(".initrd"), &section), 0);
        memset(bytes.ptr + 0x3c, 0xff, 4);
        assert_int_equal(tn_pe_find(tn_buf_span(&bytes), SPAN(".initrd"), &section), -EINVAL);
}

CHECK(pe_is_known_by_both_magics)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        struct tn_pe_section section;

        mkpe(&bytes, ".initrd", SPAN("1"));
        bytes.ptr[128] = 'N';
        assert_int_equal(tn_pe_find(tn_buf_span(&bytes), SPAN(".initrd"), &section), -ENOEXEC);
        bytes.ptr[128] = 'P';
        bytes.ptr[0] = 'Z';
        assert_int_equal(tn_pe_find(tn_buf_span(&bytes), SPAN(".initrd"), &section), -ENOEXEC);
}
