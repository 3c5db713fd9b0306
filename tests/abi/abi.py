#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run the programs that test the library, each in a made root and under valgrind, and print TAP.

    tests/abi/abi.py                    all of them, with the library that the build installs
    tests/abi/abi.py list config        some
    tests/abi/abi.py --oracle list      with the distribution's library, to see whether a test asks for the right thing
    tests/abi/abi.py --plain list       without valgrind
"""
import argparse
import glob
import os
import re
import shutil
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, TOP + "/tests/lib"]

import installed
import namespace
from room import Host, Missing, Room
from tap import Tap

OTHER = ("abi", "dump", "threads")  # not programs of tests
VALGRIND = "valgrind -q --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all --error-exitcode=99 "
# What /etc/modprobe.d holds in the room, and the modules that its /proc and /sys show.
CONF = """\
alias conf-alias base
alias conf-[bB]* mid
alias conf-dash with-dash
alias conf-gone no_such_module
blacklist banned
blacklist lone
blacklist twin-a
options base depth=3
options base depth=4 extra
options conf-alias by=alias
options top a="b c"
install commanded /bin/true $CMDLINE_OPTS
install failing exit 3
remove commanded /bin/false
remove only-removed /bin/true
softdep joined pre: before1 before2
softdep joined pre: before2 deeper post: after1
install told /bin/sh -c 'echo "$MODPROBE_MODULE $1" >/tmp/told' - $CMDLINE_OPTS
"""
VARIABLES = (("kmod", "prefix", "/usr"), ("kmod", "includedir", "/usr/include"), ("kmod", "sysconfdir", "/etc"),
             ("kmod", "distconfdir", "/usr/lib"), ("kmod", "module_directory", "/lib/modules"))
LOADED = ("llc 16384 2 stp bridge", "stp 20480 1 bridge", "bridge 65536 0", "coming_up 4096 -1", "going_away 4096 -1", "strange 4096 0")


def programs():
    names = (os.path.basename(p)[:-2] for p in sorted(glob.glob(HERE + "/*.c")))
    return [n for n in names if n not in OTHER]


def furnish(room):
    room.write("/etc/modprobe.d/abi.conf", CONF)
    for text in LOADED:
        room.loaded(text)
    sys_module = room.root + "/sys/module"
    for name, state in (("coming_up", "coming"), ("going_away", "going"), ("strange", "nonsense")):
        with open(f"{sys_module}/{name}/initstate", "w", encoding="ascii") as f:
            f.write(state + "\n")
    os.unlink(sys_module + "/bridge/coresize")  # as old kernels have it
    os.makedirs(sys_module + "/nascent")  # a directory, and no initstate yet
    os.makedirs(sys_module + "/llc/sections")
    for name, address in ((".text", "0xffffffffc0123000"), (".data", "0x0000000000001000")):
        with open(f"{sys_module}/llc/sections/{name}", "w", encoding="ascii") as f:
            f.write(address + "\n")


def show_results(tap, name, out, err, status):
    """One program's TAP as part of ours."""
    plan, seen, bad = None, 0, tap.failed
    for text in out.decode(errors="replace").splitlines():
        if match := re.match(r"1\.\.(\d+)", text):
            plan = int(match[1])
        elif match := re.match(r"(not )?ok \d+ -? ?(.*)", text):
            seen += 1
            tap.line(not match[1], f"{name}: {match[2]}")
        else:
            print("  # " + text)
    # a failed test leaves things behind
    whole = seen and plan == seen and (status == 0 or tap.failed > bad)
    tap.line(whole, f"{name}: nothing is leaked or misused, and the program comes to its end",
             details=[] if whole else [f"status {status}, {seen} of {plan} tests", *err.decode(errors="replace").splitlines()])


def called(directory, names):
    """The library's functions that the programs use."""
    return {line.split()[-1].split("@")[0] for name in names
            for line in installed.run(["nm", "-D", "--undefined-only", f"{directory}/{name}"]).splitlines() if " kmod_" in line}


def build_all(library, directory, names):
    os.makedirs(directory + "/lib")
    shutil.copy(library.path, f"{directory}/lib/{installed.SONAME}")
    objects = installed.compile_objects(library, directory, HERE + "/abi.c", TOP + "/tests/lib/check.c", TOP + "/tests/lib/tmpdir.c")
    for name in names:
        installed.compile_program(library, f"{directory}/{name}", f"{HERE}/{name}.c", *objects, flags=["-lcmocka"])


def check_pkgconfig(tap, library, theirs):
    """Scripts that build and pack modules ask for these. theirs: the distribution's library, or None."""
    for package, name, wanted in VARIABLES:
        found = library.variable(package, name)
        tap.line(found == wanted, f"pkg-config knows the {name} of {package}", details=[found])
    for name in ("prefix", "exec_prefix", "includedir", "libdir") if theirs else ():
        found, wanted = (lib.variable("libkmod", name) for lib in (library, theirs))
        tap.line(found == wanted, f"pkg-config has the distribution's {name} for libkmod", details=[found, wanted])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=TOP + "/build", help="the build directory that is installed and tested")
    p.add_argument("--oracle", action="store_true")
    p.add_argument("--plain", action="store_true")
    p.add_argument("names", nargs="*", metavar="PROGRAM")
    args = p.parse_args()
    args.build = os.path.abspath(args.build)
    why = namespace.enter()
    if why:
        print(f"1..0 # SKIP {why}")
        return 0
    with namespace.scratch() as top:
        library = installed.theirs() if args.oracle else installed.ours(args.build, top + "/stage")
        host = Host(top, args.build + "/src/kmod/kmod")
        directory = host.shared + "/abi"
        build_all(library, directory, args.names or programs())
        tap = Tap()
        for name in args.names or programs():
            try:
                with Room(host, "abi") as room:
                    furnish(room)
                    result = room.run(f"LD_LIBRARY_PATH=/.host/abi/lib exec {'' if args.plain else VALGRIND}/.host/abi/{name}")
            except Missing as why:
                tap.skip(name, str(why))
                continue
            show_results(tap, name, *result)
        if not args.names and not args.oracle:
            check_pkgconfig(tap, library, installed.theirs())
            missed = library.symbols() - called(directory, programs())
            tap.line(not missed, "every function of the library is called", details=sorted(missed))
        tap.end()
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
