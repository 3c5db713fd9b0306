/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_FIRMWARE_H
#define TN_CORE_FIRMWARE_H

#include "core/catalog.h"
#include "util/arena.h"

/* The files of firmware that a module names, and how many of them the system lacks. */
struct tn_firmware {
        struct tn_arena arena;
        size_t named, missing;
        const char *first; /* of the missing ones; NULL: none is */
};

/* Of a module of a catalog, by its normalised name; one that has no file names none. Returns 0 or -ENOMEM. */
int tn_firmware_look(struct tn_catalog *catalog, const char *release, const char *name,
                     struct tn_firmware *ret_firmware);

void tn_firmware_fini(struct tn_firmware *firmware);

#endif
