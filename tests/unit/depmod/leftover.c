/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "depmod/leftover.h"
#include "tmpdir.h"
#include "util/cleanup.h"

CHECK(leftover_is_removed_whatever_it_is)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, "file", "");
        assert_int_equal(mkdirat(dir.fd, "dir", 0), 0);
        assert_int_equal(mkfifoat(dir.fd, "fifo", 0600), 0);
        assert_int_equal(symlinkat("file", dir.fd, "link"), 0);
        assert_int_equal(tn_leftover_remove(dir.fd, "dir"), 0);
        assert_int_equal(tn_leftover_remove(dir.fd, "fifo"), 0);
        assert_int_equal(tn_leftover_remove(dir.fd, "link"), 0);
        assert_int_equal(faccessat(dir.fd, "file", F_OK, 0), 0);
        assert_int_equal(tn_leftover_remove(dir.fd, "file"), 0);
        assert_int_equal(tn_leftover_remove(dir.fd, "file"), 0); /* there is none */
        tmpdir_write(&dir, "full/x", "");
        assert_int_equal(tn_leftover_remove(dir.fd, "full"), -ENOTEMPTY);
        assert_int_equal(tn_leftover_remove(dir.fd, "full/x/y"), -ENOTDIR);
}

/* A disk that fails is no reason to take another name. */
CHECK(leftover_is_in_the_way_if_it_may_not_be_removed)
{
        static const int yes[] = { EACCES, EBUSY, EEXIST, EISDIR, ENOTDIR, ENOTEMPTY, EPERM, EROFS };
        static const int no[] = { 0, EIO, ENOMEM, ENAMETOOLONG };

        for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
                assert_true(tn_leftover_is_in_the_way(-yes[i]));
        for (size_t i = 0; i < ARRAY_SIZE(no); i++)
                assert_false(tn_leftover_is_in_the_way(-no[i]));
}
