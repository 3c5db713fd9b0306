/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/entries.h"

#define MANY 2000

CHECK(entries_are_those_of_a_directory)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(tn_entries_fini) struct tn_entries entries = { 0 };
        struct tn_entry entry;
        char types[256] = "";

        tmpdir_write(&tmp, "file", "");
        tmpdir_write(&tmp, ".hidden", "");
        tmpdir_write(&tmp, "dir/below", "");
        assert_int_equal(symlinkat("dir", tmp.fd, "link"), 0);
        assert_int_equal(tn_entries_begin(&entries, tmp.fd), 0);
        while (tn_entries_next(&entries, &entry) > 0)
                types[(unsigned char)entry.name[0]] = (char)entry.type;
        assert_int_equal(types['f'], DT_REG);
        assert_int_equal(types['.'], DT_REG);
        assert_int_equal(types['d'], DT_DIR);
        assert_int_equal(types['l'], DT_LNK);
        assert_int_equal(types['b'], 0);
        assert_int_equal(tn_entries_next(&entries, &entry), 0);
}

/* More than one call takes; and the same reader goes on to another directory, from any place. */
CHECK(entries_of_large_directories_are_all_there_once)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(tn_entries_fini) struct tn_entries entries = { 0 };
        bool seen[MANY] = { false };
        struct tn_entry entry;
        char name[64];

        for (unsigned i = 0; i < MANY; i++) {
                snprintf(name, sizeof(name), "a-file-with-a-name-that-is-not-short-%04u", i);
                tmpdir_write(&tmp, name, "");
        }
        assert_int_equal(tn_entries_begin(&entries, tmp.fd), 0);
        assert_int_equal(tn_entries_next(&entries, &entry), 1);
        assert_int_equal(lseek(tmp.fd, 0, SEEK_SET), 0);
        assert_int_equal(tn_entries_begin(&entries, tmp.fd), 0);
        for (unsigned i = 0; i < MANY; i++) {
                unsigned number = MANY;

                assert_int_equal(tn_entries_next(&entries, &entry), 1);
                assert_int_equal(sscanf(entry.name, "a-file-with-a-name-that-is-not-short-%u", &number), 1);
                assert_true(number < MANY && !seen[number]);
                seen[number] = true;
        }
        assert_int_equal(tn_entries_next(&entries, &entry), 0);
}

CHECK(entries_of_what_is_no_directory_are_an_error)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(tn_entries_fini) struct tn_entries entries = { 0 };
        struct tn_entry entry;

        tmpdir_write(&tmp, "file", "");
        {
                _cleanup_(closep) int fd = openat(tmp.fd, "file", O_RDONLY);

                assert_int_equal(tn_entries_begin(&entries, fd), 0);
                assert_int_equal(tn_entries_next(&entries, &entry), -ENOTDIR);
        }
        assert_int_equal(tn_entries_begin(&entries, -1), 0);
        assert_int_equal(tn_entries_next(&entries, &entry), -EBADF);
}
