/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/pe.h"
#include "util/cleanup.h"
#include "util/num.h"

/* The PE format, learn.microsoft.com/windows/win32/debug/pe-format. */
#define PE_OFFSET      0x3c /* where the signature is, in the header for DOS */
#define DOS_HEADER     0x40
#define SIGNATURE      SPAN("PE\0\0")
#define N_SECTIONS     6  /* from the signature */
#define OPTIONAL_SIZE  20 /* of the header that follows */
#define COFF_HEADER    24 /* the size of both */
#define NAME_SIZE      8  /* of a section; padded with NUL */
#define VIRTUAL_SIZE   8  /* from the start of its header */
#define RAW_SIZE       16
#define RAW_OFFSET     20
#define SECTION_HEADER 40

static bool is_named(struct span header, struct span name)
{
        struct span field = tn_span_head(header, NAME_SIZE);

        return tn_span_eq(tn_span_head(field, tn_span_chr(field, '\0')), name);
}

static struct tn_pe_section read_section(struct span header)
{
        /* the size in memory is the right one, the size in the file is a multiple of something */
        return (struct tn_pe_section){
                .offset = tn_num_le32(header.ptr + RAW_OFFSET),
                .size = MIN(tn_num_le32(header.ptr + VIRTUAL_SIZE), tn_num_le32(header.ptr + RAW_SIZE)),
        };
}

int tn_pe_find(struct span head, struct span name, struct tn_pe_section *ret_section)
{
        struct span coff, table;
        unsigned n;

        if (head.len < DOS_HEADER || !tn_span_starts(head, SPAN("MZ")))
                return -ENOEXEC;
        coff = tn_span_skip(head, tn_num_le32(head.ptr + PE_OFFSET));
        if (coff.len < COFF_HEADER)
                return -EINVAL;
        if (!tn_span_starts(coff, SIGNATURE))
                return -ENOEXEC;
        table = tn_span_skip(coff, (size_t)COFF_HEADER + tn_num_le16(coff.ptr + OPTIONAL_SIZE));
        n = tn_num_le16(coff.ptr + N_SECTIONS);
        for (unsigned i = 0; i < n; i++) {
                struct span header = tn_span_skip(table, (size_t)i * SECTION_HEADER);

                if (header.len < SECTION_HEADER)
                        return -EINVAL;
                if (is_named(header, name)) {
                        *ret_section = read_section(header);
                        return 0;
                }
        }
        return -ENODATA;
}
