/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "format/mountinfo.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/num.h"

#define TEXT_MAX ((size_t)16 * 1024 * 1024)
#define LINK_MAX 4096

/* What a link says, appended. */
static int read_link(int dirfd, const char *path, struct tn_buf *text)
{
        char to[LINK_MAX];
        ssize_t n = readlinkat(dirfd, path, to, sizeof(to));

        if (n < 0)
                return -errno;
        tn_buf_add(text, to, (size_t)n);
        return tn_buf_str(text) ? 0 : tn_buf_error(text);
}

static int each_mount(tn_kernel_user_fn *each, void *data, bool *ret_hidden)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_mount mount;
        struct span rest;
        int r = tn_file_read_at(AT_FDCWD, "/proc/self/mountinfo", TEXT_MAX, &text);

        (void)ret_hidden;
        rest = tn_buf_span(&text);
        while (r == 0 && tn_mount_next(&rest, &mount)) {
                _cleanup_(tn_buf_fini) struct tn_buf point = { 0 }, type = { 0 }, source = { 0 };
                struct tn_kernel_user user = { .kind = TN_KERNEL_USER_MOUNT,
                                               .device = { true, mount.major, mount.minor } };

                tn_mount_unescape(mount.point, &point);
                tn_mount_unescape(mount.type, &type);
                tn_mount_unescape(mount.source, &source);
                user.name = tn_buf_str(&point);
                user.other = tn_buf_str(&type);
                user.path = tn_buf_str(&source);
                r = user.name && user.other && user.path ? each(data, &user) : -ENOMEM;
        }
        return r;
}

struct mount_at {
        const char *point;
        struct tn_buf *type;
        bool found;
};

/* What is mounted last over a directory is what is seen there. */
static int take_type(void *data, const struct tn_kernel_user *user)
{
        struct mount_at *at = data;

        if (strcmp(user->name, at->point) != 0)
                return 0;
        tn_buf_reset(at->type);
        tn_buf_add_str(at->type, user->other);
        at->found = true;
        return tn_buf_error(at->type);
}

int tn_kernel_mount_type(const char *point, struct tn_buf *type)
{
        _cleanup_(tn_buf_fini) struct tn_buf found = { 0 };
        struct mount_at at = { .point = point, .type = &found };
        int r = each_mount(take_type, &at, NULL);

        if (r < 0)
                return r;
        tn_buf_add_span(type, tn_buf_span(&found));
        return at.found ? tn_buf_error(type) : -ENOENT;
}

/* Lines "/dev/zram0 partition 1020 0 100" below a header; blanks are escaped as in mountinfo. */
static int each_swap(tn_kernel_user_fn *each, void *data, bool *ret_hidden)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span rest, line;
        int r = tn_file_read_at(AT_FDCWD, "/proc/swaps", TEXT_MAX, &text);

        (void)ret_hidden;
        rest = tn_buf_span(&text);
        tn_span_split(&rest, '\n', &line);
        while (r == 0 && tn_span_split(&rest, '\n', &line)) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
                struct stat st;

                tn_mount_unescape(tn_span_word(&line, " \t"), &path);
                if (!tn_buf_str(&path))
                        return tn_buf_error(&path);
                if (stat(path.ptr, &st) == 0 && S_ISBLK(st.st_mode))
                        r = each(data, &(struct tn_kernel_user){
                                               .kind = TN_KERNEL_USER_SWAP,
                                               .device = { true, major(st.st_rdev), minor(st.st_rdev) },
                                               .name = path.ptr });
        }
        return r;
}

/* What statx(2) answers, as the kernel has it; not every libc has the call. */
struct statx_answer {
        uint32_t unused_head[7];
        uint16_t mode;
        uint16_t unused_mode;
        uint32_t unused_times[24];
        uint32_t rdev_major;
        uint32_t rdev_minor;
        uint32_t unused_tail[30];
};

#define STATX_MODE_TYPE 1

/* A descriptor of a process, if a device is behind it. Of a file on a network nobody is asked. */
static int look_at_fd(int dirfd, const char *fd, const struct tn_kernel_user *process,
                      tn_kernel_user_fn *each, void *data)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct tn_kernel_user user = *process;
        struct statx_answer st;

        if (syscall(SYS_statx, dirfd, fd, AT_STATX_DONT_SYNC, STATX_MODE_TYPE, &st) < 0 ||
            (!S_ISCHR(st.mode) && !S_ISBLK(st.mode)))
                return 0;
        if (read_link(dirfd, fd, &path) < 0)
                return tn_buf_error(&path);
        user.device = (struct tn_kernel_device){ S_ISBLK(st.mode), st.rdev_major, st.rdev_minor };
        user.path = path.ptr;
        return each(data, &user);
}

static_assert(offsetof(struct statx_answer, rdev_major) == 128 && sizeof(struct statx_answer) == 256,
              "as linux/stat.h has it");

/* The descriptors of one process. -EACCES for who may not see them. */
static int look_at_process(const char *pid, tn_kernel_user_fn *each, void *data)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 }, comm = { 0 };
        struct tn_kernel_user user = { .kind = TN_KERNEL_USER_PROCESS, .name = pid, .other = "" };
        _cleanup_(closedirp) DIR *dir = NULL;
        struct dirent *entry;
        int r = 0;

        tn_buf_addf(&path, "/proc/%s/fd", pid);
        dir = tn_buf_str(&path) ? opendir(path.ptr) : NULL;
        if (!dir)
                return errno == EACCES || errno == EPERM ? -EACCES : tn_buf_error(&path);
        path.len = 0;
        tn_buf_addf(&path, "/proc/%s/comm", pid);
        if (tn_buf_str(&path) && tn_file_read_at(AT_FDCWD, path.ptr, LINK_MAX, &comm) == 0 && comm.len) {
                comm.len--;
                user.other = tn_buf_str(&comm);
        }
        while (r == 0 && (entry = readdir(dir)))
                if (isdigit((unsigned char)entry->d_name[0]))
                        r = look_at_fd(dirfd(dir), entry->d_name, &user, each, data);
        return r;
}

/* This process is none: what it has open, the one that started it has, too. */
static int each_process(tn_kernel_user_fn *each, void *data, bool *ret_hidden)
{
        _cleanup_(closedirp) DIR *dir = opendir("/proc");
        _cleanup_(tn_buf_fini) struct tn_buf self = { 0 };
        struct dirent *entry;
        int r = 0;

        tn_buf_addf(&self, "%ld", (long)getpid());
        if (!tn_buf_str(&self))
                return tn_buf_error(&self);
        while (dir && r == 0 && (entry = readdir(dir))) {
                if (!isdigit((unsigned char)entry->d_name[0]) || strcmp(entry->d_name, self.ptr) == 0)
                        continue;
                r = look_at_process(entry->d_name, each, data);
                if (r != -EACCES)
                        continue;
                *ret_hidden = true;
                r = 0;
        }
        return r;
}

/* "7:0\n" */
static bool read_device(const char *path, struct tn_kernel_device *ret_device)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        uint64_t first, second;
        struct span rest, word;

        if (tn_file_read_at(AT_FDCWD, path, LINK_MAX, &text) < 0)
                return false;
        rest = tn_span_trim(tn_buf_span(&text));
        if (!tn_span_split(&rest, ':', &word) || tn_num_parse(word, 10, &first) < 0 ||
            tn_num_parse(rest, 10, &second) < 0)
                return false;
        *ret_device = (struct tn_kernel_device){ true, (unsigned)first, (unsigned)second };
        return true;
}

static int look_at_loop(const char *name, tn_kernel_user_fn *each, void *data)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 }, backing = { 0 };
        struct tn_kernel_user user = { .kind = TN_KERNEL_USER_LOOP };
        int r;

        tn_buf_addf(&path, "/sys/block/%s/loop/backing_file", name);
        r = tn_buf_str(&path) ? tn_file_read_at(AT_FDCWD, path.ptr, LINK_MAX, &backing) : -ENOMEM;
        if (r < 0 || backing.len == 0)
                return r == -ENOMEM ? r : 0;
        backing.len--;
        path.len = 0;
        tn_buf_addf(&path, "/sys/block/%s/dev", name);
        if (!tn_buf_str(&path) || !read_device(path.ptr, &user.device))
                return tn_buf_error(&path);
        path.len = 0;
        tn_buf_addf(&path, "/dev/%s", name);
        user.name = tn_buf_str(&path);
        user.other = tn_buf_str(&backing);
        return user.name && user.other ? each(data, &user) : -ENOMEM;
}

typedef int look_fn(const char *name, tn_kernel_user_fn *each, void *data);

/* What is in a directory and begins so. */
static int each_name(const char *path, const char *prefix, look_fn *look, tn_kernel_user_fn *each, void *data)
{
        _cleanup_(closedirp) DIR *dir = opendir(path);
        struct dirent *entry;
        int r = 0;

        while (dir && r == 0 && (entry = readdir(dir)))
                if (entry->d_name[0] != '.' && strncmp(entry->d_name, prefix, strlen(prefix)) == 0)
                        r = look(entry->d_name, each, data);
        return r;
}

static int each_loop(tn_kernel_user_fn *each, void *data, bool *ret_hidden)
{
        (void)ret_hidden;
        return each_name("/sys/block", "loop", look_at_loop, each, data);
}

/* The module that drives it, and what only those of tun have. */
static int look_at_interface(const char *name, tn_kernel_user_fn *each, void *data)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 }, module = { 0 }, text = { 0 };
        struct tn_kernel_user user = { .kind = TN_KERNEL_USER_INTERFACE, .name = name };
        struct span flags;

        tn_buf_addf(&path, "/sys/class/net/%s/tun_flags", name);
        if (!tn_buf_str(&path))
                return tn_buf_error(&path);
        if (tn_file_read_at(AT_FDCWD, path.ptr, LINK_MAX, &text) == 0) {
                flags = tn_span_trim(tn_buf_span(&text));
                tn_num_parse(tn_span_starts(flags, SPAN("0x")) ? tn_span_skip(flags, 2) : flags, 16,
                             &user.tun_flags);
                user.other = "tun";
                return each(data, &user);
        }
        path.len = 0;
        tn_buf_addf(&path, "/sys/class/net/%s/device/driver/module", name);
        if (!tn_buf_str(&path) || read_link(AT_FDCWD, path.ptr, &module) < 0)
                return tn_buf_error(&path);
        user.other = tn_span_base(tn_buf_span(&module)).ptr;
        return each(data, &user);
}

static int each_interface(tn_kernel_user_fn *each, void *data, bool *ret_hidden)
{
        (void)ret_hidden;
        return each_name("/sys/class/net", "", look_at_interface, each, data);
}

int tn_kernel_each_user(tn_kernel_user_fn *each, void *data, bool *ret_hidden)
{
        static int (*const sources[])(tn_kernel_user_fn * each, void *data, bool *ret_hidden) = {
                each_mount, each_loop, each_swap, each_interface, each_process,
        };
        int r = 0;

        *ret_hidden = false;
        for (size_t i = 0; i < ARRAY_SIZE(sources); i++) {
                r = sources[i](each, data, ret_hidden);
                if (r == -ENOMEM)
                        return r;
        }
        return 0;
}

static int device_link(const struct tn_kernel_device *device, const char *what, struct tn_buf *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 }, to = { 0 };
        int r;

        tn_buf_addf(&path, "/sys/dev/%s/%u:%u%s", device->block ? "block" : "char", device->major,
                    device->minor, what);
        r = tn_buf_str(&path) ? read_link(AT_FDCWD, path.ptr, &to) : tn_buf_error(&path);
        if (r < 0)
                return r;
        tn_buf_add_span(name, tn_span_base(tn_buf_span(&to)));
        return tn_buf_str(name) ? 0 : tn_buf_error(name);
}

int tn_kernel_device_module(const struct tn_kernel_device *device, struct tn_buf *module)
{
        return device_link(device, "/device/driver/module", module);
}

int tn_kernel_device_name(const struct tn_kernel_device *device, struct tn_buf *name)
{
        return device_link(device, "", name);
}

/* /proc/devices: "Character devices:", lines "  1 mem", an empty one, "Block devices:", lines again. */
int tn_kernel_device_owner(const struct tn_kernel_device *device, struct tn_buf *owner)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        bool block = false;
        struct span rest, line;
        uint64_t number;
        int r = tn_file_read_at(AT_FDCWD, "/proc/devices", TEXT_MAX, &text);

        if (r < 0)
                return r;
        rest = tn_buf_span(&text);
        while (tn_span_split(&rest, '\n', &line)) {
                block |= tn_span_starts(line, SPAN("Block"));
                if (block != device->block || tn_num_parse(tn_span_word(&line, " "), 10, &number) < 0 ||
                    number != device->major)
                        continue;
                tn_buf_add_span(owner, tn_span_trim(line));
                return tn_buf_str(owner) ? 0 : tn_buf_error(owner);
        }
        return -ENOENT;
}
