# SPDX-License-Identifier: LGPL-2.1-or-later
"""A made root: a directory that looks like a small machine to the tools under test.

A Host is made once a run and holds what all rooms share: /usr of the real machine, /proc and /dev behind /.host,
the tools, the module trees. A Room is made afresh for every case, on a tmpfs of its own, and thrown away after it:
nothing a case does can reach the next. The caller must be in a mount namespace of its own (see cases.py).
"""
import glob
import os
import shutil
import signal
import subprocess

import sandbox

TOOLS = ("modprobe", "insmod", "rmmod", "lsmod", "depmod", "modinfo", "kmod")
HELPERS = ("mkmod", "indexdump")  # of the build's tests/lib
PROGRAMS = ("await", "tenon")  # of tests/lib itself
LONGEST = 600  # seconds for one command: no end is near where a machine is slow and does much else
UML_TREES = "/usr/lib/uml/modules"
HERE = os.path.dirname(os.path.abspath(__file__))
ROOTS = os.path.join(os.path.dirname(HERE), "roots")
CONFIG_DIRS = ("modules", "modprobe.d", "depmod.d")
ENV = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C",
    "HOME": "/root",
    "ASAN_OPTIONS": "exitcode=98",
    "UBSAN_OPTIONS": "print_stacktrace=1:exitcode=97",
}


class Missing(Exception):
    """This machine lacks what the case needs; the text says what."""


def workbench(tools):
    """The program tenon of the build that has those tools; it need not exist."""
    return os.path.join(os.path.dirname(tools), "../tenon/tenon")


def write(path, text, mode="w"):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, mode, encoding="utf-8", errors="surrogateescape") as f:
        f.write(text)


def run_shell(command, cwd, prepare=None):
    """One command line under dash, nothing on its standard input; returns (stdout, stderr, status)."""
    proc = subprocess.Popen(
        ["/bin/dash", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=None if prepare else cwd,
        env=ENV,
        start_new_session=True,
        preexec_fn=prepare,
    )
    try:
        out, err = proc.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(proc.pid, signal.SIGKILL)
        out, err = proc.communicate()
        err += b"(killed: no end after %d seconds)\n" % LONGEST
    status = proc.returncode
    return out, err, status if status >= 0 else 128 - status


def show_processes(path):
    """LeakSanitizer reads /proc/PID/task of itself: have an entry for each process that may be born during this run."""
    with open("/proc/sys/kernel/pid_max", encoding="utf-8") as f:
        most = int(f.read())
    os.makedirs(path)
    for n in range(min(most, 150000)):
        pid = (os.getpid() + n) % most
        os.symlink(f"/.host/proc/{pid}", f"{path}/{pid}")


class Host:
    def __init__(self, top, tools, index_tools=None, helpers=None):
        self.top, self.helpers = top, helpers or f"{os.path.dirname(tools)}/../../tests/lib"
        self.ver = os.uname().release
        self.shared = os.path.join(top, "host")
        self.trees = {}
        with open(tools, "rb") as f:
            self.sanitized = b"__asan_init" in f.read()
        self.processes = os.path.join(top, "processes")
        if self.sanitized:
            show_processes(self.processes)
        for name in ("usr", "proc", "dev", "tests"):
            os.makedirs(os.path.join(self.shared, name))
        sandbox.bind_readonly("/usr", os.path.join(self.shared, "usr"))
        sandbox.bind("/proc", os.path.join(self.shared, "proc"))
        sandbox.bind("/dev", os.path.join(self.shared, "dev"))
        sandbox.bind_readonly(os.path.dirname(HERE), os.path.join(self.shared, "tests"))
        self.farm("", tools)
        self.index_programs = self.farm("-index", index_tools) if index_tools else ""

    def farm(self, suffix, tools):
        """Directories bin and sbin of links to the real programs, except that the tools are those under test."""
        own = os.path.join(self.shared, "tools" + suffix)
        os.makedirs(own)
        shutil.copy(tools, os.path.join(own, "kmod"))
        if os.path.exists(workbench(tools)):
            shutil.copy(workbench(tools), os.path.join(own, "tenon.real"))
        for helper in HELPERS:
            built = os.path.join(self.helpers, helper)
            if os.path.exists(built):
                shutil.copy(built, own)
        for name in ("bin", "sbin"):
            farm = os.path.join(self.shared, name + suffix)
            os.makedirs(farm)
            for entry in os.listdir("/usr/" + name):
                if entry not in TOOLS + PROGRAMS:
                    os.symlink(f"/.host/usr/{name}/{entry}", os.path.join(farm, entry))
        for entry in os.listdir(own):
            os.symlink(f"/.host/tools{suffix}/{entry}", os.path.join(self.shared, "bin" + suffix, entry))
        for name in PROGRAMS:
            os.symlink(f"/.host/tests/lib/{name}", os.path.join(self.shared, "bin" + suffix, name))
        for tool in TOOLS[:-1]:
            os.symlink(f"../bin{suffix}/kmod", os.path.join(self.shared, "sbin" + suffix, tool))
        os.symlink("kmod", os.path.join(self.shared, "bin" + suffix, "lsmod"))
        return suffix

    def tree(self, name):
        """The directory that holds a finished module tree (indexes included), made at first need."""
        if name not in self.trees:
            try:
                self.trees[name] = self.make_tree(name)
            except Missing as why:
                self.trees[name] = why
            except RuntimeError:
                self.trees[name] = RuntimeError(f"the tree {name} could not be made, see above")
                raise
        if isinstance(self.trees[name], Exception):
            raise self.trees[name]
        return self.trees[name]

    def make_tree(self, name):
        path = os.path.join(self.top, "trees", name)
        os.makedirs(path)
        if name == "none":
            return path
        uml = sorted(glob.glob(UML_TREES + "/*"))
        if not uml:
            raise Missing("no module tree of User Mode Linux (package user-mode-linux)")
        if name == "uml":
            os.makedirs(path + "/kernel")
            for entry in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
                shutil.copy(os.path.join(uml[-1], entry), path)
            sandbox.bind_readonly(uml[-1] + "/kernel", path + "/kernel")
            recipe = ""
        else:
            recipe = f"UML=/.host{uml[-1]} && . /.host/tests/roots/{name}.sh && cd / &&"
            if not os.path.exists(f"{ROOTS}/{name}.sh"):
                raise Missing(f"no recipe tests/roots/{name}.sh")
        with Room(self, programs=self.index_programs) as room:
            inside = f"{room.root}/lib/modules/{self.ver}"
            os.makedirs(inside)
            sandbox.bind(path, inside)
            out, err, status = room.run(f"cd /lib/modules/{self.ver} && {recipe} depmod")
        if status:
            text = (out + err).decode(errors="replace")
            raise RuntimeError(f"making the tree {name}: status {status}\n{text}")
        return path


class Room:
    at_start = ()  # modules that are always there
    packed = ""  # what the names of the tree's modules end in after .ko

    def __init__(self, host, tree="none", programs=""):
        self.host, self.tree, self.programs = host, tree, programs
        self.root = os.path.join(host.top, "room")
        self.answers = {"insert": "EPERM", "remove": "EPERM"}

    def __enter__(self):
        tree = self.host.tree(self.tree) if self.tree != "none" else None  # which may be made in a room of its own
        os.makedirs(self.root, exist_ok=True)
        sandbox.mount("tmpfs", self.root, "tmpfs", data="mode=755")
        self.furnish()
        if tree:
            self.put_tree(tree)
        return self

    def __exit__(self, *_):
        sandbox.unmount(self.root)
        if self.host.sanitized:
            for entry in os.scandir(self.host.processes):
                if not entry.name.isdigit():
                    (shutil.rmtree if entry.is_dir(follow_symlinks=False) else os.unlink)(entry.path)

    def furnish(self):
        root, suffix = self.root, self.programs
        for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
            if os.path.islink("/" + name):
                os.symlink("usr/" + name, f"{root}/{name}")
        for name in (".host", "usr/lib", "usr/local/lib", "etc", "run", "tmp", "proc", "sys/module", "dev", "root"):
            os.makedirs(f"{root}/{name}")
        sandbox.bind(self.host.shared, f"{root}/.host")
        os.symlink(f"/.host/bin{suffix}", f"{root}/usr/bin")
        os.symlink(f"/.host/sbin{suffix}", f"{root}/usr/sbin")
        for name in os.listdir("/usr"):
            if name not in ("bin", "sbin", "lib", "local"):
                os.symlink(f"/.host/usr/{name}", f"{root}/usr/{name}")
        for name in os.listdir("/usr/lib"):
            if name not in CONFIG_DIRS:
                os.symlink(f"/.host/usr/lib/{name}", f"{root}/usr/lib/{name}")
        for name in ("modules", "modprobe.d", "depmod.d"):
            os.makedirs(f"{root}/usr/lib/{name}")
        for name in ("modprobe.d", "depmod.d"):
            os.makedirs(f"{root}/etc/{name}")
        for name in ("null", "zero", "full", "random", "urandom", "tty"):
            os.symlink(f"/.host/dev/{name}", f"{root}/dev/{name}")
        os.symlink("/proc/self/fd", f"{root}/dev/fd")
        for fd, name in enumerate(("stdin", "stdout", "stderr")):
            os.symlink(f"/proc/self/fd/{fd}", f"{root}/dev/{name}")
        for name in ("ld.so.cache", "alternatives"):
            if os.path.isfile("/etc/" + name):
                shutil.copy("/etc/" + name, f"{root}/etc")
            elif os.path.isdir("/etc/" + name):
                shutil.copytree("/etc/" + name, f"{root}/etc/{name}", symlinks=True)
        if self.host.sanitized:
            sandbox.bind(self.host.processes, f"{root}/proc")
        os.makedirs(f"{root}/proc/sys/kernel")
        os.symlink("/.host/proc/self", f"{root}/proc/self")
        write(f"{root}/proc/cmdline", "quiet\n")
        write(f"{root}/proc/modules", "")
        write(f"{root}/proc/sys/kernel/osrelease", self.host.ver + "\n")

    def put_tree(self, source):
        target = f"{self.root}/lib/modules/{self.host.ver}"
        os.makedirs(target)
        for entry in os.listdir(source):
            if entry == "kernel" and self.tree == "uml":
                os.makedirs(f"{target}/kernel")
                sandbox.bind_readonly(f"{source}/kernel", f"{target}/kernel")
            elif os.path.isdir(f"{source}/{entry}"):
                shutil.copytree(f"{source}/{entry}", f"{target}/{entry}", symlinks=True)
            else:
                shutil.copy2(f"{source}/{entry}", target, follow_symlinks=False)

    def entrance(self):
        """A function for a child to call before it execs."""
        # Built before the fork: the child must only make system calls.
        kernel = sandbox.MadeKernel(**self.answers)

        def enter():
            os.umask(0o022)
            os.chroot(self.root)
            os.chdir("/tmp")
            kernel.install()

        return enter

    def run(self, command):
        return run_shell(command, "/tmp", self.entrance())

    def write(self, path, text):
        write(self.root + path, text, "a")

    def loaded(self, text):
        """NAME SIZE REFCOUNT [HOLDER...]: as /proc/modules and /sys/module show it."""
        name, size, count, *holders = text.split()
        used = "".join(h + "," for h in holders) or "-"
        self.write("/proc/modules", f"{name} {size} {count} {used} Live 0x0000000000000000\n")
        for attr, value in (("initstate", "live"), ("coresize", size), ("refcnt", count)):
            write(f"{self.root}/sys/module/{name}/{attr}", value + "\n")
        os.makedirs(f"{self.root}/sys/module/{name}/holders", exist_ok=True)
        for holder in holders:
            os.symlink(f"../../{holder}", f"{self.root}/sys/module/{name}/holders/{holder}")

    def cmdline(self, text):
        write(f"{self.root}/proc/cmdline", text + "\n")

    def kernel(self, text):
        self.answers.update(pair.split("=") for pair in text.split())
