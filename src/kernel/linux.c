/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "kernel/kernel.h"
#include "util/file.h"
#include "util/span.h"

/* libc exports these two, but no header declares them; tools that step in at libc's functions need the symbols. */
extern long init_module(const void *image, unsigned long len, const char *options);
extern long delete_module(const char *name, unsigned flags);

/* Far above what any kernel shows: /proc/modules of every module of a distribution is below 1 MiB. */
#define PROC_MAX ((size_t)64 * 1024 * 1024)

int tn_kernel_finit(int fd, const char *options, unsigned flags)
{
        return syscall(SYS_finit_module, fd, options, flags) < 0 ? -errno : 0;
}

int tn_kernel_init(struct span image, const char *options)
{
        return init_module(image.ptr, image.len, options) < 0 ? -errno : 0;
}

int tn_kernel_delete(const char *name, unsigned flags)
{
        return delete_module(name, flags) < 0 ? -errno : 0;
}

int tn_kernel_modules(struct tn_buf *text)
{
        return tn_file_read_at(AT_FDCWD, "/proc/modules", PROC_MAX, text);
}

int tn_kernel_cmdline(struct tn_buf *text)
{
        return tn_file_read_line_at(AT_FDCWD, "/proc/cmdline", PROC_MAX, text);
}

int tn_kernel_compression(struct tn_buf *name)
{
        size_t start = name->len;
        int r = tn_file_read_at(AT_FDCWD, "/sys/module/compression", PROC_MAX, name);

        while (name->len > start && name->ptr[name->len - 1] == '\n')
                name->len--;
        return r;
}

int tn_kernel_release(struct tn_buf *release)
{
        struct utsname uts;

        if (uname(&uts) < 0)
                return -errno;
        tn_buf_add_str(release, uts.release);
        return tn_buf_error(release);
}

int tn_kernel_program(struct stat *ret_st)
{
        return stat("/proc/self/exe", ret_st) < 0 ? -errno : 0;
}

/* The root of the first process is the system's, or that of the container which all of this is in. */
bool tn_kernel_in_chroot(void)
{
        struct stat own, first;

        return stat("/", &own) < 0 || stat("/proc/1/root", &first) < 0 || own.st_dev != first.st_dev ||
               own.st_ino != first.st_ino;
}
