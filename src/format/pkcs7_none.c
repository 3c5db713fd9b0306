/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/pkcs7.h"

int tn_pkcs7_parse(struct span der, struct tn_arena *arena, struct tn_pkcs7 *ret_pkcs7)
{
        return -ENOSYS;
}
