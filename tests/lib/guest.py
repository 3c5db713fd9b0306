# SPDX-License-Identifier: LGPL-2.1-or-later
"""The guest of the lab as a place to run cases in: a real kernel, put back to its first state after each case."""
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

import sandbox
from room import run_shell, write

INSIDE = "/lab/script"  # exists in the guest
TESTS = "/tenon/tests"  # of ours, as the guest sees them
PERMANENT = ("ipv6",)  # never unloaded once loaded, so loaded before the first case
CONFIG = ("/etc/modprobe.d", "/etc/depmod.d", "/run/modprobe.d", "/run/depmod.d", "/tmp")


def loaded_modules():
    with open("/proc/modules", encoding="utf-8") as f:
        return [line.split()[0] for line in f]


def unload(name):
    return sandbox.libc.delete_module(name.encode(), os.O_NONBLOCK) == 0


def boot(top, args, timeout=840):
    """Run cases.py --lab with the same arguments in the guest. Returns its status."""
    if not shutil.which("linux.uml"):
        print("1..0 # SKIP no linux.uml (package user-mode-linux)")
        return 0
    lab = [f"{top}/lab/run", "--tools", os.path.dirname(os.path.abspath(args.tools)), "--bind", f"{top}/tests:{TESTS}"]
    lab += ["--memory", "512", "--timeout", str(timeout)]
    words = ["/usr/bin/python3", "tests/lib/cases.py", "--lab", "-k", args.k]
    words += ["--oracle"] if args.oracle else []
    names = [os.path.relpath(os.path.abspath(name), top) for name in args.files]
    if args.update:
        lab += ["--rw", f"{top}/tests/cases"]
        words.append("--update")
        names = ["/mnt/host/" + os.path.basename(name) for name in names]
    script = f"/usr/sbin/depmod && cd {os.path.dirname(TESTS)} && exec {shlex.join(words + names)}\n"
    with tempfile.NamedTemporaryFile("w", prefix="tenon-cases-") as f:
        f.write("#!/bin/sh\n" + script)
        f.flush()
        sys.stdout.flush()
        return subprocess.run([*lab, f.name], stdin=subprocess.DEVNULL, check=False).returncode


class Guest:
    def __init__(self):
        self.ver = os.uname().release
        for name in PERMANENT:
            subprocess.run(["/usr/sbin/modprobe", name], check=True)
        self.at_start = set(loaded_modules())

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
        while left:
            still = [name for name in left if not unload(name)]
            if len(still) == len(left):
                raise RuntimeError("cannot unload " + " ".join(left))
            left = still

    def run(self, command, timeout=60):
        return run_shell(command, timeout, "/tmp")

    def write(self, path, text):
        write(path, text, "a")
