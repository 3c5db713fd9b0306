/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/kernel_image.h"
#include "util/buf.h"
#include "util/cleanup.h"

#define GZ "\x1f\x8b\x08rest of gzip"
#define XZ "\xfd\x37\x7a\x58\x5a\0rest of xz"
#define ELF                                                                                                  \
        "\x7f"                                                                                               \
        "ELF and more"

static void put(char *image, size_t at, uint32_t num, unsigned size)
{
        for (unsigned i = 0; i < size; i++)
                image[at + i] = (char)(num >> 8 * i);
}

/* A bzImage with so many sectors of setup code, whose payload is 100 bytes behind that and ends in a size. */
static void make(struct tn_buf *image, unsigned char sectors, struct span payload, uint32_t size)
{
        size_t start = ((sectors ? sectors : 4u) + 1) * 512 + 100;
        char *bytes = tn_buf_reserve(image, start);

        memset(bytes, 0, start);
        bytes[0x1f1] = (char)sectors;
        memcpy(bytes + 0x202, "HdrS", 4);
        put(bytes, 0x206, 0x208, 2);
        put(bytes, 0x248, 100, 4);
        put(bytes, 0x24c, (uint32_t)payload.len + 4, 4);
        image->len = start;
        tn_buf_add_span(image, payload);
        tn_buf_add(image, "\0\0\0\0behind", 10);
        put(image->ptr, start + payload.len, size, 4);
}

static void assert_image(struct span bytes, const char *codec, struct span payload, uint64_t size)
{
        struct tn_kernel_image image;

        assert_int_equal(tn_kernel_image_parse(bytes, &image), 0);
        assert_string_equal(image.codec ? image.codec->name : "none", codec);
        assert_int_equal(image.payload.len, payload.len);
        assert_memory_equal(image.payload.ptr, payload.ptr, payload.len);
        assert_int_equal(image.size, size);
}

CHECK(kernel_image_has_its_payload_behind_the_setup_code)
{
        static const unsigned char sectors[] = { 0, 4, 39, 255 };

        for (size_t i = 0; i < ARRAY_SIZE(sectors); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };

                make(&image, sectors[i], SPAN(XZ), 65906612);
                assert_image(tn_buf_span(&image), "xz", SPAN(XZ), 65906612);
        }
}

CHECK(kernel_image_with_gzip_has_the_size_in_the_payload)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };

        make(&image, 4, SPAN(GZ), 7);
        assert_image(tn_buf_span(&image), "gzip", SPAN(GZ "\7\0\0\0"), 7);
}

CHECK(kernel_image_may_be_compressed_as_no_module_is)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };

        make(&image, 4, SPAN("\x02\x21\x4c\x18lz4"), 7);
        assert_image(tn_buf_span(&image), "lz4", SPAN("\x02\x21\x4c\x18lz4"), 7);
}

CHECK(kernel_image_may_be_plain)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };

        make(&image, 4, SPAN(ELF), 0);
        assert_image(tn_buf_span(&image), "none", SPAN(ELF "\0\0\0\0"), sizeof(ELF) - 1 + 4);
        assert_image(SPAN(ELF), "none", SPAN(ELF), sizeof(ELF) - 1);
        assert_image(SPAN(GZ), "gzip", SPAN(GZ), 0);
}

CHECK(kernel_image_with_another_compression_is_not_supported)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        struct tn_kernel_image parsed;

        make(&image, 4, SPAN("BZh91AY"), 7);
        assert_int_equal(tn_kernel_image_parse(tn_buf_span(&image), &parsed), -ENOSYS);
}

CHECK(kernel_image_of_an_old_protocol_or_none_is_rejected)
{
        _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
        struct tn_kernel_image parsed;

        make(&image, 4, SPAN(XZ), 7);
        put(image.ptr, 0x206, 0x207, 2);
        assert_int_equal(tn_kernel_image_parse(tn_buf_span(&image), &parsed), -ENOEXEC);
        assert_int_equal(tn_kernel_image_parse(SPAN("MZ"), &parsed), -ENOEXEC);
        assert_int_equal(tn_kernel_image_parse(SPAN(""), &parsed), -ENOEXEC);
}

CHECK(kernel_image_that_is_cut_is_an_error)
{
        static const size_t lengths[] = { 0x250, 2560 + 99, 2560 + 100 + sizeof(XZ) - 1 + 3 };

        for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf image = { 0 };
                struct tn_kernel_image parsed;

                make(&image, 4, SPAN(XZ), 7);
                assert_int_equal(
                        tn_kernel_image_parse(tn_span_head(tn_buf_span(&image), lengths[i]), &parsed),
                        -EINVAL);
        }
}
