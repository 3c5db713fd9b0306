#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""helptext.py KMOD: every tool's --help fits a terminal, and what it names is taken: whole, cut short, bundled. TAP.

As a module it reads the options from the help, for tests that compare them with what is written elsewhere.
"""
import re
import subprocess
import sys
from dataclasses import dataclass

from tap import Tap

WIDTH = 80
# Arguments that not any text will do for, by what the help calls them.
VALUES = {"FORMAT": "human", "MSEC": "1", "PREFIX": "_", "WHEN": "auto"}


@dataclass
class Option:
    short: str  # one character, or ""
    long: str  # without the dashes, or ""
    arg: str  # what the help calls its argument, or ""
    choice: bool = False  # it may do without that


def run(kmod, tool, *args):
    """As it runs when called by its link's name."""
    argv = [*tool.split(), *args]
    return subprocess.run(argv, executable=kmod, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def options(kmod, tool):
    return [Option(found[1] or "", found[2] or "", found[4] or "", bool(found[3]))
            for found in re.finditer(r"^ {2}(?:-(\w),?)? *(?:--([\w-]+))?(?:(\[)?[= ]([A-Z]+)\]?)?(?=\s)",
                                     run(kmod, tool, "--help").stdout, re.MULTILINE)
            if found[1] or found[2]]


def tools(kmod):
    """kmod, its commands, and its other names, as its own help lists them."""
    _, _, rest = run(kmod, "kmod", "--help").stdout.partition("\nCommands:\n")
    commands, links = (re.findall(r"^ {2}(\S+) ", part, re.MULTILINE) for part in rest.split("\n\n"))
    return ["kmod", *(f"kmod {name}" for name in commands if name != "help"), *links]


WHOLE = ("cache", "ignore-deny")  # not to be abbreviated: what they would be cut to is kmod's


def spellings(option, names):
    """Ways to write one option that all mean the same."""
    value = VALUES.get(option.arg, "1")
    if option.short:
        yield [f"-{option.short}{value}"] if option.arg else [f"-{option.short}"]
    if not option.long:
        return
    written = [option.long]
    cut = option.long[:-1]
    if option.long not in WHOLE and not [name for name in names if name != option.long and name.startswith(cut)]:
        written.append(cut)
    for name in written:
        if option.arg:
            yield [f"--{name}={value}"]
            yield [f"--{name}"] if option.choice else [f"--{name}", value]
        else:
            yield [f"--{name}"]


def check_tool(tap, kmod, tool):
    done = run(kmod, tool, "--help")
    lines = done.stdout.splitlines()
    wide = [line for line in lines if len(line.expandtabs()) > WIDTH]
    tap.line(done.returncode == 0 and lines and not done.stderr, f"{tool}: --help prints to standard output",
             details=done.stderr.splitlines())
    tap.line(not wide, f"{tool}: the help is {WIDTH} columns wide", details=wide)

    found = options(kmod, tool)
    names = [o.long for o in found if o.long]
    for option in found:
        refused = []
        for words in spellings(option, names):
            done = run(kmod, tool, *words, "--help")
            if done.returncode or done.stderr:
                refused.append(f"{' '.join(words)}: status {done.returncode}, {done.stderr}")
        tap.line(not refused, f"{tool}: takes {'--' + option.long if option.long else '-' + option.short}", details=refused)

    bundle = "-" + "".join(o.short for o in found if o.short and not o.arg and o.short not in "Vh") + "h"
    done = run(kmod, tool, bundle)
    tap.line(done.returncode == 0 and not done.stderr and done.stdout.splitlines() == lines, f"{tool}: takes {bundle}",
             details=done.stderr.splitlines())


def main():
    tap, kmod = Tap(), sys.argv[1]
    for tool in tools(kmod):
        check_tool(tap, kmod, tool)
    tap.end()


if __name__ == "__main__":
    main()
