/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "util/entries.h"

#define ROOM ((size_t)32 * 1024)

/* As getdents64(2) has it. */
struct record {
        uint64_t ino;
        int64_t off;
        unsigned short len;
        unsigned char type;
        char name[];
};

int tn_entries_begin(struct tn_entries *entries, int fd)
{
        if (!entries->bytes)
                entries->bytes = malloc(ROOM);
        entries->fd = fd;
        entries->at = entries->len = 0;
        return entries->bytes ? 0 : -ENOMEM;
}

void tn_entries_fini(struct tn_entries *entries)
{
        free(entries->bytes);
        *entries = (struct tn_entries){ 0 };
}

/* Returns how many bytes there are, or -errno. */
static int fill(struct tn_entries *entries)
{
        long n = syscall(SYS_getdents64, entries->fd, entries->bytes, ROOM);

        if (n < 0)
                return -errno;
        entries->at = 0;
        entries->len = (size_t)n;
        return (int)n;
}

static bool is_dots(const char *name)
{
        return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

int tn_entries_next(struct tn_entries *entries, struct tn_entry *ret_entry)
{
        for (;;) {
                const struct record *record;

                if (entries->at >= entries->len) {
                        int r = fill(entries);

                        if (r <= 0)
                                return r;
                }
                record = (const void *)(entries->bytes + entries->at);
                entries->at += record->len;
                if (is_dots(record->name))
                        continue;
                *ret_entry = (struct tn_entry){ record->name, record->type };
                return 1;
        }
}
