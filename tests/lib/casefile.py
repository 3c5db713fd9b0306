# SPDX-License-Identifier: LGPL-2.1-or-later
"""The text of a case file (.t): parse it, compare a result with it, write a result back into it.

tests/README.md describes the format. Nothing here runs anything.
"""
import re
from dataclasses import dataclass, field

HEADER_WORDS = {"where", "tree", "needs", "engine", "always"}
SETUP_WORDS = {"conf", "file", "loaded", "cmdline", "kernel", "needs", "engine", "always"}
CONDITIONS = {"needs", "engine", "always"}  # setup words that prepare nothing


class BadCase(Exception):
    """A case file that does not follow the format; the text says where and why."""


@dataclass
class Line:
    """One expected line. A pattern's only special character is '*'."""

    text: str
    pattern: bool = False

    def regex(self):
        return ".*".join(map(re.escape, self.text.split("*"))) if self.pattern else re.escape(self.text)

    def matches(self, actual):
        return re.fullmatch(self.regex(), actual) is not None

    def show(self, mark):
        return f"{mark}~ {self.text}" if self.pattern else show_text(mark, self.text)


@dataclass
class Command:
    """One '$' step and what is expected of it. [first, last) are its result lines in the file."""

    text: str
    line: int
    out: list = field(default_factory=list)
    err: list = field(default_factory=list)
    status: int = 0
    first: int = 0
    last: int = 0


@dataclass
class Setup:
    """One 'word: text' step, such as a line of configuration."""

    word: str
    arg: str
    text: str
    line: int


@dataclass
class Case:
    title: str
    line: int
    steps: list = field(default_factory=list)

    def words(self, word):
        return [s.text for s in self.steps if isinstance(s, Setup) and s.word == word]

    def needs(self):
        return self.words("needs")


@dataclass
class CaseFile:
    path: str
    lines: list
    where: str = "host"
    engine: str = ""
    always: str = ""  # why every sample has its cases
    tree: str = "none"
    needs: list = field(default_factory=list)
    before: list = field(default_factory=list)  # setup steps that every case of the file starts with
    cases: list = field(default_factory=list)


@dataclass
class Result:
    """What a command did, as text lines in the notation of the file."""

    out: list
    err: list
    status: int


def runs_on(engine, cf, case):
    """Whether the case is for this engine: where "engine:" says nothing, all are; "qemu" stands for each "qemu-..."."""
    wanted = [text.split() for text in [cf.engine, *case.words("engine")] if text]
    return all(any(engine == w or engine.startswith(w + "-") for w in words) for words in wanted)


def split_output(data, names):
    """The lines of some output. names is a list of (regex, @NAME@): what matches is replaced by the name."""
    text = data.decode("utf-8", "backslashreplace")
    for regex, name in names:
        text = re.sub(regex, name, text)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    else:
        lines[-1] += "(no newline)"
    return lines


def show_text(mark, text):
    """A trailing blank gets a '$' after it, so that it can be seen."""
    if re.search(r"[ \t]\$*$", text):
        text += "$"
    return f"{mark} {text}" if text else mark


def read_text(text, where):
    if text != text.rstrip():
        raise BadCase(f"{where}: trailing blank; write ' $' for a line that ends in a blank")
    return text[:-1] if re.search(r"[ \t]\$+$", text) else text


def parse(path, text):
    cf = CaseFile(path, text.split("\n"))
    case = command = None

    for num, line in enumerate(cf.lines, 1):
        where = f"{path}:{num}"
        if line.startswith("## "):
            case, command = Case(line[3:].strip(), num), None
            cf.cases.append(case)
        elif not line.strip() or line[0] == "#":
            continue
        elif line.startswith("$ "):
            if not case:
                raise BadCase(f"{where}: a command before the first '## title'")
            command = Command(line[2:], num, first=num, last=num)
            case.steps.append(command)
        elif line.startswith("+ "):
            if not command or command.last != num - 1 or command.out or command.err:
                raise BadCase(f"{where}: '+' continues a '$' line")
            command.text += "\n" + line[2:]
            command.first = command.last = num
        elif line[0] in ">!?":
            if not command:
                raise BadCase(f"{where}: a result without a command")
            parse_result(command, line, where)
            command.last = num
        else:
            parse_word(cf, case, line, num)
            command = None
    return cf


def parse_result(command, line, where):
    mark, text = line[0], line[1:]
    if mark == "?":
        if not text.strip().isdigit():
            raise BadCase(f"{where}: '?' wants a status")
        command.status = int(text)
        return
    pattern = text.startswith("~ ")
    if pattern:
        text = text[1:]
    if text and text[0] != " ":
        raise BadCase(f"{where}: a blank belongs after '{mark}'")
    expected = Line(read_text(text[1:], where), pattern)
    (command.out if mark == ">" else command.err).append(expected)


def parse_word(cf, case, line, num):
    where = f"{cf.path}:{num}"
    found = re.match(r"([a-z]+)(?: ([^:]+))?:(?: (.*))?$", line)
    if not found:
        raise BadCase(f"{where}: not understood: {line}")
    word, arg, text = found[1], found[2] or "", read_text(found[3] or "", where)
    if not case and word in HEADER_WORDS:
        if word == "needs":
            cf.needs.append(text)
        else:
            setattr(cf, word, text)
    elif word in SETUP_WORDS:
        (case.steps if case else cf.before).append(Setup(word, arg, text, num))
    else:
        raise BadCase(f"{where}: no such word here: {word}")


def agrees(command, result):
    def same(expected, actual):
        regex = "".join(e.regex() + "\n" for e in expected)
        return re.fullmatch(regex, "".join(line + "\n" for line in actual)) is not None

    return same(command.out, result.out) and same(command.err, result.err) and command.status == result.status


def show_expected(command):
    lines = [e.show(">") for e in command.out] + [e.show("!") for e in command.err]
    return lines + ([f"? {command.status}"] if command.status else [])


def show_actual(command, result):
    """The result in the notation of the file; a line that fits its pattern keeps the pattern."""

    def show(mark, expected, actual):
        for i, text in enumerate(actual):
            fits = i < len(expected) and expected[i].pattern and expected[i].matches(text)
            yield expected[i].show(mark) if fits else show_text(mark, text)

    lines = [*show(">", command.out, result.out), *show("!", command.err, result.err)]
    return lines + ([f"? {result.status}"] if result.status else [])


def rewrite(cf, results):
    """The file's text with these results; results is a list of (command, result)."""
    lines = list(cf.lines)
    for command, result in sorted(results, key=lambda r: -r[0].first):
        if not agrees(command, result):
            lines[command.first : command.last] = show_actual(command, result)
    return "\n".join(lines)
