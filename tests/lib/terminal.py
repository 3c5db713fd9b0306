#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""terminal.py KMOD MKMOD: what modules and configuration say does not command a terminal; a pipe gets the bytes. TAP."""
import errno
import os
import pty
import subprocess
import sys
import tempfile

from tap import Tap

KMOD, MKMOD = (os.path.abspath(a) for a in sys.argv[1:3])
EVIL = "a\033[31mb\x07\u009bc"
SHOWN = r"a\x1b[31mb\x07\xc2\x9bc"
tap = Tap()


def check(title, good, seen=b""):
    tap.line(good, title, details=() if good else (f"seen: {seen!r}",))


def read_all(fd):
    seen = b""
    while True:
        try:
            part = os.read(fd, 65536)
        except OSError as e:  # what a terminal says when nobody has it open any more
            if e.errno != errno.EIO:
                raise
            part = b""
        if not part:
            return seen
        seen += part


def on_terminal(argv):
    """What a terminal gets, with its newlines as they were written."""
    master, slave = pty.openpty()
    with subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=slave, stderr=slave) as proc:
        os.close(slave)
        seen = read_all(master)
        proc.wait()
    os.close(master)
    return seen.replace(b"\r\n", b"\n")


def on_pipe(argv):
    return subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False).stdout


def check_both(title, argv, raw, shown):
    seen = on_terminal(argv)
    check(f"{title}: a terminal gets it escaped", shown.encode() in seen and b"\033" not in seen and b"\xc2\x9b" not in seen, seen)
    seen = on_pipe(argv)
    check(f"{title}: a pipe gets the bytes", raw.encode() in seen, seen)


with tempfile.TemporaryDirectory() as top:
    tree = f"{top}/lib/modules/6.1.0"
    os.makedirs(f"{tree}/kernel")
    tool = {}
    for name in ("depmod", "modinfo", "modprobe"):
        tool[name] = f"{top}/{name}"
        os.symlink(KMOD, tool[name])
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        open(f"{tree}/{name}", "w").close()
    subprocess.run([MKMOD, "-o", f"{tree}/kernel/a.ko", "--name", "a", "--info", f"description={EVIL}\nM\u00fcller",
                    "--info", "alias=a\033x", "--info", f"parm=p:{EVIL}"], check=True)
    named = f"{top}/n\nfilename:       {EVIL}.ko"
    os.link(f"{tree}/kernel/a.ko", named)
    with open(f"{top}/x.conf", "w", encoding="utf-8") as f:
        f.write(f"options a x={EVIL}\ninstall i echo {EVIL}\n")
    depmod = [tool["depmod"], "-b", top, "-C", "/dev/null", "6.1.0"]
    modprobe = [tool["modprobe"], "-d", top, "-S", "6.1.0", "-C", f"{top}/x.conf"]
    subprocess.run(depmod, check=True)
    check_both("modinfo", [tool["modinfo"], f"{tree}/kernel/a.ko"], EVIL, f"{SHOWN}\nM\u00fcller\n")
    check_both("modinfo -F", [tool["modinfo"], "-F", "description", f"{tree}/kernel/a.ko"], EVIL, f"{SHOWN}\nM\u00fcller\n")
    check_both("modinfo -p", [tool["modinfo"], "-p", f"{tree}/kernel/a.ko"], f"p:{EVIL}", f"p:{SHOWN}")
    check_both("a file's name", [tool["modinfo"], named], named, rf"n\nfilename:       {SHOWN}.ko" + "\n")
    check_both("modprobe -c", modprobe + ["-c"], f"x={EVIL}", f"options a x={SHOWN}\n")
    check_both("modprobe -D", modprobe + ["-D", "a"], f"x={EVIL}", f"x={SHOWN}")
    check_both("modprobe -n of a command", modprobe + ["-n", "i"], f"echo {EVIL}", f"install echo {SHOWN}")
    check_both("depmod -n", depmod[:1] + ["-n"] + depmod[1:], "alias a\033x a", r"alias a\x1bx a" + "\n")
    seen = on_pipe(modprobe + [f"{EVIL}\nmodprobe: ERROR: y"])
    check("a message is escaped for everybody, and is one line", seen ==
          rf"modprobe: FATAL: Module {SHOWN}\nmodprobe: ERROR: y not found in directory {tree}".encode() + b"\n", seen)
    tap.end()
sys.exit(tap.failed > 0)
