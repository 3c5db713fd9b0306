/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EXPORTS_LOAD_H
#define TN_CORE_EXPORTS_LOAD_H

#include "core/catalog.h"
#include "core/exports.h"
#include "util/buf.h"

/* A symbol that a file lists; the spans are borrowed for the call. */
struct tn_exports_entry {
        struct span name;
        struct span space;
        struct span owner; /* "vmlinux", or the path of a module */
        uint32_t crc;
        bool has_crc;
        bool gpl_only;
        bool has_rules;
};

/* Returns 0 or -ENOMEM, which stops the reading. */
typedef int tn_exports_fn(void *data, const struct tn_exports_entry *entry);

/* What was read, and what could not be. Zero-initialised is empty. */
struct tn_exports_file {
        enum tn_exports_source source;
        struct tn_buf path;   /* as messages name it; empty: none was read */
        struct tn_buf unread; /* the first that is there and could not be read; empty: none */
        int unread_err;
};

void tn_exports_file_fini(struct tn_exports_file *file);

/*
 * Reads the best file that lists what a kernel exports (core/exports.h): where is its module directory. Returns 1; 0
 * when there is none that can be read; -ENOMEM.
 */
int tn_exports_load(const struct tn_catalog *catalog, struct span release, tn_exports_fn *fn, void *data,
                    struct tn_exports_file *ret_file);

#endif
