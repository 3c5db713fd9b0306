/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Stands in for libFuzzer: runs the harness once over every file of a corpus directory and prints TAP, so that
 * what a fuzzer once found is tried in every test run, with any compiler.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int is_visible(const struct dirent *ent)
{
        return ent->d_name[0] != '.';
}

static int run(const char *dir, const char *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 }, bytes = { 0 };
        _cleanup_(freep) uint8_t *exact = NULL;
        int r;

        tn_buf_addf(&path, "%s/%s", dir, name);
        if (!tn_buf_str(&path))
                return -ENOMEM;
        r = tn_file_read_at(AT_FDCWD, tn_buf_str(&path), SIZE_MAX, &bytes);
        if (r < 0)
                return r;
        /* No byte more than the file has, so that a read past the end is seen. */
        exact = malloc(bytes.len ? bytes.len : 1);
        if (!exact)
                return -ENOMEM;
        if (bytes.len)
                memcpy(exact, bytes.ptr, bytes.len);
        LLVMFuzzerTestOneInput(exact, bytes.len);
        return 0;
}

int main(int argc, char **argv)
{
        struct dirent **entries = NULL;
        int n, failed = 0;

        if (argc != 2) {
                fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
                return 2;
        }
        n = scandir(argv[1], &entries, is_visible, alphasort);
        if (n <= 0) {
                printf("1..1\nnot ok 1 - %s has no files\n", argv[1]);
                return 1;
        }
        printf("1..%d\n", n);
        for (int i = 0; i < n; i++) {
                int r = run(argv[1], entries[i]->d_name);

                printf("%s %d - %s\n", r < 0 ? "not ok" : "ok", i + 1, entries[i]->d_name);
                fflush(stdout);
                failed += r < 0;
                free(entries[i]);
        }
        free(entries);
        return failed > 0;
}
