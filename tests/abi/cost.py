#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What looking up an alias of the kind of:N*T*C... costs against one of the kind pci:, in instructions.

    tests/abi/cost.py            a test (TAP): no more than five times as much, also with ten times as many such aliases
    tests/abi/cost.py --table    the figures, ours and the distribution's
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, TOP + "/tests/lib"]

import installed
import modalias
from tap import Tap

LIMIT = 5
WORDS = 40  # of each kind
KERNEL = "6.1"


def kernel_tree():
    """A tree with aliases of both kinds; None and the reason when it cannot be had."""
    done = subprocess.run([TOP + "/lab/kernels.sh", KERNEL], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return (done.stdout.strip(), None) if done.returncode == 0 else (None, done.stderr.strip())


def make_tree(build, source, top):
    """A module directory with indexes; returns it."""
    version = os.path.basename(source)
    inside = f"{top}/lib/modules/{version}"
    os.makedirs(inside)
    os.symlink(source + "/kernel", inside + "/kernel")
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        shutil.copy(f"{source}/{name}", inside)
    os.symlink(build + "/src/kmod/kmod", top + "/depmod")
    installed.run([top + "/depmod", "-C", "/dev/null", "-b", top, version])
    return inside


def multiply(build, tree, target, times):
    """A copy of the tree's indexes with so many times the aliases of kind of:, each made different at its end."""
    shutil.copytree(tree, target, symlinks=True)
    dumped = installed.run([build + "/tests/lib/indexdump", tree + "/modules.alias.bin"]).splitlines()
    made = [line.replace("\t", f",v{i}\t", 1) for line in dumped if line.startswith("of:N*T*C") for i in range(1, times)]
    with open(target + "/modules.alias.bin", "wb") as out:
        subprocess.run([build + "/tests/lib/indexbuild"], input="\n".join(dumped + made).encode() + b"\n", stdout=out, check=True)
    return target


def count(program, library, tree, words):
    """Instructions of one run that looks up the words."""
    argv = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "lookup", "-c", "/nonexistent", tree]
    done = subprocess.run(argv, input="".join(w + "\n" for w in words), env={**os.environ, "LD_LIBRARY_PATH": library}, capture_output=True, text=True, check=False)
    if done.returncode or len(done.stdout.splitlines()) < len(words):
        raise RuntimeError(f"{' '.join(argv)}: status {done.returncode}\n{done.stderr}")
    return int(next(line.split()[-1] for line in done.stderr.splitlines() if "Collected" in line))


def cost(program, library, tree, words):
    """Instructions for one of the words, without what a run costs at all."""
    return (count(program, library, tree, words * 2) - count(program, library, tree, words)) / len(words)


def measure(args, source, top):
    """Yield (whose, how many times the aliases, cost of a pci: alias, cost of an of: alias)."""
    theirs = installed.theirs()
    libraries = {"ours": installed.ours(args.build, top + "/stage")}
    if args.table:
        libraries["theirs"] = theirs
    trees = {1: make_tree(args.build, source, top + "/tree")}
    trees[10] = multiply(args.build, trees[1], top + "/ten", 10)
    program = top + "/dump"
    installed.compile_program(theirs if args.table else libraries["ours"], program, HERE + "/dump.c")
    words = modalias.requests([trees[1] + "/modules.alias"], 8 * 400)
    pci = [w for w in words if w.startswith("pci:")][:WORDS]
    of = [w for w in words if w.startswith("of:")][:WORDS]
    for whose, library in libraries.items():
        os.makedirs(f"{top}/{whose}")
        shutil.copy(library.path, f"{top}/{whose}/{installed.SONAME}")
        for times, tree in trees.items():
            yield whose, times, *(cost(program, f"{top}/{whose}", tree, some) for some in (pci, of))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=TOP + "/build", help="the build directory that is installed and measured")
    p.add_argument("--table", action="store_true")
    args = p.parse_args()
    args.build = os.path.abspath(args.build)
    source, why = kernel_tree()
    if not source:
        print(f"1..0 # SKIP {why}")
        return 0
    tap = None if args.table else Tap(2)
    if args.table:
        print(f"# instructions for one lookup, kernel {os.path.basename(source)}")
        print(f"{'# library':10} {'of: aliases':>12} {'pci:':>12} {'of:N*T*C':>12} {'ratio':>8}")
    with tempfile.TemporaryDirectory(prefix="tenon-cost-") as top:
        for whose, times, pci, of in measure(args, source, top):
            if args.table:
                print(f"{whose:10} {f'times {times}':>12} {pci:12.0f} {of:12.0f} {of / pci:8.2f}", flush=True)
            else:
                tap.line(of <= LIMIT * pci, f"of: costs {of / pci:.2f} times as much as pci:, with {times} times the aliases of a real tree"
                         f" ({of:.0f} and {pci:.0f} instructions)")
    return 1 if tap and tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
