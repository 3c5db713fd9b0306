/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_IMAGE_SHOWN_H
#define TN_TESTS_IMAGE_SHOWN_H

#include "mkcpio.h"
#include "tenon/image/image.h"
#include "util/cleanup.h"

#define MODULE "lib/modules/6.1/kernel/a.ko"

/* What the reader was shown, as text. */
struct shown {
        struct tn_buf text;
        unsigned enough; /* after so many */
        unsigned n;
        bool is_blind; /* does not look at contents */
};

static inline int show(void *data, const struct tn_image_entry *entry, struct tn_image_contents *contents)
{
        struct shown *shown = data;
        int r = 0;

        tn_buf_addf(&shown->text, "%s%.*s %d: ", entry->is_link ? "link " : "", SPAN_FMT(entry->path.path),
                    (int)entry->size);
        if (entry->shared.archive)
                tn_buf_addf(&shown->text, "(%u.%u) ", entry->shared.archive, entry->shared.ino);
        if (!shown->is_blind)
                r = tn_image_contents_read(contents, &shown->text);
        tn_buf_add_char(&shown->text, '\n');
        return r < 0 ? r : ++shown->n == shown->enough;
}

static inline int read_bytes(struct span bytes, struct shown *shown, struct tn_image_progress *progress)
{
        const struct tn_image_reader reader = { show, shown };
        _cleanup_(closep) int fd = mkcpio_open(bytes);

        return tn_image_read(fd, &reader, progress);
}

#endif
