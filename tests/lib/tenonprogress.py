#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""tenonprogress.py TENON KMOD MKMOD: on a terminal, what takes tenon longer than a second shows how far it is; else never. TAP.

What makes it slow is strace, which delays the calls that read files: then a run is longer than a second on any machine.
"""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

from tap import Tap

TENON, KMOD, MKMOD = (os.path.abspath(a) for a in sys.argv[1:4])
RELEASE = "6.1.0"
MODULES = [f"m{i}" for i in range(16)]
CALLS = "openat2,pread64"
RUNS = (  # the words; what is counted, one after another; and a delay that makes each of it last for about two seconds
    (["check", *MODULES], ["words"], 20),
    (["why", "--initramfs", "m1"], ["kB of the initramfs", "files of the initramfs"], 30),
    (["list", "--all", "-o", "name,size,license"], ["module files"], 40),
    (["check"], ["questions"], 60),
)
tap = Tap(3 * len(RUNS))


def cpio(files):
    """An archive of the form newc."""
    out = b""
    for ino, (name, text) in enumerate([*files, ("TRAILER!!!", b"")], 1):
        fields = [ino, 0o100644, 0, 0, 1, 0, len(text), 0, 0, 0, 0, len(name) + 1, 0]
        out += b"070701" + b"".join(b"%08x" % field for field in fields) + name.encode() + b"\0"
        out += b"\0" * (-len(out) % 4) + text
        out += b"\0" * (-len(out) % 4)
    return out


def make_root(top):
    tree = f"{top}/lib/modules/{RELEASE}"
    for name in MODULES:
        os.makedirs(f"{tree}/kernel/{name}")
    os.makedirs(f"{top}/boot")
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        open(f"{tree}/{name}", "w").close()
    subprocess.run([MKMOD, "-o", f"{tree}/kernel/m0/m0.ko", "--name", "m0", "--info", "license=GPL", "--info", f"description={'x' * 70000}"], check=True)
    for name in MODULES[1:]:
        os.link(f"{tree}/kernel/m0/m0.ko", f"{tree}/kernel/{name}/{name}.ko")
    os.symlink(KMOD, f"{top}/depmod")
    subprocess.run([f"{top}/depmod", "-b", top, RELEASE], check=True)
    with open(f"{tree}/kernel/m0/m0.ko", "rb") as f:
        text = f.read()
    with open(f"{top}/boot/initrd.img-{RELEASE}", "wb") as f:
        f.write(cpio((f"lib/modules/{RELEASE}/kernel/{name}/{name}.ko", text) for name in MODULES))


class Run:
    """A run whose standard error is a terminal, or a pipe."""

    def __init__(self, argv, terminal):
        self.begin = time.monotonic()
        self.source, other = pty.openpty() if terminal else os.pipe()
        self.proc = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=other)
        os.close(other)

    def end(self):
        """What was written there."""
        seen = b""
        while select.select([self.source], [], [])[0]:
            try:
                part = os.read(self.source, 65536)
            except OSError:  # what a terminal says when nobody has it open any more
                break
            if not part:
                break
            seen += part
        self.proc.wait()
        self.seconds = time.monotonic() - self.begin
        os.close(self.source)
        return seen


def is_cleared(seen):
    """Whether blanks are all that the last line has at the end."""
    lines = seen.decode().split("\r")
    return lines[-1] == "" and len(lines) > 2 and lines[-2].strip() == "" and len(lines[-2]) >= len(lines[-3])


def run_quickly(argv):
    """What a run writes that takes less than a second."""
    for _ in range(20):
        run = Run(argv, True)
        seen = run.end()
        if run.seconds < 1:
            return seen
    return b"no run was quick"


def slow(milliseconds):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS}", "-e", f"inject={CALLS}:delay_enter={milliseconds * 1000}"]


def check(good, title, seen):
    tap.line(good, title, details=() if good else [f"seen: {seen[-300:]!r}"])


def main(top):
    make_root(top)
    runs = []
    for words, nouns, delay in RUNS:
        argv = [TENON, words[0], "--root", top, "-k", RELEASE, *words[1:]]
        runs.append((argv, nouns, Run(slow(delay) + argv, True), Run(slow(delay) + argv, False)))
    for argv, nouns, shown, piped in runs:
        seen = shown.end()
        title = f"{argv[1]}: {', '.join(nouns)}"
        check(all(re.search(rf"\rtenon: \d+ of \d+ {noun}".encode(), seen) for noun in nouns) and is_cleared(seen), f"{title}: shown after a second, and taken away", seen)
        seen = piped.end()
        check(seen == b"", f"{title}: not where standard error is no terminal", seen)
        seen = run_quickly(argv)
        check(seen == b"", f"{title}: not within a second", seen)


if not os.path.exists(TENON):
    print("1..0 # SKIP built without the workbench")
elif not shutil.which("strace"):
    print("1..0 # SKIP strace is not installed")
else:
    with tempfile.TemporaryDirectory() as scratch:
        main(scratch)
    sys.exit(tap.failed > 0)
