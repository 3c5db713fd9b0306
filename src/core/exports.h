/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EXPORTS_H
#define TN_CORE_EXPORTS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/catalog.h"
#include "format/facts.h"
#include "util/span.h"

/*
 * What the kernel of one release exports to modules, itself and by the modules of its tree. The answers are from the
 * best source that is there:
 *
 *   SYMVERS  Module.symvers of its build: below the module directory, with its headers in /usr/src, in /boot
 *   IMAGE    the tables of its image in /boot or the module directory, and the files of its modules
 *   MODULES  what its modules record of the symbols that they need, and the files of those that export some
 *
 * The files are looked for in the system that the module directory belongs to: what is before /lib/modules in its path.
 * In a root no link leads out of it.
 */
enum tn_exports_source {
        TN_EXPORTS_SYMVERS,
        TN_EXPORTS_IMAGE,
        TN_EXPORTS_MODULES,
};

struct tn_exports;

/* One symbol. The texts are borrowed from the exports, and valid until they are closed. */
struct tn_export {
        struct span name;
        struct span space; /* the namespace that users must import; empty: none */
        const char *owner; /* "vmlinux", or the normalised name of the module that exports it */
        uint32_t crc;      /* its version, with has_crc */
        bool has_crc;
        bool gpl_only;  /* with has_rules */
        bool has_rules; /* space and gpl_only are known; from TN_EXPORTS_MODULES the kernel's own are not */
};

struct tn_exports_from {
        struct tn_catalog *catalog; /* of the module directory; borrowed until close */
        const char *release;        /* borrowed for the call */
        const char *
                except; /* a module whose records TN_EXPORTS_MODULES does not believe, borrowed; NULL: none */
        unsigned
                reads_max; /* how many modules TN_EXPORTS_MODULES reads, a compressed one counts 16; 0: all */
};

/*
 * Reads the first source that can be read; of the last one nothing yet, so that this fails with -ENOMEM alone. Of
 * modules only those are read, later, that a question is about, and those of the last source.
 */
int tn_exports_open(const struct tn_exports_from *from, struct tn_exports **ret_exports);
void tn_exports_close(struct tn_exports *exports);
void tn_exports_closep(struct tn_exports **exports);

/*
 * What is known of a symbol. Returns 0; -ENOENT when neither the kernel nor a module of its tree exports it, which the
 * first two sources know for certain as long as the index of symbols can be read; -ENODATA when nobody can tell; -ENOMEM.
 */
int tn_exports_find(struct tn_exports *exports, struct span name, struct tn_export *ret_export);

/* The parts of a module's facts that tell what it exports. */
#define TN_EXPORTS_FACTS (TN_FACTS_EXPORTS | TN_FACTS_EXPORT_RULES)

/*
 * Gives what the file of a module says, TN_EXPORTS_FACTS of it, so that it is not read once more when a question is about
 * one of its symbols. owner is its normalised name, and the file the one that the catalog has. Copies. Returns 0 or -ENOMEM.
 */
int tn_exports_offer(struct tn_exports *exports, struct span owner, const struct tn_facts *facts);

enum tn_exports_source tn_exports_source(const struct tn_exports *exports);

/* The file of the source, as messages name it; NULL for TN_EXPORTS_MODULES. Borrowed. */
const char *tn_exports_path(const struct tn_exports *exports);

/*
 * A file of a better source that is there and could not be read, such as an image that only root may read, and why
 * (-errno; -EINVAL: it is damaged; -ENOSYS: it is compressed in an unknown way). Borrowed; NULL: none.
 */
const char *tn_exports_unread(const struct tn_exports *exports, int *ret_err);

#endif
