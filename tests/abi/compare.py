#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ask two libraries all there is to ask, the distribution's and ours, and compare the answers. Prints TAP.

One program, dump.c, is compiled against the distribution's header and library and runs unchanged with both. The file
allowed lists the differences that are meant; a row that nothing needs any more is a failure too.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, TOP + "/tests/lib"]

import abi
import installed
import modalias
import namespace
import sandbox
from room import Host, Missing, Room, write
from tap import Tap

REAL = ("6.1-cloud", "6.12-cloud")
BIG = "6.1"  # for modaliases: hardware of all kinds
TREES = "TENON_COMPARE_TREES"
NOTHING = {"", "(null)", "0", "ENOENT"}
ODD = ("", ".", "..", "*", "?", "base*", "a.b.c", "top.ko", "usb:v[1", "usb:v1]", "usb:v[0-3]p7", "symbol:", "symbol:base-one", "symbol:base_[one",
       ":", "base:", "pci:", "x" * 3000, "\u00fcber", "with-dash ", " base", "base/", "char-major-10-237", "no-such", "kernel/made/base.ko")
MADE = ("base mid top before1 soft chain loop_a loop_b weak twin_a twin-b with-dash with_dash broken built built-too lone banned commanded failing "
        "only-removed conf-alias conf-bee conf-dash conf-gone base-alias twin dash-alias-9 usb:v1p pci:v00001111d0sv1sd2bc3sc4i5 pci:v00002222d7 "
        "symbol:base_one symbol:mid_one symbol:nix llc stp bridge vfat fs-vfat coming_up going-away nascent loop block-major-7-1").split()


def grown(theirs, ours, several):
    """Whether ours has all of theirs in the same order, and more, where a module with several lines of softdeps occurs."""
    rest = iter(ours.split())
    return theirs == ours or (not several.isdisjoint(theirs.split()) and all(word in rest for word in theirs.split()))


class Allowed:
    """One row: KIND, REGEX, CHANGE, REASON, between tabs. The regex is matched with "TREE QUESTION WORD"."""

    def __init__(self, line):
        self.kind, self.regex, self.change, self.reason = line.split("\t")
        self.used = False
        if self.kind not in ("older", "decision"):
            raise ValueError(f"allowed: no such kind: {self.kind}")
        if self.change not in ("any", "grown"):
            self.whose, self.pattern, self.text = re.fullmatch(r"(theirs|ours) /(.*)/(.*)/", self.change).groups()

    def allows(self, key, theirs, ours, several):
        """Whether the answers differ as the row says, and in nothing else."""
        if not re.fullmatch(self.regex, key, re.S):
            return False
        if self.change == "any":
            return True
        if self.change == "grown":
            return bool(several) and len(theirs or []) == len(ours or []) and all(grown(t, o, several) for t, o in zip(theirs, ours))
        answers = {"theirs": theirs, "ours": ours}
        answers[self.whose] = [self.changed(a) for a in answers[self.whose] or []]
        return answers["theirs"] == answers["ours"]

    def changed(self, answer):
        return re.sub(self.pattern, self.text, answer, flags=re.S).strip()


def read_allowed():
    with open(HERE + "/allowed", encoding="utf-8") as f:
        return [Allowed(line.rstrip("\n")) for line in f if line.strip() and line[0] != "#"]


def parse(out):
    """The answers as {(question, word): [answer...]}"""
    answers = {}
    for line in out.decode(errors="surrogateescape").splitlines():
        word, question, text = line.split("\t", 2)
        answers.setdefault((question, word), []).append(text.rstrip(" "))
    return answers


def first_difference(theirs, ours):
    """Of two lists of answers the first two that differ."""
    for t, o in zip(theirs or [], ours or []):
        if t != o:
            return t, o
    short = min(len(theirs or []), len(ours or []))
    return [(one or [])[short:short + 1] or "nothing" for one in (theirs, ours)]


class Comparison:
    def __init__(self, tap, host):
        self.tap, self.host, self.allowed, self.told = tap, host, read_allowed(), {}
        self.several = set()  # modules with several lines of softdeps

    def ask(self, room, whose, how, tree, words):
        """What a library answers; it must be that library."""
        write(f"{self.host.shared}/abi/words", "".join(w + "\n" for w in words))
        out, err, status = room.run(f"LD_LIBRARY_PATH=/.host/abi/{whose} exec /.host/abi/dump {how} {tree} </.host/abi/words")
        if status or err.decode().strip() != f"library /.host/abi/{whose}/{installed.SONAME}":
            raise RuntimeError(f"dump with the library {whose}: status {status}\n{err.decode(errors='replace')}")
        return parse(out)

    def run(self, name, room, how, tree, words):
        theirs, ours = (self.ask(room, whose, how, tree, words) for whose in ("theirs", "ours"))
        for question in sorted({q for q, _ in theirs} | {q for q, _ in ours}):
            keys = sorted(k for k in theirs.keys() | ours.keys() if k[0] == question)
            self.told[question] = self.told.get(question, 0) + sum(t not in NOTHING and not t.endswith(" 0 post:") for k in keys for t in theirs.get(k, ()))
            self.judge(name, question, keys, theirs, ours)
        return theirs

    def judge(self, name, question, keys, theirs, ours):
        bad, meant = [], 0
        for key in keys:
            if theirs.get(key) == ours.get(key):
                continue
            row = next((a for a in self.allowed if a.allows(f"{name} {question} {key[1]}", theirs.get(key), ours.get(key), self.several)), None)
            if row:
                row.used = True
                meant += 1
            else:
                bad.append((key[1], theirs.get(key), ours.get(key)))
        title = f"{name}: {question}: {len(keys)} answers" + (f", {meant} differ as meant" if meant else "")
        details = [f"{len(bad)} differ"] if bad else []
        for word, t, o in bad[:8]:
            t, o = first_difference(t, o)
            details += [f"{word[:80]!r}", f"  the distribution's: {str(t)[:400]}", f"  ours:               {str(o)[:400]}"]
        self.tap.line(not bad, title, details=details)

    def rows(self):
        for question, count in sorted(self.told.items()):
            if question != "log":
                self.tap.line(count > 0, f"{question}: {count} answers say something")
        for row in self.allowed:
            self.tap.line(row.used, f"allowed: {row.regex}", details=["no answer differs that this row allows: remove the row"] * (not row.used))


def indexed(host, tree):
    """A copy of a module directory, as DIR/lib/modules/VERSION below the host's, with indexes of our depmod's making."""
    version = os.path.basename(tree)
    copy = f"{host.shared}/abi/trees/{version}"
    inside = f"{copy}/lib/modules/{version}"
    os.makedirs(inside + "/kernel")
    sandbox.bind_readonly(tree + "/kernel", inside + "/kernel")
    for name in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        shutil.copy(f"{tree}/{name}", inside)
    os.symlink("kmod", f"{copy}/depmod")
    shutil.copy(f"{host.shared}/tools/kmod", f"{copy}/kmod")
    installed.run([f"{copy}/depmod", "-C", "/dev/null", "-b", copy, version])
    return inside, f"/.host/abi/trees/{version}/lib/modules/{version}"


def words_of(directory):
    """Names, files, aliases and symbols of a tree."""
    with open(directory + "/modules.dep", encoding="utf-8") as f:
        names = [os.path.basename(line.split(":")[0]).split(".")[0] for line in f]
    with open(directory + "/modules.builtin", encoding="utf-8") as f:
        names += [os.path.basename(line).split(".")[0] for line in f][::5]
    with open(directory + "/modules.symbols", encoding="utf-8") as f:
        names += [line.split(" ")[1] for line in f][1::97]
    with open(directory + "/modules.alias", encoding="utf-8") as f:
        aliases = [line.split(" ")[1] for line in f][1::23]
    return list(dict.fromkeys(names + aliases))


def several_softdeps(directory):
    with open(directory + "/modules.softdep", encoding="utf-8") as f:
        names = [line.split()[1] for line in f if line.startswith("softdep ")]
    return {n for n in names if names.count(n) > 1}


def compare_made(c):
    with Room(c.host, "abi") as room:
        abi.furnish(room)
        tree = f"/lib/modules/{c.host.ver}"
        files = [f"{tree}/kernel/made/{n}.ko" for n in ("base", "top", "broken", "none")] + [f"{tree}/kernel/fs/fat/vfat.ko", "/tmp", "/"]
        c.run("made", room, "all", tree, [*MADE, *ODD, *files])
        for answer in ("0", "EPERM", "EEXIST", "ENOENT"):
            room.kernel(f"insert={answer} remove={answer}")
            c.run(f"made, the kernel says {answer}", room, "change", tree, MADE)
        c.run("empty", room, "all", "/nonexistent", ["base", "built", "conf-alias"])
        room.write("/tmp/conf/one.conf", "options vfat a=1\nblacklist fat\nsoftdep vfat pre: loop post: llc\ninstall stp /bin/true\n")
        c.run("made, other configuration", room, "all -c /tmp/conf", tree, ["vfat", "fat", "stp", "loop", "bridge"])


def compare_uml(c):
    with Room(c.host, "uml") as room:
        tree = f"/lib/modules/{c.host.ver}"
        inside = room.root + tree
        c.run("uml", room, "all", tree, words_of(inside))


def compare_real(c, tree):
    inside, tree = indexed(c.host, tree)
    c.several = several_softdeps(inside)
    with Room(c.host) as room:
        c.run(os.path.basename(tree), room, "all -c /nonexistent", tree, words_of(inside))


def compare_modaliases(c, tree):
    inside, tree = indexed(c.host, tree)
    words = modalias.requests([inside + "/modules.alias", inside + "/modules.builtin.alias"] if os.path.exists(inside + "/modules.builtin.alias") else [inside + "/modules.alias"], 1000)
    with Room(c.host) as room:
        theirs = c.run("modaliases", room, "lookup -c /nonexistent", tree, words)
    found = sum(a != ["0"] for (q, _), a in theirs.items() if q == "lookup")
    c.tap.line(len(words) == len(set(words)) == 1000 and found > 900, f"modaliases: 1000 different ones, {found} of which stand for modules")


def fetch_trees():
    """Before we are in a namespace of our own: apt wants to be itself."""
    done = subprocess.run([TOP + "/lab/kernels.sh", *REAL, BIG], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    os.environ[TREES] = done.stdout if done.returncode == 0 else "! " + done.stderr.strip()


def trees():
    text = os.environ[TREES]
    if text.startswith("! "):
        raise Missing(text[2:])
    return text.splitlines()


def compare_all(c, only):
    jobs = [("made", lambda: compare_made(c)), ("uml", lambda: compare_uml(c))]
    for i, name in enumerate(REAL):
        jobs.append((name, lambda i=i: compare_real(c, trees()[i])))
    jobs.append(("modaliases", lambda: compare_modaliases(c, trees()[len(REAL)])))
    for name, job in jobs:
        if only and name not in only:
            continue
        try:
            job()
        except Missing as why:
            c.tap.skip(name, str(why))
    if not only:
        c.rows()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=TOP + "/build", help="the build directory that is installed and tested")
    p.add_argument("--self", action="store_true", help="the distribution's library as ours, too: everything must be equal")
    p.add_argument("names", nargs="*", metavar="COMPARISON", help="made uml 6.1-cloud 6.12-cloud modaliases")
    args = p.parse_args()
    args.build = os.path.abspath(args.build)
    if TREES not in os.environ:
        fetch_trees()
    why = namespace.enter()
    theirs = installed.theirs()
    if not theirs:
        why = "the distribution's library is not installed (package libkmod-dev)"
    if why:
        print(f"1..0 # SKIP {why}")
        return 0
    with namespace.scratch() as top:
        host = Host(top, args.build + "/src/kmod/kmod")
        directory = host.shared + "/abi"
        ours = theirs if args.self else installed.ours(args.build, top + "/stage")
        for whose, library in (("theirs", theirs), ("ours", ours)):
            os.makedirs(f"{directory}/{whose}")
            shutil.copy(library.path, f"{directory}/{whose}/{installed.SONAME}")
        installed.compile_program(theirs, directory + "/dump", HERE + "/dump.c")
        tap = Tap()
        compare_all(Comparison(tap, host), args.names)
        tap.end()
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
