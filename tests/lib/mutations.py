# SPDX-License-Identifier: LGPL-2.1-or-later
"""One-line mutations of C source: small mistakes that somebody could make, and that a test is to notice."""
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass

from csource import function_lines


@dataclass(frozen=True)
class Mutation:
    path: str
    line: int
    kind: str
    before: str
    after: str

    def apply(self, text):
        lines = text.split("\n")
        if lines[self.line - 1] != self.before:
            raise ValueError(f"{self.path}:{self.line} is another line than the one to be changed")
        lines[self.line - 1] = self.after
        return "\n".join(lines)


@dataclass(frozen=True)
class Operator:
    kind: str
    found: re.Pattern  # what it changes, in the code of a line
    change: object  # from the match to the texts that may take its place


def swap(kind, *pairs):
    """Binary operators, which have blanks around them."""
    other = {a: b for pair in pairs for a, b in (pair, pair[::-1])}
    longest = sorted(map(re.escape, other), key=len, reverse=True)
    return Operator(kind, re.compile(rf"(?<= )(?:{'|'.join(longest)})(?= )"), lambda m: [other[m[0]]])


def replace(kind, found, change):
    return Operator(kind, re.compile(found), change)


def negated(match):
    """The condition that begins here, if it ends in the same line."""
    depth, text = 0, match.string
    for at in range(match.end() - 1, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return [f"{match[1]} (!{text[match.end() - 1:at + 1]})" + text[at + 1 :]]
    return []


def returned(match):
    """A failure that looks like success, and the other way round."""
    value = match[1]
    if value == "0":
        return ["return -1;"]
    return ["return 0;"] if value not in ("true", "false", "NULL") else []


def near(match):
    number = int(match[0])
    return [str(number + 1)] + ([str(number - 1)] if number > 0 else [])


CONDITION = r"\b(if|while) \("
ASSIGNMENT = r"^ +[\w*(][\w.>*()\[\]+-]* (?:[-+*/|&]|<<|>>)?= [^;]*;$"
CALL = r"^ +\w+\(.*\);$"
STEP = r"^ +(?:[\w.>\[\]()-]+(?:\+\+|--)|(?:\+\+|--)[\w.>\[\]-]+);$"
JUMP = r"^ +(?:break|continue);$"
STATEMENT = re.compile("|".join((ASSIGNMENT, CALL, STEP, JUMP)))
# What no plain unit test could see: assertions; leaks, which the sanitizers find; and want of memory, which tests/fault makes.
UNWATCHED = re.compile(r"^ +(?:assert|static_assert|\w*free|\w+_(?:fini|close)|close|va_end)\(|ENOMEM")
ARRAY = re.compile(r"^ +(?:const |static |unsigned |struct )*\w+ \**\w+\[[^\]]*\](?:;| = )")
OPERATORS = (
    swap("comparison", ("==", "!="), ("<", "<="), (">", ">=")),
    swap("direction", ("<", ">"), ("<=", ">=")),
    swap("logical", ("&&", "||")),
    swap("arithmetic", ("+", "-"), ("+=", "-=")),
    swap("bits", ("&", "|"), ("|=", "&="), ("<<", ">>")),
    replace("negation", r"(?<![\w)])!(?=[\w(*])", lambda m: [""]),
    replace("condition", CONDITION, negated),
    replace("constant", r"(?<![\w.])(?:0|[1-9]\d*)(?![\w.])", near),
    replace("truth", r"\b(?:true|false)\b", lambda m: ["false" if m[0] == "true" else "true"]),
    replace("return", r"\breturn ([^;]+);", returned),
    replace("choice", r"\? ([^?:;{}]+) : ([^?:;{},()]+)(?=[;,)])", lambda m: [f"? {m[2]} : {m[1]}"]),
    replace("else", r"\belse\b ?", lambda m: [""]),
    replace("jump", r"\b(?:break|continue)(?=;)", lambda m: ["continue" if m[0] == "break" else "break"]),
    replace("step", r"\+\+|--", lambda m: ["--" if m[0] == "++" else "++"]),
)


def is_statement(line):
    """A whole statement, which could be left out."""
    return STATEMENT.match(line.code) and re.search(r"[;{}):]$|\belse$|\bdo$", line.before.rstrip())


def changes(line):
    """(kind, text) of each mutation of the line."""
    if UNWATCHED.search(line.code) or ARRAY.match(line.code):
        return
    if is_statement(line):
        yield "statement", line.text[: len(line.text) - len(line.text.lstrip())] + ";"
    for operator in OPERATORS:
        if operator.kind == "constant" and "{ 0 }" in line.code:
            continue
        for match in operator.found.finditer(line.code):
            end = len(line.text) if operator.kind == "condition" else match.end()
            if line.code[match.start() : end].rstrip() != line.text[match.start() : end].rstrip():
                continue  # there is a string in it, which the code does not show
            for new in operator.change(match):
                yield operator.kind, (line.text[: match.start()] + new + line.text[end:]).rstrip()


def mutations(path, text):
    """All of a source, in the order of its lines; no text twice."""
    for line in function_lines(text):
        seen = {line.text}
        for kind, after in changes(line):
            if after not in seen:
                seen.add(after)
                yield Mutation(path, line.number, kind, line.text, after)


def draw(found, seed):
    """All of them in an order by chance: no line comes again before every line has had its turn.

    It depends on the seed and the texts alone, so that a change elsewhere leaves the others in their order.
    """
    def chance(mutation, *more):
        words = (str(seed), mutation.path, mutation.before, *more)
        return hashlib.sha256("\0".join(words).encode(errors="surrogateescape")).digest()

    lines = defaultdict(list)
    for mutation in found:
        lines[mutation.path, mutation.line].append(mutation)
    ranked = []
    for (_, number), several in lines.items():
        several.sort(key=lambda m: chance(m, m.after))
        ranked += [(rank, chance(m), number, m) for rank, m in enumerate(several)]
    return [m for *_, m in sorted(ranked, key=lambda row: row[:3])]
