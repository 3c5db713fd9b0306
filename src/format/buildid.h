/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_BUILDID_H
#define TN_FORMAT_BUILDID_H

#include "format/elf.h"
#include "util/span.h"

/* The section that holds it. */
#define TN_BUILDID_SECTION ".note.gnu.build-id"

/*
 * The build id in the bytes of that section: the note of the owner "GNU" and type 3 (System V ABI, gABI chapter 5, Note
 * Section; NT_GNU_BUILD_ID). Borrows. Returns 0 or -ENODATA.
 */
int tn_buildid_parse(const struct tn_elf *elf, struct span notes, struct span *ret_id);

#endif
