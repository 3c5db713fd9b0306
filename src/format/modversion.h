/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODVERSION_H
#define TN_FORMAT_MODVERSION_H

#include "format/modsect.h"
#include "format/modsym.h"

/*
 * Appends what the version tables of a module have, as they are: the classic one first, whose end in the list goes to
 * *ret_n_classic, then the extended one. Their formats are described in modsym.h, at tn_modsyms_versions(). Returns 0;
 * -ENODATA when there is neither; -EINVAL when one is malformed (what could be read is in the list); -ENOMEM.
 */
int tn_modversions_add(const struct tn_modsects *sects, struct tn_modsyms *out, size_t *ret_n_classic);

#endif
