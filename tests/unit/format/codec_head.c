/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/codec_head.h"
#include "util/cleanup.h"

#define BYTES(lit) ((struct span){ lit, sizeof(lit) - 1 })

#define assert_objection(name, head, objection)                                                              \
        assert_int_equal(tn_codec_head_objection(&tn_codec_##name, BYTES(head)),                             \
                         TN_CODEC_OBJECTION_##objection)

/* Stream headers, up to the check's CRC, which nobody looks at. */
#define XZ_NONE                                                                                              \
        "\xfd"                                                                                               \
        "7zXZ\0\0\0\xff\x12\xd9\x41"
#define XZ_CRC32                                                                                             \
        "\xfd"                                                                                               \
        "7zXZ\0\0\1\x69\x22\xde\x36"
#define XZ_CRC64                                                                                             \
        "\xfd"                                                                                               \
        "7zXZ\0\0\4\xe6\xd6\xb4\x46"
#define XZ_SHA256                                                                                            \
        "\xfd"                                                                                               \
        "7zXZ\0\0\x0a\xe1\xfb\x0c\xa1"

CHECK(codec_head_of_gzip)
{
        assert_objection(gz, "\x1f\x8b\x08\0\0\0\0\0\2\3", NONE);
        assert_objection(gz,
                         "\x1f\x8b\x08\x08\0\0\0\0\2\3"
                         "name\0",
                         NONE);
        assert_objection(gz, "\x1f\x8b\x08\x01\0\0\0\0\2\3", NONE);
        assert_objection(gz, "\x1f\x8b\x08\x02\0\0\0\0\2\3", FIELD);
        assert_objection(gz, "\x1f\x8b\x08\x04\0\0\0\0\2\3\2\0ab", FIELD);
        assert_objection(gz, "\x1f\x8b\x08\x10\0\0\0\0\2\3", FIELD);
        assert_objection(gz, "\x1f\x8b\x07\0\0\0\0\0\2\3", FORMAT);
        assert_objection(gz, "\x1f\x8b\x08\0\0\0\0\0\2", FORMAT);
}

CHECK(codec_head_of_xz_as_the_kernel_makes_it)
{
        assert_objection(xz, XZ_CRC32 "\2\0\x21\1\x10\0\0\0\xa8\x70\x8e\x86", NONE);
        assert_objection(xz, XZ_NONE "\2\0\x21\1\x10\0\0\0\xa8\x70\x8e\x86", NONE);
        /* with both sizes, as several threads write it */
        assert_objection(xz, XZ_CRC32 "\4\xc0\x84\x26\x80\x80\1\x21\1\x10\0\0\0\0\0\0\1\2\3\4", NONE);
}

CHECK(codec_head_of_xz_with_another_check)
{
        assert_objection(xz, XZ_CRC64 "\2\0\x21\1\x10\0\0\0\xa8\x70\x8e\x86", CHECK);
        assert_objection(xz, XZ_SHA256 "\2\0\x21\1\x10\0\0\0\xa8\x70\x8e\x86", CHECK);
}

CHECK(codec_head_of_xz_with_a_large_dictionary)
{
        assert_objection(xz, XZ_CRC32 "\2\0\x21\1\x11\0\0\0\xa8\x70\x8e\x86", MEMORY);
        assert_objection(xz, XZ_CRC32 "\2\0\x21\1\x16\0\0\0\xa8\x70\x8e\x86", MEMORY);
        assert_objection(xz, XZ_CRC32 "\2\0\x21\1\x28\0\0\0\xa8\x70\x8e\x86", MEMORY);
        assert_objection(xz, XZ_CRC32 "\2\0\x21\1\0\0\0\0\xa8\x70\x8e\x86", NONE);
}

CHECK(codec_head_of_xz_with_another_filter)
{
        assert_objection(xz, XZ_CRC32 "\2\1\4\0\x21\1\x10\0\xa8\x70\x8e\x86", FILTER);
        assert_objection(xz, XZ_CRC32 "\2\0\4\0\0\0\0\0\xa8\x70\x8e\x86", FILTER);
}

CHECK(codec_head_of_xz_that_is_malformed)
{
        assert_objection(xz, XZ_CRC32 "\2\0\x21\1\x29\0\0\0\xa8\x70\x8e\x86", FORMAT);
        assert_objection(xz, XZ_CRC32 "\2\0\x21\2\x10\0\0\0\xa8\x70\x8e\x86", FORMAT);
        assert_objection(xz, XZ_CRC32 "\2\4\x21\1\x10\0\0\0\xa8\x70\x8e\x86", FORMAT);
        assert_objection(xz, XZ_CRC32 "\2\x40\xff\xff\xff\xff\xff\xff\xa8\x70\x8e\x86", FORMAT);
        assert_objection(xz, XZ_CRC32 "\3\x40\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\1\1\x21\1", FORMAT);
        assert_objection(xz, XZ_CRC32 "\1\0\x21\1\1\2\3\4", FORMAT);
        assert_objection(xz, XZ_CRC32 "\2\0\x21\1\x10\0\0\0\xa8\x70\x8e", FORMAT);
        assert_objection(xz, XZ_CRC32 "\0\0\0\0", FORMAT);
        assert_objection(xz, XZ_CRC32, FORMAT);
        assert_objection(xz,
                         "\xfd"
                         "7zXZ\0\1\1\x69\x22\xde\x36\2\0\x21\1\x10\0\0\0\xa8\x70\x8e\x86",
                         FORMAT);
        assert_objection(xz,
                         "\xfd"
                         "7zXZ\0\0\1",
                         FORMAT);
}

CHECK(codec_head_of_zstd)
{
        assert_objection(zst, "\x28\xb5\x2f\xfd\x24\6\x31\0\0", NONE);
        assert_objection(zst, "\x28\xb5\x2f\xfd\x04\0\x31\0\0", NONE);
        /* windows of 8 MiB, 9 MiB, 128 MiB, 3.75 TiB */
        assert_objection(zst, "\x28\xb5\x2f\xfd\x84\x68\x80\xc3\xc9\1", NONE);
        assert_objection(zst, "\x28\xb5\x2f\xfd\x84\x69\x80\xc3\xc9\1", MEMORY);
        assert_objection(zst, "\x28\xb5\x2f\xfd\x04\x88", MEMORY);
        assert_objection(zst, "\x28\xb5\x2f\xfd\x04\xff", MEMORY);
}

CHECK(codec_head_of_zstd_whose_window_is_its_content)
{
        assert_objection(zst, "\x28\xb5\x2f\xfd\x60\1\0", NONE);
        assert_objection(zst, "\x28\xb5\x2f\xfd\xa0\0\0\x80\0", NONE);
        assert_objection(zst, "\x28\xb5\x2f\xfd\xa0\1\0\x80\0", MEMORY);
        assert_objection(zst, "\x28\xb5\x2f\xfd\xe0\0\0\0\0\1\0\0\0", MEMORY);
        assert_objection(zst, "\x28\xb5\x2f\xfd\xe0\0\0\0\0\1\0\0", FORMAT);
}

CHECK(codec_head_of_zstd_with_a_dictionary)
{
        assert_objection(zst, "\x28\xb5\x2f\xfd\x25\1\6\x31\0\0", DICT);
}

CHECK(codec_head_of_zstd_that_is_malformed)
{
        assert_objection(zst, "\x28\xb5\x2f\xfd\x08\0\x31", FORMAT);
        assert_objection(zst, "\x28\xb5\x2f\xfd\x24", FORMAT);
        assert_objection(zst, "\x28\xb5\x2f\xfd", FORMAT);
}

CHECK(codec_head_of_another_format)
{
        assert_objection(xz, "\x28\xb5\x2f\xfd\x24\6\x31\0\0", FORMAT);
        assert_objection(zst, "", FORMAT);
        assert_objection(gz, "\177ELF", FORMAT);
}
