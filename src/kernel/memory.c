/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>

#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/num.h"

#define TEXT_MAX 65536

/* "MemTotal:       16303280 kB": bytes; 0 when there is no such line. */
static uint64_t bytes_of(struct span text, struct span key)
{
        struct span line;
        uint64_t num;

        while (tn_span_split(&text, '\n', &line))
                if (tn_span_eq(tn_span_word(&line, " "), key) &&
                    tn_num_parse(tn_span_word(&line, " "), 10, &num) == 0)
                        return num <= UINT64_MAX / 1024 ? num * 1024 : UINT64_MAX;
        return 0;
}

int tn_kernel_memory(uint64_t *ret_total, uint64_t *ret_free)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        uint64_t total, available, swap;
        int r = tn_file_read_at(AT_FDCWD, "/proc/meminfo", TEXT_MAX, &text);

        if (r < 0)
                return r;
        total = bytes_of(tn_buf_span(&text), SPAN("MemTotal:"));
        available = bytes_of(tn_buf_span(&text), SPAN("MemAvailable:"));
        swap = bytes_of(tn_buf_span(&text), SPAN("SwapFree:"));
        if (!total || !available)
                return -ENODATA;
        *ret_total = total;
        *ret_free = available + swap;
        return 0;
}
