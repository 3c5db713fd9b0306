/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_FACTS_H
#define TN_CORE_FACTS_H

#include <stdint.h>

#include "format/modinfo.h"
#include "format/modsym.h"
#include "util/arena.h"

/* More than any module has. */
struct tn_facts_excess {
        char what[40];  /* "bytes of .modinfo"; "" for nothing */
        uint64_t found; /* how many it has */
        uint64_t bound;
};

/*
 * What a module file says, read once. A plain record: all spans point into its own arena, NUL-terminated, and the
 * file is not needed any more. depmod's graph and emitters work on this alone.
 */
struct tn_facts {
        struct tn_arena arena;
        struct tn_modinfos info; /* .modinfo in file order; none when the section is absent */
        struct tn_modsyms exports;
        struct tn_modsyms needs;
        struct tn_facts_excess
                excess; /* what is left out of all that, because no module has so much; the first of it */
        int needs_err;  /* 0, or why needs is empty: -EINVAL for a module without usable symbol table */
};

/*
 * Reads a module, compressed or not; path as for tn_file_open. Returns 0; -ENOEXEC when it is no ELF file,
 * -EINVAL when it is a malformed one or does not decompress, -ENOSYS without the library for its compression,
 * -EFBIG, -ENOMEM, -errno.
 */
int tn_facts_load(int dirfd, const char *path, struct tn_facts *ret_facts);

/* The same of a regular file that is open already: fd is taken over, also when this fails. */
int tn_facts_load_take(int fd, struct tn_facts *ret_facts);

void tn_facts_fini(struct tn_facts *facts);

#endif
