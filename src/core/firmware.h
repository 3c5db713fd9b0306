/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_FIRMWARE_H
#define TN_CORE_FIRMWARE_H

#include "core/catalog.h"
#include "format/facts.h"
#include "util/arena.h"

/* The files of firmware that a module names, and how many of them the system lacks. */
struct tn_firmware {
        struct tn_arena arena;
        size_t named, missing;
        const char *first; /* of the missing ones; NULL: none is */
};

/* Of a module with these facts, TN_FACTS_INFO of them; missing are those that are, each with its NUL. Returns 0 or -ENOMEM. */
int tn_firmware_count(const struct tn_facts *facts, struct span missing, struct tn_firmware *ret_firmware);

/* The same; what is missing is looked for in the system of the catalog, as the kernel of that release does. */
int tn_firmware_find(struct tn_catalog *catalog, const char *release, const struct tn_facts *facts,
                     struct tn_firmware *ret_firmware);

/* Of a module of a catalog, by its normalised name; one that has no file names none. Returns 0 or -ENOMEM. */
int tn_firmware_look(struct tn_catalog *catalog, const char *release, const char *name,
                     struct tn_firmware *ret_firmware);

void tn_firmware_fini(struct tn_firmware *firmware);

#endif
