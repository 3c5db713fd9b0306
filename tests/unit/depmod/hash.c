/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "depmod/hash.h"
#include "util/cleanup.h"

static const struct {
        struct span key;
        uint32_t hash;
        uint32_t module_bucket;
        uint32_t symbol_bucket;
} vectors[] = {
        { SPAN("a"), 0x115ea782, 386, 1922 },
        { SPAN("ab"), 0x516b8b44, 324, 836 },
        { SPAN("abc"), 0xd2be198a, 394, 394 },
        { SPAN("abcd"), 0xdad8b8db, 219, 219 },
        { SPAN("ext4"), 0xe679ab16, 278, 790 },
        { SPAN("crc32c_intel"), 0x93d9c885, 133, 133 },
        { SPAN("module_layout"), 0xa1f760be, 190, 190 },
        { SPAN("snd_hda_codec_hdmi"), 0x0535f561, 353, 1377 },
};

CHECK(hash_has_the_published_values)
{
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                uint32_t h = tn_hash(vectors[i].key);

                assert_int_equal(h, vectors[i].hash);
                assert_int_equal(h % TN_HASH_MODULES, vectors[i].module_bucket);
                assert_int_equal(h % TN_HASH_SYMBOLS, vectors[i].symbol_bucket);
        }
}
