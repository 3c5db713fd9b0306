# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a process may do to the machine: mounts of its own, and a made kernel that answers for the real one.

Cases run tools whose business is to change the running kernel, on machines that are in use. So on the host the
three system calls that load and unload modules never reach the kernel: a seccomp filter answers them with an
errno that the case chooses (0: success).
"""
import ctypes
import errno
import os
import platform

MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC = 1, 32, 4096, 16384
MNT_DETACH = 2
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2

# init_module, finit_module, delete_module
SYSCALLS = {"x86_64": (175, 313, 176), "aarch64": (105, 273, 106), "riscv64": (105, 273, 106)}

libc = ctypes.CDLL(None, use_errno=True)


class SockFilter(ctypes.Structure):
    _fields_ = [("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte), ("jf", ctypes.c_ubyte), ("k", ctypes.c_uint)]


class SockFprog(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.POINTER(SockFilter))]


def check(ret, what):
    if ret < 0:
        err = ctypes.get_errno()
        raise OSError(err, f"{what}: {os.strerror(err)}")


def mount(source, target, fstype="", flags=0, data=""):
    args = [s.encode() for s in (source, target, fstype)]
    check(libc.mount(*args, ctypes.c_ulong(flags), data.encode()), f"mount {target}")


def bind(source, target):
    mount(source, target, flags=MS_BIND | MS_REC)


def bind_readonly(source, target):
    bind(source, target)
    try:
        mount("", target, flags=MS_BIND | MS_REMOUNT | MS_RDONLY)
    except OSError:
        pass  # a user's own namespace may not change the flags; there /usr cannot be written anyway


def unmount(target):
    check(libc.umount2(target.encode(), MNT_DETACH), f"umount {target}")


def errno_of(name):
    return 0 if name == "0" else getattr(errno, name)


class MadeKernel:
    """Answers for loading and unloading, e.g. MadeKernel("EEXIST", "0"). Install in a child before exec."""

    def __init__(self, insert="EPERM", remove="EPERM"):
        numbers = SYSCALLS.get(platform.machine())
        if not numbers:
            raise OSError(errno.ENOTSUP, f"no made kernel for {platform.machine()}")
        load, jump_if, ret = 0x20, 0x15, 0x06
        allow, refuse = 0x7FFF0000, 0x50000
        rows = [SockFilter(load, 0, 0, 0)]
        for number, answer in zip(numbers, (insert, insert, remove)):
            rows.append(SockFilter(jump_if, 0, 1, number))
            rows.append(SockFilter(ret, 0, 0, refuse | errno_of(answer)))
        rows.append(SockFilter(ret, 0, 0, allow))
        self.rows = (SockFilter * len(rows))(*rows)
        self.prog = SockFprog(len(rows), self.rows)

    def install(self):
        check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
        check(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(self.prog)), "seccomp")
