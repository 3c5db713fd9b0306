/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/firmware_place.h"
#include "util/cleanup.h"

/* Where the kernel looks, in its order (drivers/base/firmware_loader/main.c); some of them have its release behind. */
static const struct {
        const char *dir;
        bool release;
} places[] = {
        { "/lib/firmware/updates/", true },
        { "/lib/firmware/updates", false },
        { "/lib/firmware/", true },
        { "/lib/firmware", false },
        /* of a tree that has no link /lib */
        { "/usr/lib/firmware/updates", false },
        { "/usr/lib/firmware", false },
};

static const char *const suffixes[] = { "", ".xz", ".zst" };

bool tn_firmware_place_next(size_t *at, struct span root, const char *release, struct span name,
                            struct tn_buf *path)
{
        size_t place = *at / ARRAY_SIZE(suffixes), suffix = *at % ARRAY_SIZE(suffixes);

        if (place >= ARRAY_SIZE(places))
                return false;
        tn_buf_addf(path, "%.*s%s%s/%.*s%s", SPAN_FMT(root), places[place].dir,
                    places[place].release ? release : "", SPAN_FMT(name), suffixes[suffix]);
        ++*at;
        return true;
}
