/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * indexdump [--layout] FILE: prints a binary index as lines "KEY<TAB>PRIORITY<TAB>VALUE" in the order of the tree.
 * With --layout it also demands that the nodes follow each other in that order, without gap or overlap.
 *
 * It shares no code with the product, so that the two can judge each other. Made for files that a depmod has written:
 * it stops at the first thing that is wrong.
 */
static unsigned char *bytes;
static size_t size;
static size_t cursor = 12; /* where the next node must begin */
static bool layout;
static char key[65536];

static void die(const char *what, size_t at)
{
        fflush(stdout);
        fprintf(stderr, "indexdump: %s at 0x%zx\n", what, at);
        exit(1);
}

static unsigned u8(size_t at)
{
        if (at >= size)
                die("end of file", at);
        return bytes[at];
}

static unsigned long u32(size_t at)
{
        return (unsigned long)u8(at) << 24 | u8(at + 1) << 16 | u8(at + 2) << 8 | u8(at + 3);
}

/* The position behind the string's NUL. */
static size_t string_end(size_t at)
{
        while (u8(at) != '\0')
                if (u8(at++) > 127)
                        die("not ASCII", at - 1);
        return at + 1;
}

static void add_to_key(size_t *len, unsigned c)
{
        if (*len + 1 >= sizeof(key))
                die("key without end", *len);
        key[(*len)++] = (char)c;
}

static size_t print_values(size_t at, size_t key_len)
{
        unsigned long count = u32(at);

        at += 4;
        for (; count; count--) {
                size_t end = string_end(at + 4);

                printf("%.*s\t%lu\t%s\n", (int)key_len, key, u32(at), (const char *)bytes + at + 4);
                at = end;
        }
        return at;
}

static void dump(unsigned long ref, size_t key_len)
{
        size_t at = ref & 0x0fffffff, start = at, table = 0;
        unsigned first = 1, last = 0;

        if (ref & 0x10000000)
                die("unknown flag in a reference to", at);
        if (ref & 0x80000000) {
                if (u8(at) == '\0')
                        die("empty prefix", at);
                for (; u8(at) != '\0'; at++)
                        add_to_key(&key_len, u8(at));
                at++;
        }
        if (ref & 0x20000000) {
                first = u8(at);
                last = u8(at + 1);
                if (first > last || last > 127)
                        die("bad range of children", at);
                table = at + 2;
                at = table + 4 * (last - first + 1);
        }
        if (ref & 0x40000000)
                at = print_values(at, key_len);
        if (layout && start != cursor)
                die("node in the wrong place", start);
        cursor = at;
        for (unsigned c = first; c <= last; c++) {
                unsigned long child = u32(table + 4 * (c - first));
                size_t child_len = key_len;

                if (child == 0)
                        continue;
                add_to_key(&child_len, c);
                dump(child, child_len);
        }
}

static void load(const char *path)
{
        FILE *f = fopen(path, "rb");
        long end;

        if (!f || fseek(f, 0, SEEK_END) < 0 || (end = ftell(f)) < 0) {
                perror(path);
                exit(1);
        }
        size = (size_t)end;
        rewind(f);
        bytes = malloc(size + 1);
        if (!bytes || fread(bytes, 1, size, f) != size)
                die("cannot read", 0);
        fclose(f);
}

int main(int argc, char **argv)
{
        layout = argc == 3 && strcmp(argv[1], "--layout") == 0;
        if (argc != 2 + layout) {
                fprintf(stderr, "Usage: indexdump [--layout] FILE\n");
                return 2;
        }
        load(argv[argc - 1]);
        if (size == 0)
                return 0;
        if (u32(0) != 0xb007f457)
                die("bad magic", 0);
        if (u32(4) != 0x00020001)
                die("bad version", 4);
        if (u32(8) != 12)
                dump(u32(8), 0);
        if (layout && cursor != size)
                die("bytes after the last node", cursor);
        free(bytes);
        return 0;
}
