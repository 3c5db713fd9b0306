/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>
#include <string.h>

#include "check.h"
#include "format/elf.h"
#include "format/elfsift.h"
#include "format/modinfo.h"
#include "format/modsym.h"
#include "mkelf.h"
#include "util/cleanup.h"

static const struct span parts[] = { SPAN(".modinfo"), SPAN(".symtab"), SPAN(".strtab"), SPAN("__") };

/* A file in memory, and how often it was read. */
struct source {
        struct span bytes;
        unsigned times;
};

static int read_memory(void *data, struct tn_elfsift_piece *pieces, size_t n, uint64_t *ret_size)
{
        struct source *source = data;

        source->times++;
        for (size_t i = 0; i < n; i++) {
                size_t at = pieces[i].at < source->bytes.len ? (size_t)pieces[i].at : source->bytes.len;
                struct span part = tn_span_head(tn_span_skip(source->bytes, at), pieces[i].len);

                memcpy(pieces[i].to, part.ptr, part.len);
                pieces[i].got = part.len;
        }
        if (ret_size)
                *ret_size = source->bytes.len;
        return 0;
}

static int sift(struct source *source, size_t max, struct tn_buf *image, struct tn_elfsift_excess *excess)
{
        const struct tn_elfsift_source from = { read_memory, source };
        const struct tn_elfsift_want want = { parts, ARRAY_SIZE(parts), max };
        _cleanup_(tn_elfsift_room_fini) struct tn_elfsift_room room = { 0 };

        return tn_elfsift(&from, &want, &room, image, excess);
}

static void fill(struct mkelf *made, struct span large)
{
        mkelf_info(made, "alias=a");
        mkelf_export_section(made, "e", 0x1234);
        mkelf_need(made, "n", false);
        mkelf_version(made, "n", 0x5678);
        mkelf_section(made, ".data", SHT_PROGBITS, large);
}

CHECK(elfsift_keeps_what_is_wanted_and_nothing_else)
{
        static const char large[100000];

        for (unsigned kind = 0; kind < 4; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);
                _cleanup_(tn_modsyms_fini) struct tn_modsyms exports = { 0 }, needs = { 0 };
                _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
                struct tn_elfsift_excess excess;
                struct tn_elf_section sec;
                struct source source;
                struct tn_elf elf;
                struct span info;

                fill(&made, (struct span){ large, sizeof(large) });
                source = (struct source){ .bytes = mkelf_span(&made) };
                assert_int_equal(sift(&source, 1000, &image, &excess), 0);
                assert_string_equal(excess.name, "");
                assert_true(image.len < 2000);
                assert_int_equal(tn_elf_parse(tn_buf_span(&image), &elf), 0);
                assert_int_equal(tn_elf_find(&elf, SPAN(".data"), &sec), 0);
                assert_int_equal(sec.bytes.len, 0);
                assert_int_equal(tn_modinfo_section(&elf, &info), 0);
                assert_true(tn_span_eq(info, SPAN("alias=a\0")));
                assert_int_equal(tn_modsyms_exports(&elf, &exports), 0);
                assert_int_equal(exports.n, 1);
                assert_int_equal(exports.v[0].crc, 0x1234);
                assert_int_equal(tn_modsyms_needs(&elf, &needs), 0);
                assert_int_equal(needs.n, 1);
                assert_int_equal(needs.v[0].crc, 0x5678);
        }
}

CHECK(elfsift_leaves_a_section_empty_that_is_too_large)
{
        static const char large[1000];
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        struct tn_elfsift_excess excess;
        struct source source;
        struct tn_elf_section sec;
        struct tn_elf elf;

        fill(&made, SPAN(""));
        mkelf_section(&made, "__large_section_with_a_very_long_name", SHT_PROGBITS,
                      (struct span){ large, sizeof(large) });
        source.bytes = mkelf_span(&made);
        assert_int_equal(sift(&source, 999, &image, &excess), 0);
        assert_string_equal(excess.name, "__large_section_with_a_very_lon");
        assert_int_equal(excess.size, 1000);
        assert_int_equal(tn_elf_parse(tn_buf_span(&image), &elf), 0);
        assert_int_equal(tn_elf_find(&elf, SPAN("__large_section_with_a_very_long_name"), &sec), 0);
        assert_int_equal(sec.bytes.len, 0);
        assert_int_equal(tn_elf_find(&elf, SPAN(".modinfo"), &sec), 0);
        assert_int_equal(sec.bytes.len, 8);
}

CHECK(elfsift_of_a_file_that_is_cut_fails_as_the_file_does)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        struct span all;

        fill(&made, SPAN("data"));
        all = mkelf_span(&made);
        for (size_t len = 0; len < all.len; len++) {
                _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
                struct source source = { .bytes = tn_span_head(all, len) };
                struct tn_elfsift_excess excess;
                struct tn_elf elf;

                assert_int_equal(sift(&source, 1000, &image, &excess), tn_elf_parse(source.bytes, &elf));
                assert_int_equal(image.len, 0);
        }
}
