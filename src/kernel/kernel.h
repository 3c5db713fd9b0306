/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KERNEL_KERNEL_H
#define TN_KERNEL_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * The running kernel: all that Tenon asks of it or tells it. linux.c and sysfs.c are the real one; tests link a
 * fake of the same functions. Every int function returns 0 or -errno as the kernel gave it.
 */

/* Flags of finit_module(2). */
enum tn_kernel_init_flags {
        TN_KERNEL_IGNORE_MODVERSIONS = 1,
        TN_KERNEL_IGNORE_VERMAGIC = 2,
        TN_KERNEL_COMPRESSED_FILE = 4,
};

/* Loads the module in the file behind fd. options is the parameter string, never NULL. */
int tn_kernel_finit(int fd, const char *options, unsigned flags);

/* Loads a module image from memory. */
int tn_kernel_init(struct span image, const char *options);

/* Flags of delete_module(2); without NOWAIT today's kernels behave as with it. */
enum tn_kernel_delete_flags {
        TN_KERNEL_FORCE = 01000,  /* O_TRUNC */
        TN_KERNEL_NOWAIT = 04000, /* O_NONBLOCK */
};

int tn_kernel_delete(const char *name, unsigned flags);

/* Appends the text of /proc/modules; -ENOENT on a kernel without modules or where /proc is not mounted. */
int tn_kernel_modules(struct tn_buf *text);

/* Whether the kernel was built with support for modules. Where it does not tell, it was. */
bool tn_kernel_has_modules(void);

/* Appends the whole kernel command line. */
int tn_kernel_cmdline(struct tn_buf *text);

/*
 * Appends the names, commas between, of the modules that the kernel itself refuses. It is what the kernel made of
 * module_blacklist= on its command line. -ENOENT when it refuses none, -EACCES for who may not know.
 */
int tn_kernel_blacklist(struct tn_buf *names);

/* Appends the compressor whose files finit can take ("xz"); -ENOENT when it takes none. */
int tn_kernel_compression(struct tn_buf *name);

/* Appends the running release, as uname -r prints it. */
int tn_kernel_release(struct tn_buf *release);

/* What file this program is. Returns 0, or -errno where /proc is not mounted. */
struct stat;
int tn_kernel_program(struct stat *ret_st);

/* Whether this process has not the system's root directory as its own. Where the kernel does not tell, it has another. */
bool tn_kernel_in_chroot(void);

/*
 * The kernel's log from here on: a descriptor that is behind the last record, to be closed by the caller. -EPERM for who
 * may not read it (kernel.dmesg_restrict), -ENOENT where /dev has none.
 */
int tn_kernel_log_open(void);

/* Adds a line to it, as a warning of a program. Its bytes are escaped by the kernel. Returns 0 or -errno. */
int tn_kernel_log_write(struct span line);

/* Appends what has come since, each record (format/klog.h) ending in a NUL. It does not wait. */
int tn_kernel_log_read(int fd, struct tn_buf *records);

/*
 * Appends the names of the symbols that the kernel and its loaded modules export, each ending in a NUL. None at all is
 * what a kernel without CONFIG_KALLSYMS_ALL tells.
 */
int tn_kernel_exports(struct tn_buf *names);

/*
 * Appends the modaliases of the devices that are there and of the processors, each ending in a NUL. -ENOENT where /sys is
 * not mounted.
 */
int tn_kernel_modaliases(struct tn_buf *modaliases);

/* Appends the module of a driver, by the driver's name. -ENOENT for one that is of no module, or not there. */
int tn_kernel_driver_module(struct span driver, struct tn_buf *module);

/* Appends the directory that was set for firmware, besides those where the kernel always looks; -ENOENT for none. */
int tn_kernel_firmware_path(struct tn_buf *path);

/* What the kernel lets be done with modules; where it does not tell, nothing stands in the way. */
struct tn_kernel_policy {
        bool no_modules;   /* it was built without them */
        bool disabled;     /* kernel.modules_disabled: no more until the next boot */
        bool no_right;     /* this process has not CAP_SYS_MODULE, or not where it counts */
        bool root;         /* it is root's all the same: something took the right away */
        bool in_namespace; /* in a user namespace rights do not count for modules */
        bool seccomp;      /* its system calls are filtered */
        enum { TN_KERNEL_UNTOLD, TN_KERNEL_LENIENT, TN_KERNEL_ENFORCES } signatures; /* module.sig_enforce */
        char lockdown[32]; /* "integrity", "confidentiality"; else empty */
};

void tn_kernel_policy_get(struct tn_kernel_policy *ret_policy);

/* What taints it, as bits (format/taint.h). */
int tn_kernel_tainted(uint64_t *ret_bits);

/* Appends the program that the kernel runs for a module it wants (kernel.modprobe); empty: it runs none. */
int tn_kernel_helper(struct tn_buf *path);

/* Appends the text of /proc/keys, which has what this process may know of. */
int tn_kernel_keys(struct tn_buf *text);

/*
 * How many bytes of memory the machine has, and how many of them could be made free, with the help of free swap space.
 * -ENODATA when the kernel does not tell.
 */
int tn_kernel_memory(uint64_t *ret_total, uint64_t *ret_free);

enum tn_kernel_state {
        TN_KERNEL_ABSENT,
        TN_KERNEL_LIVE,
        TN_KERNEL_COMING,
        TN_KERNEL_GOING,
};

/*
 * Of one module, by its normalised name. Where /sys is not mounted, state, use count, size and holders come from
 * /proc/modules.
 */

/* The state. Absent is no error. A module without initstate file is coming. -EINVAL: a state that nobody knows. */
int tn_kernel_module_state(const char *name, enum tn_kernel_state *ret_state);

/* What was found out about /sys and counts for every module. Zero-initialised: nothing yet. */
struct tn_kernel_sys {
        bool is_there;
        bool was_absent; /* the module asked about before; the next one may well be, too */
};

/* The same for several modules: whether /sys is there is asked once. */
int tn_kernel_module_state_in(struct tn_kernel_sys *sys, const char *name, enum tn_kernel_state *ret_state);

/* Whether absent means that the module is not there: without /sys and /proc every one is absent. */
bool tn_kernel_tells_states(void);

/* How many hold the module. -ENOENT when it is not there, or the kernel cannot unload. */
int tn_kernel_module_refcnt(const char *name, int64_t *ret_refcnt);

/* Its core size in bytes. */
int tn_kernel_module_size(const char *name, uint64_t *ret_size);

/*
 * Appends one of its files below /sys/module as it is, with its newline: "version", "initsize", "parameters/debug",
 * "notes/.note.gnu.build-id". -ENOENT when the module has no such file, or is not there; -EACCES for who may not know.
 */
int tn_kernel_module_file(const char *name, const char *file, struct tn_buf *text);

/* Whether somebody may write to one of these files. Returns 1, 0 or the same errors. */
int tn_kernel_module_file_writable(const char *name, const char *file);

/* Appends the names of its parameters that can be seen there, each ending in NUL, in directory order. */
int tn_kernel_module_parameters(const char *name, struct tn_buf *names);

/* Appends the names of its sections in memory, each ending in NUL, in directory order. */
int tn_kernel_module_sections(const char *name, struct tn_buf *names);

/* Where one of them is; 0 for who may not know. */
int tn_kernel_module_section(const char *name, const char *section, uint64_t *ret_address);

/* Appends the names of the modules that use it, each ending in NUL, in directory order. */
int tn_kernel_module_holders(const char *name, struct tn_buf *names);

/* A device's number. */
struct tn_kernel_device {
        bool block; /* else a character device */
        unsigned major, minor;
};

enum tn_kernel_user_kind {
        TN_KERNEL_USER_MOUNT,     /* name: where; other: the file system's type; path: what is mounted */
        TN_KERNEL_USER_LOOP,      /* a loop device in use. name: its path; other: the file behind it */
        TN_KERNEL_USER_SWAP,      /* name: the device's path */
        TN_KERNEL_USER_INTERFACE, /* of the network. name; other: the module that drives it */
        TN_KERNEL_USER_PROCESS, /* with an open device. name: its number; other: its command; path: what is open */
};

/* What may use a module, of any module. The strings are borrowed for the call. */
struct tn_kernel_user {
        enum tn_kernel_user_kind kind;
        struct tn_kernel_device device; /* not of an interface */
        const char *name;
        const char *other;
        const char *path;
        uint64_t tun_flags; /* of an interface of the module tun, else 0 */
};

typedef int tn_kernel_user_fn(void *data, const struct tn_kernel_user *user);

/*
 * Calls each for every user that this process may see, until it returns -ENOMEM. *ret_hidden: there are processes that it
 * may not look at. Returns 0 or -ENOMEM.
 */
int tn_kernel_each_user(tn_kernel_user_fn *each, void *data, bool *ret_hidden);

/* Appends the type of the file system that is mounted there, as this process sees it; -ENOENT where none is. */
int tn_kernel_mount_type(const char *point, struct tn_buf *type);

/* Appends the module that drives a device; its name; under which name its major number is taken. 0 or -errno. */
int tn_kernel_device_module(const struct tn_kernel_device *device, struct tn_buf *module);
int tn_kernel_device_name(const struct tn_kernel_device *device, struct tn_buf *name);
int tn_kernel_device_owner(const struct tn_kernel_device *device, struct tn_buf *owner);

#endif
