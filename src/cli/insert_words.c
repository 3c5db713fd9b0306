/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "cli/insert_words.h"
#include "util/cleanup.h"

static const struct {
        int err;
        const char *words[2];
} table[] = {
        { -EEXIST, { [TN_INSERT_MODPROBE] = "Module already in kernel" } },
        { -ENOENT,
          { [TN_INSERT_INSMOD] = "Unknown symbol in module",
            [TN_INSERT_MODPROBE] = "Unknown symbol in module, or unknown parameter (see dmesg)" } },
        { -ENOEXEC, { [TN_INSERT_INSMOD] = "Invalid module format" } },
        { -ESRCH, { [TN_INSERT_INSMOD] = "Module has wrong symbol version" } },
        { -EINVAL, { [TN_INSERT_INSMOD] = "Invalid parameters" } },
};

const char *tn_insert_words(enum tn_insert_tool tool, int err)
{
        for (size_t i = 0; i < ARRAY_SIZE(table); i++)
                if (table[i].err == err && table[i].words[tool])
                        return table[i].words[tool];
        return strerror(-err);
}
