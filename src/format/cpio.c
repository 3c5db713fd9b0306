/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/cpio.h"
#include "util/num.h"

/* The header: a magic of six bytes, then 13 numbers of eight hexadecimal digits. */
#define MAGIC_SIZE 6
#define FIELD_SIZE 8
enum { INO, MODE, UID, GID, NLINK, MTIME, SIZE, MAJOR, MINOR, RMAJOR, RMINOR, NAME_SIZE, CHECKSUM, N_FIELDS };
_Static_assert(MAGIC_SIZE + N_FIELDS * FIELD_SIZE == TN_CPIO_HEADER, "all fields make the header");

#define TRAILER SPAN("TRAILER!!!")

static uint64_t pad(uint64_t size)
{
        return (size + 3) & ~(uint64_t)3;
}

bool tn_cpio_starts(struct span bytes)
{
        return tn_span_starts(bytes, SPAN("070701")) || tn_span_starts(bytes, SPAN("070702"));
}

static int parse_header(struct span header, uint32_t fields[N_FIELDS])
{
        if (header.len < TN_CPIO_HEADER || !tn_cpio_starts(header))
                return -EINVAL;
        for (unsigned i = 0; i < N_FIELDS; i++) {
                struct span digits = tn_span_skip(header, MAGIC_SIZE + i * FIELD_SIZE);
                uint64_t num;

                if (tn_span_starts(digits, SPAN("0x")) ||
                    tn_num_parse(tn_span_head(digits, FIELD_SIZE), 16, &num) < 0)
                        return -EINVAL;
                fields[i] = (uint32_t)num;
        }
        return 0;
}

/* The name of that size behind the header at `at`. */
static int read_name(struct tn_cpio *cpio, uint32_t size, struct span *ret_name)
{
        struct span name;
        int r;

        *ret_name = SPAN("");
        if (size > TN_CPIO_NAME_MAX)
                return 0;
        r = tn_window_look(cpio->window, cpio->at + TN_CPIO_HEADER, size, &name);
        if (r < 0)
                return r;
        if (name.len < size)
                return -EINVAL;
        *ret_name = tn_span_head(name, tn_span_chr(name, '\0'));
        return 0;
}

/* Whether the last contents are whole; only their padding may be missing at the end. */
static int check_last(const struct tn_cpio *cpio)
{
        struct span last;
        int r;

        if (cpio->end == 0)
                return 0;
        r = tn_window_look(cpio->window, cpio->end - 1, 1, &last);
        return r < 0 ? r : last.len ? 0 : -EINVAL;
}

static void fill(const uint32_t fields[N_FIELDS], struct span name, struct tn_cpio_entry *entry)
{
        *entry = (struct tn_cpio_entry){
                .name = name,
                .mode = fields[MODE],
                .nlink = fields[NLINK],
                .ino = fields[INO],
                .major = fields[MAJOR],
                .minor = fields[MINOR],
                .size = fields[SIZE],
                .is_trailer = tn_span_eq(name, TRAILER),
        };
}

int tn_cpio_next(struct tn_cpio *cpio, struct tn_cpio_entry *ret_entry)
{
        uint32_t fields[N_FIELDS];
        struct tn_cpio_entry entry;
        struct span header, name;
        int r = check_last(cpio);

        if (r == 0)
                r = tn_window_look(cpio->window, cpio->at, TN_CPIO_HEADER, &header);
        if (r < 0 || header.len == 0)
                return r;
        r = parse_header(header, fields);
        if (r == 0)
                r = read_name(cpio, fields[NAME_SIZE], &name);
        if (r < 0)
                return r;
        fill(fields, name, &entry);
        entry.at = cpio->at + pad((uint64_t)TN_CPIO_HEADER + fields[NAME_SIZE]);
        cpio->end = entry.size ? entry.at + entry.size : cpio->at + TN_CPIO_HEADER + fields[NAME_SIZE];
        cpio->at = entry.at + pad(entry.size);
        *ret_entry = entry;
        return 1;
}
