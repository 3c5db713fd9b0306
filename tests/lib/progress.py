#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""progress.py KMOD MKMOD: on a terminal, depmod that works longer than a second shows how far it is; else never. TAP."""
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

from tap import Tap

KMOD, MKMOD = (os.path.abspath(a) for a in sys.argv[1:3])
tap = Tap(3)


def check(title, good, seen=b""):
    tap.line(good, title, details=() if good else (f"seen: {seen!r}",))


def reads(proc):
    """Whether it is among the modules: it has read more often than it does before."""
    try:
        with open(f"/proc/{proc.pid}/io", encoding="utf-8") as f:
            return int(re.search(r"syscr: (\d+)", f.read())[1]) > 1000
    except OSError:
        return True  # this kernel does not tell


def stop_while_it_reads(proc):
    """False if it has ended before it was seen reading."""
    while proc.poll() is None:
        if reads(proc):
            proc.send_signal(signal.SIGSTOP)
            return True
        time.sleep(0.001)
    return False


def run(argv, terminal):
    """The standard error of a run that is stopped for a while, so that it takes longer than a second."""
    master, slave = pty.openpty()
    read, write = os.pipe()
    proc = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=slave if terminal else write)
    os.close(slave)
    os.close(write)
    # a stopped program's clock goes on: it has then worked for long
    if stop_while_it_reads(proc):
        time.sleep(1.3)
    proc.send_signal(signal.SIGCONT)
    proc.wait()
    seen, source = b"", master if terminal else read
    while select.select([source], [], [], 0.1)[0]:
        try:
            part = os.read(source, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(master)
    os.close(read)
    return proc.returncode, seen


with tempfile.TemporaryDirectory() as top:
    tree = f"{top}/lib/modules/6.1.0"
    os.makedirs(f"{tree}/kernel")
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        open(f"{tree}/{name}", "w").close()
    subprocess.run([MKMOD, "-o", f"{tree}/kernel/a0.ko", "--name", "a0", "--export", "sym"], check=True)
    for i in range(1, 20000):
        os.link(f"{tree}/kernel/a0.ko", f"{tree}/kernel/a{i}.ko")
    os.symlink(KMOD, f"{top}/depmod")
    argv = [f"{top}/depmod", "-b", top, "-C", "/dev/null", "6.1.0"]
    for _ in range(20):  # until it is stopped in time
        status, seen = run(argv, True)
        if status or seen:
            break
    check("a run longer than a second tells how far it is", status == 0 and b"of 20000 modules" in seen and seen.startswith(b"\r"), seen[-200:])
    status, seen = run(argv, False)
    check("not where standard error is no terminal", status == 0 and seen == b"", seen[-200:])
    status, seen = run(argv + ["-q"], True)
    check("not with -q", status == 0 and seen == b"", seen[-200:])
sys.exit(tap.failed > 0)
