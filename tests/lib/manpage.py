#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""manpage.py KMOD: the manual pages are well-formed, and each has a line for every option there is. TAP.

As a module it reads the examples of a page (man/*.scd) as cases: see "Examples of the manual" in tests/README.md.
"""
import glob
import os
import re
import subprocess
import sys

import helptext
from casefile import BadCase, Case, CaseFile, Command, Line, Setup
from tap import Tap

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VERSION = "6.1.0-50-amd64"  # what the pages call the running kernel
REST = "..."  # a line of output that stands for any lines; within a line, for any text
MESSAGE = re.compile(r"(?:modprobe|insmod|rmmod|lsmod|depmod|modinfo|kmod): (?:FATAL|ERROR|(WARNING)): ")
FINDING = re.compile(r"error: ")  # of tenon, which counts


class Shown(Line):
    """A line as a reader sees it: blanks at its end do not show; "..." alone stands for any lines, at least one."""

    def regex(self):
        if self.pattern and self.text == "*":
            return r"(?:.*\n)*.*"
        return super().regex() + r"[ \t]*"


def fill(text):
    """With the places of the guest in it, as case files name them."""
    return text.replace("/lib/modules/" + VERSION, "@MODS@").replace(VERSION, "@VER@")


def sections(text):
    """The lines of each section by its name, as (number, line)."""
    found, here, literal = {}, [], False
    for num, line in enumerate(text.split("\n"), 1):
        literal ^= line == "```"
        if line.startswith("# ") and not literal:
            here = found.setdefault(line[2:], [])
        elif line or literal:
            here.append((num, line))
    return found


def blocks(lines, where):
    """Yields the title of each literal block, what is done before it and behind it, and its lines."""
    title, before, block, inside = "example", [], None, False
    for num, line in lines:
        hidden = re.match(r"; (before|after): (.*)", line)
        if line == "```":
            inside = not inside
            if inside:
                if block:
                    yield block
                block = (title, before, [], [])
                before = []
        elif inside:
            block[3].append((num, line.replace("\\\\", "\\")))
        elif hidden:
            (before if hidden[1] == "before" else block[2]).append((num, hidden[2]))
        else:
            title = line.rstrip(":")
    if inside or not block:
        raise BadCase(f"{where}: no examples, or one that does not end")
    yield block


def take_output(case, command, shown, line):
    """One line of what a command printed; or of a file that was shown, which is then written beforehand."""
    if shown:
        case.steps.append(Setup("file", shown, line, command.line))
        return
    text = fill(line)
    expected = Shown(text.replace(REST, "*"), pattern=True) if REST in text else Shown(text)
    message = MESSAGE.match(line)
    explains = command.err and line.startswith("  ")
    (command.err if message or explains else command.out).append(expected)
    if message and not message[1] or FINDING.match(line):
        command.status = 1


def read_case(title, before, after, lines):
    case, command, shown, place = Case(title, lines[0][0]), None, None, ""
    for num, text in before:
        case.steps.append(Command(f"cd @MODS@ && {fill(text)}", num))
    for num, line in lines:
        prompt = re.match(r"[$#] (?:(cd .*)|(?:cat (/etc/\S+))|(.*))$", line)
        if not prompt:
            if not command:
                raise BadCase(f"{title}: line {num}: a result without a command")
            take_output(case, command, shown, line)
            continue
        shown = prompt[2]
        if prompt[1]:
            place += fill(prompt[1]) + " && "
        command = Command(place + fill(prompt[3] or ""), num)
        if prompt[3]:
            case.steps.append(command)
    for num, text in after:
        case.steps.append(Command(f"cd @MODS@ && {fill(text)} && depmod", num))
    return case


def parse(path, text):
    """The examples of a page as a file of cases."""
    cf = CaseFile(path, text.split("\n"), where="lab", engine="uml")
    if os.path.basename(path).startswith("tenon"):
        cf.needs = ["workbench"]
    cf.cases = [read_case(*block) for block in blocks(sections(text).get("EXAMPLES", []), path)]
    return cf


def options_told(text):
    """The options that a page speaks of in bold, each as it is written."""
    return set(re.findall(r"(?<![\w-])\*(--?\w[\w-]*)(?=[\*=])", text))


def rows_of(header, macro):
    """The rows that a macro puts into tables, as the tables would have them."""
    with open(f"{TOP}/src/{header}", encoding="utf-8") as f:
        return dict(re.findall(rf"#define ({macro}\w*).*?((?:'\w'|[A-Z_]+), \s*\"[\w-]+\", )", f.read(), re.DOTALL))


def options_in(table):
    found = set()
    for short, name in re.findall(r"\{\s*(?:'(\w)'|[A-Z_0-9 +]+),\s*(?:\"([\w-]+)\"|NULL),", table):
        found |= {"-" + short} if short else set()
        found |= {"--" + name} if name else set()
    return found


def options_there(sources, layer="kmod"):
    """All options of the tables in these sources, the older ones too."""
    shared = rows_of("cli/options.h", "TN_OPTION_ROW_")
    found = set()
    for source in sources:
        with open(f"{TOP}/src/{layer}/{source}.c", encoding="utf-8") as f:
            for table in re.findall(r"struct tn_option \w+\[\] = \{\n(.*?)\n\s*\};", f.read(), re.DOTALL):
                found |= options_in(re.sub(r"TN_OPTION_ROW_\w+", lambda row: shared[row[0]], table))
    return found


def options_of_all_verbs():
    """Those that every verb of tenon has."""
    shared = rows_of("cli/options.h", "TN_OPTION_ROW_")
    with open(f"{TOP}/src/tenon/verb.h", encoding="utf-8") as f:
        table = re.search(r"#define TN_VERB_OPTIONS(.*?)\n\n", f.read(), re.DOTALL)[1].replace("\\\n", "\n")
    return options_in(re.sub(r"TN_OPTION_ROW_\w+", lambda row: shared[row[0]], table))


PAGES = {"modprobe": ["modprobe"], "insmod": ["insmod"], "rmmod": ["rmmod"], "lsmod": ["lsmod"], "depmod": ["depmod"],
         "modinfo": ["modinfo"], "kmod": ["main", "static_nodes"]}


def check_options(tap, kmod, tool, text):
    there, told = options_there(PAGES[tool]), options_told(text)
    shown = {("-" + o.short, "--" + o.long) for t in helptext.tools(kmod) if t.split()[0] == tool and t != "kmod list"
             for o in helptext.options(kmod, t)}
    shown = {name for pair in shown for name in pair if name.strip("-")}
    tap.line(there and not there - told, f"{tool}: the page has every option of the table", details=sorted(there - told))
    tap.line(shown and not shown - there, f"{tool}: the table has every option of the help", details=sorted(shown - there))
    # An option of another tool may be spoken of; it is none that is made up.
    others = set().union(*(options_there(sources) for sources in PAGES.values()))
    tap.line(not told - others, f"{tool}: the page has no option that there is not", details=sorted(told - others))


def check_verb(tap, verb, text):
    """The page of a verb has the verb's own options, and the page tenon(1) those that all have."""
    common, told = options_of_all_verbs(), options_told(text)
    own = options_there([verb or "overview"], "tenon") | (set() if verb else common)
    tap.line(not own - told, f"tenon {verb}: the page has every option of the table", details=sorted(own - told))
    tap.line(not told - own - common, f"tenon {verb}: the page has no option that there is not", details=sorted(told - own - common))


def verbs_there():
    with open(f"{TOP}/src/tenon/verb.c", encoding="utf-8") as f:
        return set(re.findall(r"&tn_verb_(\w+),", f.read())) - {"overview"}


def check_form(tap, name, text):
    done = subprocess.run(["scdoc"], input=text, capture_output=True, text=True, check=False)
    tap.line(done.returncode == 0, f"{name}: scdoc takes it", details=done.stderr.splitlines())
    lint = subprocess.run(["mandoc", "-T", "lint", "-W", "error"], input=done.stdout, capture_output=True, text=True, check=False)
    tap.line(lint.returncode == 0 and done.stdout, f"{name}: mandoc finds no error", details=lint.stdout.splitlines())


def check_references(tap, name, text, names):
    """Pages of ours that it refers to are there; by their section we know them from others'."""
    told = set(re.findall(r"\*([\w.-]+)\*\((\d)\)", text))
    ours = {page.rpartition(".")[0] for page in names}
    wrong = [f"{page}({sec})" for page, sec in told if page in ours and f"{page}.{sec}" not in names]
    tap.line(told and not wrong, f"{name}: the pages it refers to are there", details=wrong)


def check_tables(tap, built):
    """A page with tables says so in its first line, as those who show it expect, and no other does."""
    wrong, tables = [], 0
    for path in sorted(glob.glob(f"{built}/*.[1578]")):
        with open(path, encoding="utf-8") as f:
            text = f.read()
        tables += "\n.TS" in text
        if text.startswith("'\\\" t\n") != ("\n.TS" in text):
            wrong.append(os.path.basename(path))
    tap.line(tables and not wrong, "pages with tables ask for tbl in their first line", details=wrong)


def main():
    tap, kmod = Tap(), sys.argv[1]
    pages = {}
    for path in sorted(glob.glob(f"{TOP}/man/*.scd")):
        with open(path, encoding="utf-8") as f:
            pages[os.path.basename(path).removesuffix(".scd")] = f.read()
    for name, text in pages.items():
        check_form(tap, name, text)
        check_references(tap, name, text, pages)
        if name.endswith(".8"):
            check_options(tap, kmod, name.removesuffix(".8"), text)
        if name.endswith(".1"):
            check_verb(tap, name.removesuffix(".1").partition("-")[2], text)
    check_tables(tap, f"{os.path.dirname(kmod)}/../../man")
    paged = {name.removesuffix(".1").partition("-")[2] for name in pages if name.startswith("tenon-") and name.endswith(".1")}
    tap.line(verbs_there() == paged, "every verb of tenon has its page", details=sorted(verbs_there() ^ paged))
    tap.line(set(PAGES) <= {name.removesuffix(".8") for name in pages}, "every tool has its page")
    tap.end()


if __name__ == "__main__":
    main()
