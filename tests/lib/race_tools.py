#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""race_tools.py KMOD: depmod and modinfo with several threads under ThreadSanitizer, which must be silent; and their output
must be that of KMOD with one thread. Prints TAP.

The program is built once more for it, in build-tsan.
"""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE]

from tap import Tap

BUILD = TOP + "/build-tsan"
RELEASE = "6.1.0"
KINDS = {"plain": None, "xz": ["xz", "-0"], "zstd": ["zstd", "-q", "--rm"], "gzip": ["gzip", "-n"]}
MODULES = 150


def build_program():
    """The program with ThreadSanitizer in it; returns its file."""
    if not os.path.exists(BUILD + "/build.ninja"):
        subprocess.run(["meson", "setup", BUILD, TOP, "-Db_sanitize=thread", "-Db_lundef=false", "-Dtests=false", "-Doptimization=1", "-Ddebug=true"],
                       stdout=subprocess.DEVNULL, check=True)
    subprocess.run(["ninja", "--quiet", "-C", BUILD, "src/kmod/kmod"], stdout=subprocess.DEVNULL, check=True)
    return BUILD + "/src/kmod/kmod"


def make_tree(top, source, command):
    """Some modules, compressed by a command; one of them is broken."""
    tree = f"{top}/lib/modules/{RELEASE}/kernel"
    os.makedirs(tree)
    files = [shutil.copy(f, tree) for f in sorted(glob.glob(source + "/**/*.ko", recursive=True))[:MODULES]]
    if command:
        subprocess.run([*command, *files], check=True)
    with open(tree + "/broken.ko", "wb") as f:
        f.write(b"no module")
    return sorted(glob.glob(tree + "/*"))


def run(tool, *args):
    # the memory layout that some kernels choose at random is not one that the sanitizer can live with
    return subprocess.run(["setarch", "-R", tool, *args], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                          timeout=600, env={**os.environ, "TSAN_OPTIONS": "exitcode=66"})


def same(tap, title, checked, plain):
    bad = checked.returncode == 66 or (checked.returncode, checked.stdout, checked.stderr) != (plain.returncode, plain.stdout, plain.stderr)
    tap.line(not bad and bool(plain.stdout), title, details=[f"status {checked.returncode}", *checked.stderr.splitlines()[:60]] if bad else [])


def main():
    sources = sorted(glob.glob("/usr/lib/uml/modules/*"))
    if not sources:
        print("1..0 # SKIP no module tree of User Mode Linux (package user-mode-linux)")
        return 0
    checked, tap = build_program(), Tap()
    with tempfile.TemporaryDirectory(prefix="tenon-race-") as top:
        for name, program in (("checked", checked), ("plain", os.path.abspath(sys.argv[1]))):
            os.mkdir(f"{top}/{name}")
            for tool in ("depmod", "modinfo"):
                os.symlink(program, f"{top}/{name}/{tool}")
        for kind, command in KINDS.items():
            if command and not shutil.which(command[0]):
                tap.skip(kind, f"{command[0]} is not installed")
                continue
            root = f"{top}/{kind}"
            files = make_tree(root, sources[-1], command)
            for where in ("-b", "--root"):
                args = ["-n", where, root, RELEASE]
                same(tap, f"{kind}: depmod {where}, four threads", run(f"{top}/checked/depmod", "--jobs", "4", *args),
                     run(f"{top}/plain/depmod", "--jobs", "1", *args))
            same(tap, f"{kind}: modinfo", run(f"{top}/checked/modinfo", *files), run(f"{top}/plain/modinfo", *files))
    tap.end()
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
