/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "cli/progress.h"

/* Standard error is a terminal, or a pipe, for a while. */
struct terminal {
        int saved;
        int reader;
};

static void redirect(struct terminal *t, int reader, int writer)
{
        assert_true(reader >= 0 && writer >= 0);
        t->reader = reader;
        t->saved = dup(STDERR_FILENO);
        assert_true(t->saved >= 0 && dup2(writer, STDERR_FILENO) >= 0);
        close(writer);
        assert_int_equal(fcntl(reader, F_SETFL, O_NONBLOCK), 0);
}

static void redirect_to_terminal(struct terminal *t)
{
        int fd = posix_openpt(O_RDWR | O_NOCTTY);

        assert_true(fd >= 0 && grantpt(fd) == 0 && unlockpt(fd) == 0);
        redirect(t, fd, open(ptsname(fd), O_RDWR | O_NOCTTY));
}

/* What was written comes out of a terminal in pieces: it is all there when the byte written last is. */
static void restore(struct terminal *t, char *text, size_t size)
{
        struct pollfd pfd = { .fd = t->reader, .events = POLLIN };
        size_t len = 0;

        assert_int_equal(write(STDERR_FILENO, "\1", 1), 1);
        do {
                ssize_t n;

                assert_int_equal(poll(&pfd, 1, 300000), 1);
                n = read(t->reader, text + len, size - len);
                assert_true(n > 0);
                len += (size_t)n;
        } while (text[len - 1] != '\1');
        text[len - 1] = '\0';
        dup2(t->saved, STDERR_FILENO);
        close(t->saved);
        close(t->reader);
}

CHECK(progress_is_shown_on_a_terminal_and_taken_away)
{
        struct tn_progress progress;
        struct terminal t;
        char text[256];

        redirect_to_terminal(&t);
        tn_progress_begin(&progress, "depmod", "modules");
        progress.due_ns = 0;
        tn_progress_tell(&progress, 1, 10);
        tn_progress_tell(&progress, 2, 10);
        tn_progress_tell(&progress, 10, 10);
        restore(&t, text, sizeof(text));
        assert_string_equal(text, "\rdepmod: 1 of 10 modules\r                       \r");
}

CHECK(progress_is_not_shown_within_the_first_second)
{
        struct tn_progress progress;
        struct terminal t;
        struct timespec now;
        char text[256];

        redirect_to_terminal(&t);
        clock_gettime(CLOCK_MONOTONIC, &now);
        tn_progress_begin(&progress, "depmod", "modules");
        assert_true(progress.due_ns >= (now.tv_sec + 1) * INT64_C(1000000000) + now.tv_nsec);
        progress.due_ns = INT64_MAX; /* the second may be over */
        tn_progress_tell(&progress, 1, 10);
        tn_progress_tell(&progress, 10, 10);
        restore(&t, text, sizeof(text));
        assert_string_equal(text, "");
}

CHECK(progress_makes_room_for_a_message_and_comes_back)
{
        struct tn_progress progress;
        struct terminal t;
        char text[256];

        redirect_to_terminal(&t);
        tn_progress_begin(&progress, "d", "m");
        progress.due_ns = 0;
        tn_progress_tell(&progress, 1, 10);
        tn_progress_clear(&progress);
        tn_progress_clear(&progress);
        fputs("x", stderr);
        progress.due_ns = 0;
        tn_progress_tell(&progress, 2, 10);
        restore(&t, text, sizeof(text));
        assert_string_equal(text, "\rd: 1 of 10 m\r            \rx\rd: 2 of 10 m");
}

CHECK(progress_says_nothing_where_there_is_no_terminal)
{
        struct tn_progress progress;
        struct terminal t;
        char text[256];
        int fds[2];

        assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
        redirect(&t, fds[0], fds[1]);
        tn_progress_begin(&progress, "depmod", "modules");
        progress.due_ns = 0;
        tn_progress_tell(&progress, 1, 10);
        tn_progress_tell(&progress, 10, 10);
        restore(&t, text, sizeof(text));
        assert_string_equal(text, "");
}
