/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "tenon/image/unpack.h"

int tn_unpack_open(const struct tn_unpack_part *part, struct tn_unpack **ret_unpack)
{
        return -ENOSYS;
}

ssize_t tn_unpack_read(void *data, uint64_t at, char *to, size_t len)
{
        return -ENOSYS;
}

uint64_t tn_unpack_used(const struct tn_unpack *unpack)
{
        return 0;
}

uint64_t tn_unpack_made(const struct tn_unpack *unpack)
{
        return 0;
}

uint64_t tn_unpack_taken(const struct tn_unpack *unpack)
{
        (void)unpack;
        return 0;
}

void tn_unpack_close(struct tn_unpack *unpack) {}

void tn_unpack_closep(struct tn_unpack **unpack) {}
