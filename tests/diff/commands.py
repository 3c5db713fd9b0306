#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run each command of the files *.t with the distribution's kmod and with ours, in rooms made alike, and compare.

With --lab in the lab's guest: the modules do load. The file allowed, or allowed-lab, lists the differences that are meant. A row that no difference needs any more is a failure too.
"""
import argparse
import glob
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, TOP + "/tests/lib")

import casefile
import guest
import namespace
import sample
from cases import Runner
from room import TOOLS, Host, Missing, Room
from tap import Tap

PARTS = ("out", "err", "status")  # of a result
# What explains a message, and what is reported of a line without effect.
OURS_ALONE = ("  ", "libkmod: WARNING: kmod_config_parse: ")


class Allowed:
    """One row: KIND PARTS CASE COMMAND REASON, separated by tabs. PARTS, joined by commas, may differ, and no other."""

    def __init__(self, line):
        self.kind, parts, self.case, self.command, self.reason = line.split("\t")
        self.parts = parts.split(",")
        self.used = False
        if self.kind not in ("older", "decision"):
            raise ValueError(f"allowed: no such kind: {self.kind}")
        if not set(self.parts) <= set(PARTS):
            raise ValueError(f"allowed: no such part: {parts}")

    def matches(self, case, command, parts):
        return (self.case, self.command, self.parts) == (case, command, parts)


class Guest(guest.Guest):
    """The guest, with one of the two kmods found first."""

    def __init__(self, kmod):
        super().__init__()
        self.path = f"/run/{os.path.basename(os.path.dirname(kmod))}"
        os.makedirs(self.path)
        for name in TOOLS:
            os.symlink(kmod, f"{self.path}/{name}")

    def run(self, command):
        return super().run(f"PATH={self.path}:$PATH; {command}")


def read_allowed(name):
    with open(f"{HERE}/{name}", encoding="utf-8") as f:
        return [Allowed(line.rstrip("\n")) for line in f if line.strip() and line[0] != "#"]


def show(result):
    yield from (casefile.show_text(">", text) for text in result.out)
    yield from (casefile.show_text("!", text) for text in result.err)
    yield f"? {result.status}"


def judge(tap, cf, case, command, theirs, ours, allowed):
    name = command.text.replace("\n", "; ")
    parts = [part for part in PARTS if getattr(theirs, part) != getattr(ours, part)]
    if not parts:
        tap.line(True, name)
    elif theirs.status >= 124:
        tap.skip(name, f"the distribution's tool does not survive it (status {theirs.status})")
    elif row := next((a for a in allowed if a.matches(case.title, name, parts)), None):
        row.used = True
        tap.line(True, name, f"differs, {row.kind}: {row.reason}")
    else:
        where = f"{cf.path}:{command.line}: {case.title}: {','.join(parts)}"
        tap.line(False, name, details=[where, "the distribution's:", *show(theirs), "ours:", *show(ours)])


def run_both(place_of, cf, case):
    """Yield (command, the distribution's result, ours)."""
    results = {}
    for suffix, oracle in (("-oracle", True), ("", False)):
        with place_of(cf, suffix) as place:
            results[suffix] = list(Runner(place, os.uname().release, oracle).steps(cf, case))
    for (command, theirs), (_, ours) in zip(results["-oracle"], results[""]):
        ours.err = [text for text in ours.err if not text.startswith(OURS_ALONE)]
        yield command, theirs, ours


def read_files(names, where):
    for name in names:
        with open(name, encoding="utf-8") as f:
            cf = casefile.parse(os.path.relpath(name, TOP), f.read())
        if where in cf.where.split():
            yield cf


def compare(files, allowed, place_of):
    commands = sum(isinstance(s, casefile.Command) for cf in files for case in cf.cases for s in case.steps)
    tap = Tap(commands + len(allowed))
    try:
        for cf, case in ((cf, case) for cf in files for case in cf.cases):
            for command, theirs, ours in run_both(place_of, cf, case):
                judge(tap, cf, case, command, theirs, ours, allowed)
    except Missing as why:
        for _ in range(commands):
            tap.skip("a command", str(why))
        return 0
    for row in allowed:
        tap.line(row.used, f"allowed: {row.case}: {row.command}", details=["no command differs that this row allows: remove the row"] * (not row.used))
    return 1 if tap.failed else 0


def compare_in_lab(args):
    args.index_tools, args.engine, args.kernel = args.tools, "uml", None
    if not guest.is_here():
        names = [os.path.relpath(os.path.abspath(name), TOP) for name in args.files]
        return guest.boot(args, ["tests/diff/commands.py", "--lab", *names], [(os.path.realpath(args.oracle), "/tenon/oracle/kmod")])
    places = {"-oracle": Guest("/tenon/oracle/kmod"), "": Guest("/usr/bin/kmod")}
    files = list(read_files(args.files, "lab"))
    for cf in files:
        cf.cases = sample.sample(cf.cases, 10, key=lambda case: case.title)
    titles = {case.title for cf in files for case in cf.cases}
    return compare(files, [row for row in read_allowed("allowed-lab") if row.case in titles or sample.percent() == 100], lambda _, suffix: places[suffix])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--tools", default=os.environ.get("TENON_TOOLS", TOP + "/build/src/kmod"))
    p.add_argument("--oracle", default=os.environ.get("TENON_ORACLE", "/usr/bin/kmod"))
    p.add_argument("--lab", action="store_true", help="run the lab's files, in the lab's guest")
    p.add_argument("files", nargs="*", default=sorted(glob.glob(HERE + "/*.t")))
    args = p.parse_args()
    if os.path.isdir(args.tools):
        args.tools += "/kmod"
    if args.lab and guest.is_here():
        return compare_in_lab(args)
    for program in (args.tools, args.oracle):
        if not os.access(program, os.X_OK):
            sys.exit(f"Bail out! no {program}")
    if args.lab:
        return compare_in_lab(args)
    why = namespace.enter()
    if why:
        print(f"1..0 # SKIP {why}")
        return 0
    with namespace.scratch() as top:
        host = Host(top, args.tools, index_tools=args.oracle)
        host.farm("-oracle", args.oracle)
        return compare(list(read_files(args.files, "host")), read_allowed("allowed"), lambda cf, suffix: Room(host, cf.tree, suffix))


if __name__ == "__main__":
    sys.exit(main())
