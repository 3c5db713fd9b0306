# SPDX-License-Identifier: LGPL-2.1-or-later
"""The guest of the lab as a place to run cases in: a real kernel, put back to its first state after each case."""
import os
import shutil
import subprocess

import sandbox
from room import run_shell, write

CONFIG = ("/etc/modprobe.d", "/etc/depmod.d", "/run/modprobe.d", "/run/depmod.d", "/tmp")


def loaded_modules():
    with open("/proc/modules", encoding="utf-8") as f:
        return [line.split()[0] for line in f]


def unload(name):
    return sandbox.libc.delete_module(name.encode(), os.O_NONBLOCK) == 0


class Guest:
    def __init__(self):
        self.ver = os.uname().release
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
