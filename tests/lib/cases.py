#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run case files (tests/README.md) and print TAP.

    tests/lib/cases.py tests/cases/*.t              the host cases, each in a made root
    tests/lib/cases.py tests/cases/x.t:12           only the case at line 12
    tests/lib/cases.py --update tests/cases/x.t     write what came out into the file; then read the diff
    tests/lib/cases.py --lab tests/cases/*.t        the lab cases, all in one boot of the lab's guest
    tests/lib/cases.py --lab man/*.scd              the examples of the manual pages
    tests/lib/cases.py --lab --engine qemu --kernel 6.12 --smp 2 tests/cases/*.t
"""
import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import casefile
import casesample
import documents
import guest
import manpage
import namespace
from casefile import BadCase, Command, Result, Setup, agrees, split_output
from room import Host, Missing, Room, workbench
from tap import Tap

TOP = os.path.dirname(os.path.dirname(HERE))
# The modules that a case has loaded, the newest first.
LOADED = 'while read -r m _; do case " {start} " in *" $m "*) ;; *) echo "$m" ;; esac; done </proc/modules'
VALGRIND = "valgrind -q --leak-check=full --show-leak-kinds=definite,possible --error-exitcode=99"


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--tools", default=os.environ.get("TENON_TOOLS", TOP + "/build/src/kmod"), help="the kmod program to test, or its directory")
    p.add_argument("--helpers", help="where mkmod and indexdump are (the tests/lib of the tools' build)")
    p.add_argument("--index-tools", help="the kmod program that makes the indexes of the trees (the tested one)")
    p.add_argument("--oracle", action="store_true", help="the tools are the distribution's: drop source positions from messages")
    p.add_argument("--lab", action="store_true", help="run the lab cases, in the lab's guest")
    p.add_argument("--engine", default="uml", help="the lab's guest: uml or qemu")
    p.add_argument("--kernel", default="6.1", help="for qemu: the distribution's kernel")
    p.add_argument("--smp", default="1", help="for qemu: how many processors")
    p.add_argument("--update", action="store_true", help="rewrite the files with what came out")
    p.add_argument("--sample", type=int, default=0, metavar="N", help="a sample of the cases, N at least (tests/README.md)")
    p.add_argument("--part", default="1/1", metavar="K/N", help="of that sample the Kth part of N: other guests have the others")
    p.add_argument("-k", metavar="REGEX", default="", help="only cases whose title matches")
    p.add_argument("files", nargs="+", metavar="FILE[:LINE]")
    args = p.parse_args()
    if os.path.isdir(args.tools):
        args.tools += "/kmod"
    args.engine_name = f"qemu-{args.kernel}" if args.engine == "qemu" else args.engine
    return args


def read_files(names, where, pattern, engine):
    """The case files for this place, each with only the cases that are wanted."""
    for name in names:
        path, _, line = name.partition(":")
        with open(path, encoding="utf-8") as f:
            cf = (manpage if path.endswith(".scd") else casefile).parse(path, f.read())
        if where not in cf.where.split():
            continue
        if line:
            cf.cases = [c for c in cf.cases if c.line <= int(line)][-1:]
        cf.cases = [c for c in cf.cases if re.search(pattern, c.title) and casefile.runs_on(engine, cf, c)]
        yield cf


def check_need(text, tools):
    kind, _, what = text.partition(" ")
    if kind == "command":
        if not shutil.which(what, path="/usr/sbin:/usr/bin:/sbin:/bin"):
            raise Missing(f"no program {what}")
    elif kind == "feature":
        done = subprocess.run([tools, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if "+" + what not in done.stdout.split():
            raise Missing(f"built without {what}")
    elif kind == "opens":
        with open(tools, "rb") as program:
            if f'"soname":["{what}"]'.encode() not in program.read():
                raise Missing(f"the program does not open {what}")
    elif kind == "workbench":
        if not os.path.exists(workbench(tools)) and not shutil.which("tenon.real"):
            raise Missing("built without the workbench (json-c, libsmartcols)")
    else:
        raise BadCase(f"needs: no such kind: {kind}")


# Debian's kmod puts this before the messages of its library, and into those that no tool has given a form.
SOURCE_POSITION = re.compile(rb"(?m)(: ERROR:) \.\./\S+\.c:\d+ \w+\(\) |^(libkmod: ERROR) \.\./\S+\.c:\d+ ")


TREE_MODULE = r"(?<!\w)(@MODS@/kernel/[\w/-]+\.ko)\b"


class Runner:
    """Runs the steps of one case in a place (a Room, or the Guest)."""

    def __init__(self, place, ver, oracle=False):
        self.place, self.oracle = place, oracle
        values = {"@MODS@": f"/lib/modules/{ver}", "@VER@": ver, "@VALGRIND@": VALGRIND, "@LOADED@": LOADED.format(start=" ".join(place.at_start))}
        self.values = values
        self.names = [(re.escape(values[n]), n) for n in ("@MODS@", "@VER@")]
        # The cases call all modules of the tree NAME.ko, also where they are NAME.ko.xz.
        self.packed = place.packed
        if self.packed:
            self.names.append((TREE_MODULE + re.escape(self.packed), r"\1"))

    def fill(self, text):
        text = re.sub(TREE_MODULE, r"\1" + self.packed, text)
        for name, value in self.values.items():
            text = text.replace(name, value)
        return text

    def setup(self, step):
        text, arg = self.fill(step.text), self.fill(step.arg)
        if step.word == "conf":
            self.place.write("/etc/modprobe.d/" + arg, text + "\n")
        elif step.word == "file":
            self.place.write(arg, text + "\n" if text else "")
        elif step.word not in casefile.CONDITIONS:
            getattr(self.place, step.word)(text)

    def command(self, step):
        out, err, status = self.place.run(self.fill(step.text))
        if self.oracle:
            err = SOURCE_POSITION.sub(lambda m: m[1] + b" " if m[1] else m[2] + b": ", err)
        return Result(split_output(out, self.names), split_output(err, self.names), status)

    def steps(self, cf, case):
        """Yield (command, result) one after another."""
        for step in cf.before + case.steps:
            if isinstance(step, Setup):
                self.setup(step)
            else:
                yield step, self.command(step)


def explain(cf, results):
    """Each command that did not do what was expected, with the difference."""
    for command, result in results:
        if agrees(command, result):
            continue
        yield f"{cf.path}:{command.line}: $ {command.text}"
        want, got = casefile.show_expected(command), casefile.show_actual(command, result)
        yield from list(difflib.unified_diff(want, got, "expected", "came out", n=9, lineterm=""))


def run_case(tap, cf, case, place, args):
    name = f"{os.path.splitext(os.path.basename(cf.path))[0]}: {case.title}"
    results = []
    try:
        for need in cf.needs + case.needs():
            check_need(need, args.tools)
        with place() as room:
            for command, result in Runner(room, os.uname().release, args.oracle).steps(cf, case):
                results.append((command, result))
            wrong = list(documents.check_kept(room.root))
    except Missing as why:
        tap.skip(name, str(why))
        return []
    except (RuntimeError, OSError) as why:
        tap.line(False, name, details=[f"{cf.path}:{case.line}:", *str(why).split("\n")])
        return results
    ok = bool(results) and all(agrees(*r) for r in results) and not wrong
    tap.line(ok, name, details=[*explain(cf, results), *wrong] if results else ["the case has no command"])
    return results


def run_files(files, place_of, args):
    tap = Tap(sum(len(cf.cases) for cf in files))
    for cf in files:
        results = []
        for case in cf.cases:
            results += run_case(tap, cf, case, place_of(cf), args)
        if args.update:
            text = casefile.rewrite(cf, results)
            with open(cf.path, "w", encoding="utf-8") as f:
                f.write(text)
    return 1 if tap.failed else 0


def boot(args):
    """Run this program with the same arguments in the guest. Returns its status."""
    names = [os.path.relpath(os.path.abspath(name), TOP) for name in args.files]
    words = ["tests/lib/cases.py", "--lab", "--engine", args.engine, "--kernel", args.kernel, "-k", args.k]
    words += ["--oracle"] if args.oracle else []
    words += ["--sample", str(args.sample), "--part", args.part] if args.sample else []
    if not args.update:
        return guest.boot(args, words + names)
    names = ["/mnt/host/" + os.path.basename(name) for name in names]
    return guest.boot(args, [*words, "--update", *names], writable=TOP + "/tests/cases")


def main():
    args = options()
    if args.lab and not guest.is_here():
        return boot(args)
    try:
        files = list(read_files(args.files, "lab" if args.lab else "host", args.k, args.engine_name if args.lab else ""))
    except (BadCase, OSError) as why:
        sys.exit(f"Bail out! {why}")
    if args.sample:
        casesample.choose(files, args.sample, each_thing=not args.lab, part=casesample.Part(args.part))
    if args.lab:
        args.tools = "/usr/bin/kmod"
        place = guest.Guest()
        return run_files(files, lambda cf: lambda: place, args)
    if not os.access(args.tools, os.X_OK):
        sys.exit(f"Bail out! no tools to test at {args.tools}: build them, or set TENON_TOOLS")
    why = namespace.enter()
    if why:
        print(f"1..0 # SKIP {why}")
        return 0
    with namespace.scratch() as top:
        host = Host(top, args.tools, args.index_tools, args.helpers)
        return run_files(files, lambda cf: lambda: Room(host, cf.tree), args)


if __name__ == "__main__":
    sys.exit(main())
