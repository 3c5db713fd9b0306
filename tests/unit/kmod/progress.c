/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "kmod/progress.h"

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

static void restore(struct terminal *t, char *text, size_t size)
{
        ssize_t n = read(t->reader, text, size - 1);

        text[n > 0 ? n : 0] = '\0';
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
        char text[256];

        redirect_to_terminal(&t);
        tn_progress_begin(&progress, "depmod", "modules");
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
