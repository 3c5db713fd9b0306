/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_FACTS_PACK_H
#define TN_FORMAT_FACTS_PACK_H

#include "format/facts.h"
#include "util/buf.h"

/*
 * Facts as bytes, to be kept in a file: docs/facts-format.md has the format. There is one way to pack a record, and what
 * was not made so does not unpack. Parts that were not read are not there, and still are not when it is unpacked.
 */

/* Appends the record to out. Returns 0; -EFBIG when it takes 4 GiB or more; -ENOMEM. */
int tn_facts_pack(const struct tn_facts *facts, struct tn_buf *out);

/*
 * Makes facts of the bytes of one record, all of them; nothing in them is trusted, and they are not needed any more.
 * Returns 0; -EPROTONOSUPPORT for a record of another version; -EINVAL for what is no record; -ENOMEM.
 */
int tn_facts_unpack(struct span bytes, struct tn_facts *ret_facts);

#endif
