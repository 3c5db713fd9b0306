/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "kernel/kernel.h"
#include "util/cleanup.h"

#define PIECE ((size_t)64 * 1024)

/* "ffffffff82a1f5c8 r __ksymtab_fat_scan [fat]" */
static void take_line(struct span line, struct tn_buf *names)
{
        struct span prefix = SPAN("__ksymtab_"), name;

        tn_span_word(&line, " ");
        tn_span_word(&line, " ");
        name = tn_span_word(&line, " \t");
        if (!tn_span_starts(name, prefix))
                return;
        tn_buf_add_span(names, tn_span_skip(name, prefix.len));
        tn_buf_add_char(names, '\0');
}

/* The file has some ten megabytes, which the kernel makes while it is read: it is never held as a whole. */
int tn_kernel_exports(struct tn_buf *names)
{
        _cleanup_(closep) int fd = open("/proc/kallsyms", O_RDONLY | O_CLOEXEC);
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        if (fd < 0)
                return -errno;
        for (;;) {
                char *to = tn_buf_reserve(&text, PIECE);
                ssize_t n = to ? read(fd, to, PIECE) : -1;
                struct span rest, line;
                size_t whole;

                if (!to)
                        return -ENOMEM;
                if (n <= 0)
                        return n < 0 ? -errno : tn_buf_error(names);
                text.len += (size_t)n;
                whole = tn_span_rchr(tn_buf_span(&text), '\n');
                if (whole == text.len)
                        continue;
                rest = tn_span_head(tn_buf_span(&text), whole);
                while (tn_span_split(&rest, '\n', &line))
                        take_line(line, names);
                memmove(text.ptr, text.ptr + whole + 1, text.len - whole - 1);
                text.len -= whole + 1;
        }
}
