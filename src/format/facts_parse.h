/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_FACTS_PARSE_H
#define TN_FORMAT_FACTS_PARSE_H

#include <stddef.h>

#include "format/facts.h"
#include "format/modsym_read.h"

/*
 * Reads parts of a module's bytes, which are decompressed: any of enum tn_facts_part but TN_FACTS_FILE, which is left
 * to the caller. Returns 0; -ENOEXEC when it is no
 * ELF file; -EINVAL when it is a malformed one; -ENOMEM.
 */
int tn_facts_parse(struct span module, unsigned parts, struct tn_facts *ret_facts);

/* Memory for the facts of one module after another. Zero-initialised is empty. */
struct tn_facts_room {
        struct tn_facts facts; /* the last that were looked at */
        struct tn_modsym_room symbols;
};

void tn_facts_room_fini(struct tn_facts_room *room);

/*
 * The same, but nothing is copied: the texts of the facts are in the bytes and not NUL-terminated, and the lists belong to
 * the room. They are there until the bytes are gone, or the room is used again. The caller may add to the facts.
 */
int tn_facts_look(struct span module, unsigned parts, struct tn_facts_room *room,
                  struct tn_facts **ret_facts);

/*
 * Which sections these parts are made of, as beginnings of their names: tn_elfsift() can make an object of them that
 * says the same as the whole file, but for the signature, which is no section. Returns how many.
 */
#define TN_FACTS_SECTIONS_MAX 16
size_t tn_facts_sections(unsigned parts, struct span ret_prefixes[TN_FACTS_SECTIONS_MAX]);

/*
 * Notes that the bytes were without this section, because it has `size` bytes and not up to `bound`: lists that came out
 * empty, and are made of it, have the error -EFBIG.
 */
void tn_facts_lack(struct tn_facts *facts, struct span section, uint64_t size, uint64_t bound);

#endif
