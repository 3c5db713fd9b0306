#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Eight threads, each with a context of its own, look up 10,000 words each; ThreadSanitizer must be silent. Prints TAP.

The library is built once more for it, in build-tsan.
"""
import glob
import json
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
from tap import Tap

BUILD = TOP + "/build-tsan"
LOOKUPS = 10000


def build_library():
    """The library with ThreadSanitizer in it; returns its file."""
    if not os.path.exists(BUILD + "/build.ninja"):
        installed.run(["meson", "setup", BUILD, TOP, "-Db_sanitize=thread", "-Db_lundef=false", "-Dtests=false", "-Doptimization=1", "-Ddebug=true"])
    targets = json.loads(installed.run(["meson", "introspect", "--targets", BUILD]))
    found = [t["filename"][0] for t in targets if t["name"] == "kmod" and t["type"] == "shared library"]
    if not found:
        raise RuntimeError("the build has no shared library kmod")
    installed.run(["ninja", "-C", BUILD, os.path.relpath(found[0], BUILD)])
    return found[0]


def words_of(tree):
    with open(tree + "/modules.alias", encoding="utf-8") as f:
        aliases = [line.split(" ")[1].replace("*", "1") for line in f if line.startswith("alias ")]
    with open(tree + "/modules.dep", encoding="utf-8") as f:
        names = [os.path.basename(line.split(":")[0]).split(".")[0] for line in f]
    return [*names, *aliases, "symbol:no_such_symbol", "no-such-module"]


def run(program, library, tree, what, words):
    # the memory layout that some kernels choose at random is not one that the sanitizer can live with
    argv = ["setarch", "-R", program, tree, what]
    env = {**os.environ, "LD_LIBRARY_PATH": library, "TSAN_OPTIONS": "exitcode=66"}
    return subprocess.run(argv, input="".join(w + "\n" for w in words), env=env, capture_output=True, text=True, check=False, timeout=3000)


def main():
    trees = sorted(glob.glob("/usr/lib/uml/modules/*"))
    if not trees:
        print("1..0 # SKIP no module tree of User Mode Linux (package user-mode-linux)")
        return 0
    tree, tap = trees[-1], Tap()
    with tempfile.TemporaryDirectory(prefix="tenon-race-") as top:
        library = build_library()
        shutil.copy(library, f"{top}/{installed.SONAME}")
        os.symlink(installed.SONAME, top + "/libkmod.so")
        program = top + "/threads"
        installed.run([*installed.CC, "-fsanitize=thread", "-I" + TOP + "/include", "-o", program, HERE + "/threads.c", "-L" + top, "-lkmod", "-pthread"])
        words = words_of(tree)
        done = run(program, top, tree, "race", words[:1])
        seen = done.returncode == 66 and "data race" in done.stderr
        tap.line(seen, "a race that is there is seen", details=[] if seen else [f"status {done.returncode}", *done.stderr.splitlines()[:20]])
        done = run(program, top, tree, str(LOOKUPS), words)
        counts = done.stdout.split()
        tap.line(done.returncode == 0 and not done.stderr, f"eight threads, {LOOKUPS} lookups each: no race", details=done.stderr.splitlines()[:60])
        tap.line(len(counts) == 8 and len(set(counts)) == 1 and int(counts[0]) > LOOKUPS // 2, f"all of them find the same ({' '.join(counts)})")
    tap.end()
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
