/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "kernel/kernel.h"
#include "util/cleanup.h"

/* A record with its dictionary is shorter; a longer one is reported as EINVAL and passed over. */
#define RECORD_MAX  8192

/* What other parts of the kernel say meanwhile is read, too. Nobody reads more than this. */
#define RECORDS_MAX 4096

int tn_kernel_log_open(void)
{
        _cleanup_(closep) int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

        if (fd < 0)
                return -errno;
        if (lseek(fd, 0, SEEK_END) < 0)
                return -errno;
        return TAKE_FD(fd);
}

int tn_kernel_log_write(struct span line)
{
        _cleanup_(closep) int fd = open("/dev/kmsg", O_WRONLY | O_NOCTTY | O_CLOEXEC);
        _cleanup_(tn_buf_fini) struct tn_buf record = { 0 };

        if (fd < 0)
                return -errno;
        tn_buf_addf(&record, "<12>%.*s\n", SPAN_FMT(line)); /* facility user, level warning */
        if (tn_buf_error(&record))
                return tn_buf_error(&record);
        return write(fd, record.ptr, record.len) < 0 ? -errno : 0;
}

/* Each read() gives one record. EPIPE: records that were not read yet have been overwritten. */
int tn_kernel_log_read(int fd, struct tn_buf *records)
{
        for (unsigned i = 0; i < RECORDS_MAX; i++) {
                char *to = tn_buf_reserve(records, RECORD_MAX + 1);
                ssize_t n = to ? read(fd, to, RECORD_MAX) : 0;

                if (n > 0) {
                        to[n] = '\0';
                        records->len += (size_t)n + 1;
                        continue;
                }
                if (n == 0 || errno == EAGAIN)
                        return tn_buf_error(records);
                if (errno != EPIPE && errno != EINVAL && errno != EINTR)
                        return -errno;
        }
        return tn_buf_error(records);
}
