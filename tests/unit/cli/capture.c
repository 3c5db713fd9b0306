/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture.h"
#include "check.h"

void capture_begin(struct capture *capture)
{
        fflush(stdout);
        capture->fd = memfd_create("output", MFD_CLOEXEC);
        capture->saved_out = dup(STDOUT_FILENO);
        capture->saved_err = dup(STDERR_FILENO);
        assert_true(capture->fd >= 0 && capture->saved_out >= 0 && capture->saved_err >= 0);
        assert_true(dup2(capture->fd, STDOUT_FILENO) >= 0 && dup2(capture->fd, STDERR_FILENO) >= 0);
}

void capture_end(struct capture *capture)
{
        ssize_t n;

        fflush(stdout);
        dup2(capture->saved_out, STDOUT_FILENO);
        dup2(capture->saved_err, STDERR_FILENO);
        close(capture->saved_out);
        close(capture->saved_err);
        n = pread(capture->fd, capture->text, sizeof(capture->text) - 1, 0);
        close(capture->fd);
        assert_true(n >= 0);
        capture->text[n] = '\0';
}

void capture_assert(struct capture *capture, const char *expected)
{
        capture_end(capture);
        assert_string_equal(capture->text, expected);
}
