# SPDX-License-Identifier: LGPL-2.1-or-later
"""The guest of the lab as a place to run cases in: a real kernel, put back to its first state after each case."""
import glob
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

import sandbox
import sample
from room import UML_TREES, Missing, run_shell, workbench, write

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
INSIDE = "/lab/script"  # exists in the guest
TESTS = "/tenon/tests"  # of ours, as the guest sees them
INDEXES = "/tenon/indexes"
PROGRAMS = ("agrees", "asks", "await", "reached", "plainmod", "breakmod", "tenon", "filtered")  # of tests/lib, for cases
LONGEST = 3000  # seconds, for all cases of a boot
PERMANENT = ("ipv6",)  # never unloaded once loaded, so loaded before the first case
CONFIG = ("/etc/modprobe.d", "/usr/lib/modprobe.d", "/etc/depmod.d", "/run/modprobe.d", "/run/depmod.d", "/tmp")


def is_here():
    return os.path.exists(INSIDE)


def loaded_modules():
    with open("/proc/modules", encoding="utf-8") as f:
        return [line.split()[0] for line in f]


def unloading_disabled():
    with open("/proc/sys/kernel/modules_disabled", encoding="utf-8") as f:
        return f.read() == "1\n"


def unload(name):
    return sandbox.libc.delete_module(name.encode(), os.O_NONBLOCK) == 0


def uml_tree(_):
    if not shutil.which("linux.uml"):
        raise Missing("no linux.uml (package user-mode-linux)")
    return sorted(glob.glob(UML_TREES + "/*"))[-1]


def qemu_tree(kernel):
    for program, package in (("qemu-system-x86_64", "qemu-system-x86"), ("cpio", "cpio")):
        if not shutil.which(program):
            raise Missing(f"no {program} (package {package})")
    done = subprocess.run([f"{TOP}/lab/kernels.sh", kernel], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing((done.stderr.strip() or f"no kernel {kernel}").splitlines()[-1])
    return done.stdout.strip()


def make_indexes(tools, tree, top):
    """The indexes of the tree, made here: an emulated processor takes ten times as long. Returns their directory."""
    made = f"{top}/lib/modules/{os.path.basename(tree)}"
    os.makedirs(made)
    os.symlink(f"{tree}/kernel", f"{made}/kernel")
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        shutil.copy(f"{tree}/{name}", made)
    os.symlink(os.path.abspath(tools), f"{top}/depmod")
    subprocess.run([f"{top}/depmod", "-b", top, os.path.basename(tree)], stdin=subprocess.DEVNULL, check=True)
    os.unlink(f"{made}/kernel")
    return made


# Of several such words the last one counts. What it names is for cases of the kernel's own blacklist alone. The other is for
# one of a built-in module.
BOOT_WORDS = "module_blacklist=quota_v1 module_blacklist=quota_tree tcp_cubic.beta=700"


def lab_command(args, tree, binds):
    """lab/run with what the guest is to be and to see."""
    words = [f"{TOP}/lab/run", "--tools", os.path.dirname(os.path.abspath(args.tools)), "--memory", "512", "--timeout", str(LONGEST), "--append", BOOT_WORDS]
    if args.engine == "qemu":
        words += ["--engine", "qemu", "--kernel", os.path.basename(tree), "--smp", args.smp]
    helpers = os.path.abspath(getattr(args, "helpers", None) or os.path.dirname(args.tools) + "/../../tests/lib")
    binds += [(f"{helpers}/{name}", f"/usr/bin/{name}") for name in ("mkmod", "probe", "reachdump") if os.path.exists(f"{helpers}/{name}")]
    binds += [(f"{TOP}/tests", TESTS), *((f"{TOP}/{name}", f"{os.path.dirname(TESTS)}/{name}") for name in ("man", "schemas"))] + [(f"{TOP}/tests/lib/{name}", f"/usr/bin/{name}") for name in PROGRAMS]
    if os.path.exists(workbench(args.tools)):
        binds.append((os.path.abspath(workbench(args.tools)), "/usr/bin/tenon.real"))
    for bind in binds:
        words += ["--bind", ":".join(bind)]
    return words


def boot(args, command, binds=(), writable=None):
    """Run a command of the tree's in the guest, its words relative to the top. Returns its status."""
    try:
        tree = {"uml": uml_tree, "qemu": qemu_tree}[args.engine](args.kernel)
    except Missing as why:
        print(f"1..0 # SKIP {why}")
        return 0
    with tempfile.TemporaryDirectory(prefix="tenon-cases-") as top:
        lab = lab_command(args, tree, [(make_indexes(args.index_tools or args.tools, tree, top), INDEXES), *binds])
        lab += ["--rw", writable] if writable else []
        with open(f"{top}/script", "w", encoding="utf-8") as f:
            f.write(f"#!/bin/sh\nexport TENON_SAMPLE={sample.percent()} TENON_SEED={shlex.quote(sample.seed())}\ncp {INDEXES}/* /lib/modules/$(uname -r)/ && cd {os.path.dirname(TESTS)} &&\n")
            f.write(f"exec /usr/bin/python3 {shlex.join(command)}\n")
        sys.stdout.flush()
        return subprocess.run([*lab, f"{top}/script"], stdin=subprocess.DEVNULL, check=False).returncode


class Guest:
    root = ""

    def __init__(self):
        self.ver = os.uname().release
        for name in PERMANENT:
            subprocess.run(["/usr/sbin/modprobe", name], check=True)
        self.at_start = set(loaded_modules())
        with open(f"/lib/modules/{self.ver}/modules.dep", encoding="utf-8") as f:
            self.packed = f.readline().partition(":")[0].partition(".ko")[2]

    def __enter__(self):
        for path in CONFIG:
            os.makedirs(path, exist_ok=True)
        return self

    def __exit__(self, *_):
        with open("/proc/mounts", encoding="utf-8") as f:
            mounts = [line.split()[1] for line in f]
        for path in reversed(mounts):
            if path.startswith("/tmp/"):
                subprocess.run(["/usr/bin/umount", path], check=True)
        for path in CONFIG:
            for entry in os.listdir(path):
                full = os.path.join(path, entry)
                if os.path.isdir(full) and not os.path.islink(full):
                    shutil.rmtree(full)
                else:
                    os.unlink(full)
        left = [name for name in loaded_modules() if name not in self.at_start]
        while left and not unloading_disabled():
            still = [name for name in left if not unload(name)]
            if len(still) == len(left):
                raise RuntimeError("cannot unload " + " ".join(left))
            left = still

    def run(self, command):
        return run_shell(command, "/tmp")

    def write(self, path, text):
        write(path, text, "a")
