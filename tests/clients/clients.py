#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run programs of the distribution that use the library, with the distribution's and with ours, and compare.

    tests/clients/clients.py              all
    tests/clients/clients.py dracut       some: dracut (on the host), uml, qemu (in the lab's guests)
    tests/clients/clients.py --show uml   what came out, with both
"""
import argparse
import difflib
import glob
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent import futures

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [TOP + "/tests/abi", TOP + "/tests/lib"]

import cost
import installed
from room import Missing
from tap import Tap

LIBRARIES = ("theirs", "ours")
KERNEL = "6.1"
# Of each kind some: file systems, network, storage, hardware with firmware, with a softdep, built in, unknown, by pattern.
DRACUT = {
    "names": "vfat ext4 nfs bridge e1000e nvme usb-storage i915 dm-crypt crc32c_intel kvm-intel loop".split(),
    "a name and an alias": "fs-xfs symbol:dm_register_target virtio_blk".split(),
    "a directory": ["=drivers/scsi/device_handler"],
    "a directory, with a filter for symbols": ["-s", "^(scsi_register_device_handler|ata_pci_bmdma_init)$", "=drivers/ata"],
    "not there": ["no_such_module"],
    "not there, and optional": ["-o", "no_such_module", "dummy"],
    "built in": ["-o", "unix", "dummy"],
}


def programs():
    """The unpacked packages."""
    done = subprocess.run([HERE + "/programs.sh"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(done.stderr.strip())
    return {os.path.basename(d): d for d in done.stdout.split()}


def sections(text):
    """Text of a guest as {title: lines}"""
    found, lines = {}, []
    for line in text.splitlines():
        if line.startswith("== "):
            lines = found.setdefault(line[3:], [])
        else:
            lines.append(line)
    return found


class Clients:
    def __init__(self, args, top):
        self.args, self.top, self.tap = args, top, Tap()
        self.libraries = {"theirs": installed.theirs(), "ours": installed.theirs() if args.self else installed.ours(args.build, top + "/stage")}
        for whose, library in self.libraries.items():
            os.makedirs(f"{top}/{whose}")
            shutil.copy(library.path, f"{top}/{whose}/{installed.SONAME}")

    def same(self, name, theirs, ours, least=1):
        """The expected is not empty, and we are equal to it."""
        details = []
        if len(theirs) < least:
            details.append(f"nothing to compare: the distribution's has {len(theirs)} lines, not {least}")
        details += list(difflib.unified_diff(theirs, ours, "the distribution's", "ours", n=2, lineterm=""))[:60]
        self.tap.line(not details, f"{name}: {len(theirs)} lines are the same", details=details)
        if self.args.show:
            for whose, lines in (("theirs", theirs), ("ours", ours)):
                print("\n".join(f"# {whose}: {line}" for line in lines))

    # on the host

    def dracut_install(self, program, tree, whose, words):
        """The files that it puts into a new directory, its status and what it says."""
        target = tempfile.mkdtemp(dir=self.top)
        env = {**os.environ, "LD_LIBRARY_PATH": f"{self.top}/{whose}", "LC_ALL": "C"}
        argv = [program, "-D", target, "--kerneldir", tree, "-m", *words]
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env, check=False)
        files = sorted(os.path.relpath(os.path.join(d, f), target) for d, _, fs in os.walk(target) for f in fs)
        shutil.rmtree(target)
        # where it copies to is in its messages, and so is the source's line in those of the library
        said = done.stderr.replace(target, "TARGET").splitlines()
        return files, [*said, f"status {done.returncode}"]

    def dracut(self):
        program = programs()["dracut-core"] + "/usr/lib/dracut/dracut-install"
        source, why = cost.kernel_tree()
        if not source:
            raise Missing(why)
        tree = cost.make_tree(self.args.build, source, self.top + "/tree")
        trace = {whose: subprocess.run([program], env={"LD_LIBRARY_PATH": f"{self.top}/{whose}", "LD_TRACE_LOADED_OBJECTS": "1"}, capture_output=True, text=True, check=False).stdout for whose in LIBRARIES}
        self.tap.line(all(f"{self.top}/{whose}/" in trace[whose] for whose in LIBRARIES), "dracut-install uses the one library and the other")
        for name, words in DRACUT.items():
            (files, said), (our_files, we_said) = (self.dracut_install(program, tree, whose, words) for whose in LIBRARIES)
            if not name.startswith("not there") or "dummy" in words:
                self.same(f"dracut-install: {name}: files", files, our_files)
            self.same(f"dracut-install: {name}: messages and status", said, we_said)

        self.dracut_softdeps(program, tree)

    def dracut_softdeps(self, program, tree):
        """Of several softdep lines older libraries take the first alone: they must be told the rest."""
        with open(tree + "/modules.softdep", encoding="utf-8") as f:
            lines = [line.split() for line in f if line.startswith("softdep btrfs ")]
        names = [word for line in lines for word in line[2:] if not word.endswith(":")]
        theirs, _ = self.dracut_install(program, tree, "theirs", ["btrfs", *names])
        ours, _ = self.dracut_install(program, tree, "ours", ["btrfs"])
        self.same(f"dracut-install: {len(lines)} lines of softdeps: files", theirs if len(lines) > 1 else [], ours)

    # in a guest

    def guest(self, script, whose, binds, *options):
        argv = [TOP + "/lab/run", "--tools", f"{self.args.build}/src/kmod", "--timeout", "1800", *options]
        for source, target in {f"{self.top}/{whose}": "/clients/lib", **binds}.items():
            argv += ["--bind", f"{source}:{target}"]
        done = subprocess.run([*argv, f"{HERE}/{script}"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{script} with the library {whose}: status {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr}")
        return sections(done.stdout)

    def both(self, name, script, binds, libraries, *options):
        with futures.ThreadPoolExecutor() as pool:
            theirs, ours = pool.map(lambda whose: self.guest(script, whose, binds, *options), LIBRARIES)
        self.tap.line(theirs.pop("library") == ours.pop("library") == ["libkmod.so.2 => /clients/lib/libkmod.so.2"] * libraries, f"{name}: the programs use the library that they are given")
        for title in theirs | ours:
            self.same(f"{name}: {title}", theirs.get(title, []), ours.get(title, []))

    def uml(self):
        if not shutil.which("linux.uml"):
            raise Missing("linux.uml is not installed (package user-mode-linux)")
        if not os.path.exists("/lib/systemd/systemd-modules-load"):
            raise Missing("no systemd-modules-load (package systemd)")
        installed.compile_program(self.libraries["theirs"], self.top + "/load", HERE + "/load.c")
        self.both("uml", "guest-uml.sh", {self.top + "/load": "/clients/load"}, 2)

    def qemu(self):
        for program in ("qemu-system-x86_64", "cpio"):
            if not shutil.which(program):
                raise Missing(f"no program {program}")
        binds = {path: "/clients/" + name for name, path in programs().items()}
        source, why = cost.kernel_tree()
        if not source:
            raise Missing(why)
        tree = f"{self.top}/tree/lib/modules/{os.path.basename(source)}"
        if not os.path.exists(tree):
            cost.make_tree(self.args.build, source, self.top + "/tree")
        indexes = self.top + "/indexes"
        os.makedirs(indexes)
        for path in glob.glob(tree + "/modules.*"):
            shutil.copy(path, indexes)
        self.both("qemu", "guest-qemu.sh", {**binds, indexes: "/clients/indexes"}, 2, "--engine", "qemu", "--kernel", KERNEL)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=TOP + "/build", help="the build directory that is installed and tested")
    p.add_argument("--self", action="store_true", help="the distribution's library as ours, too: everything must be equal")
    p.add_argument("--show", action="store_true", help="print what is compared")
    p.add_argument("names", nargs="*", metavar="CLIENTS", help="dracut uml qemu")
    args = p.parse_args()
    args.build = os.path.abspath(args.build)
    if not installed.theirs():
        print("1..0 # SKIP the distribution's library is not installed (package libkmod-dev)")
        return 0
    with tempfile.TemporaryDirectory(prefix="tenon-clients-", dir=os.environ.get("TMPDIR", "/var/tmp")) as top:
        clients = Clients(args, top)
        for name in args.names or ("dracut", "uml", "qemu"):
            try:
                getattr(clients, name)()
            except Missing as why:
                clients.tap.skip(name, str(why))
        clients.tap.end()
    return 1 if clients.tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
